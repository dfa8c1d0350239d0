// Package walk is what an administrator does with an instance, through any client.
package walk

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// Refusal is what a client makes of an error answer.
type Refusal struct {
	Code, Message string
}

func (r *Refusal) Error() string { return r.Code + ": " + r.Message }

type report struct {
	passed, failed int
}

// check runs one check; what its body returns is the reason why it failed.
func (r *report) check(name string, body func() error) {
	if err := body(); err != nil {
		r.failed++
		fmt.Printf("FAIL %s: %s\n", name, strings.Join(strings.Fields(err.Error()), " "))
		return
	}
	r.passed++
	fmt.Println("ok " + name)
}

func (r *report) finish() int {
	fmt.Printf("%d passed, %d failed\n", r.passed, r.failed)
	if r.failed > 0 {
		return 1
	}
	return 0
}

func equal(what string, actual, wanted any) error {
	if reflect.DeepEqual(actual, wanted) {
		return nil
	}
	return fmt.Errorf("%s is %v, not %v", what, actual, wanted)
}

// refused demands that a call failed with exactly this code, and with a message.
func refused(code string, err error) error {
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		return fmt.Errorf("%s was expected, not %v", code, err)
	}
	if refusal.Message == "" {
		return errors.New("the error has no message")
	}
	return equal("code", refusal.Code, code)
}
