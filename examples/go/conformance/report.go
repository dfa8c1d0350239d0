package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/alibabacloud-go/tea/tea"
)

// Report counts and prints checks.
type Report struct {
	passed, failed int
}

// failure is how a check ends early; everything else that panics is reported as well.
type failure struct{ why string }

// check runs one check; the assertions below end it by panicking.
func (r *Report) check(name string, body func()) {
	defer func() {
		if reason := recover(); reason != nil {
			r.failed++
			why := fmt.Sprint(reason)
			if expected, ok := reason.(failure); ok {
				why = expected.why
			}
			fmt.Printf("FAIL %s: %s\n", name, strings.Join(strings.Fields(why), " "))
			return
		}
		r.passed++
		fmt.Println("ok " + name)
	}()
	body()
}

func (r *Report) finish() int {
	fmt.Printf("%d passed, %d failed\n", r.passed, r.failed)
	if r.failed > 0 {
		return 1
	}
	return 0
}

func fail(format string, values ...any) {
	panic(failure{fmt.Sprintf(format, values...)})
}

func equal(what string, actual, wanted any) {
	if !reflect.DeepEqual(actual, wanted) {
		fail("%s is %v, not %v", what, actual, wanted)
	}
}

func isTrue(what string, value bool) {
	if !value {
		fail("not so: %s", what)
	}
}

// must ends the check with the error, if there is one.
func must[T any](value T, err error) T {
	if err != nil {
		fail("%v", err)
	}
	return value
}

// refused demands that the call failed with exactly this error code and HTTP status.
func refused(code string, status int, err error) {
	if err == nil {
		fail("the call succeeded; %s was expected", code)
	}
	var sdkError *tea.SDKError
	if !errors.As(err, &sdkError) {
		fail("the error is a %T: %v", err, err)
	}
	equal("code", tea.StringValue(sdkError.Code), code)
	var data struct {
		HTTPCode  int    `json:"httpCode"`
		RequestID string `json:"requestId"`
	}
	if err := json.Unmarshal([]byte(tea.StringValue(sdkError.Data)), &data); err != nil {
		fail("the data of the error: %v", err)
	}
	equal("HTTP status", data.HTTPCode, status)
	isTrue("the error has a message", tea.StringValue(sdkError.Message) != "")
	isTrue("the error has a request id", data.RequestID != "")
}
