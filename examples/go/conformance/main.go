// Conformance runs every data-plane API of the official Go SDK on every key spec, errors included.
//
//	go run ./conformance <scenario.json>
//
// The scenario file names the instance, the Client Keys and the keys; test/sdk/run.ts writes one. Each check prints
// `ok <name>` or `FAIL <name>: why`; the last line counts them; the exit code is 1 when a check failed.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: conformance <scenario.json>")
		os.Exit(2)
	}
	scenario, err := readScenario(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	report := &Report{}
	groups := []func(*Scenario, *Report){checkSymmetric, checkAsymmetric, checkImported, checkKeyPairs, checkErrors}
	for _, group := range groups {
		group(scenario, report)
	}
	os.Exit(report.finish())
}
