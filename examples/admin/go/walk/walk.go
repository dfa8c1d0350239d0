package walk

import (
	"encoding/json"
	"fmt"
	"os"
)

// Parameters and Answer go by the API's names.
type (
	Parameters map[string]any
	Answer     map[string]any
)

// AccessKey signs requests.
type AccessKey struct {
	ID     string `json:"id"`
	Secret string `json:"secret"`
}

// Scenario is the file that says where the instance is; test/sdk/run.ts writes one.
type Scenario struct {
	Name          string    `json:"name"`
	Endpoint      string    `json:"endpoint"`
	CaFile        string    `json:"caFile"`
	ClientKeyFile string    `json:"clientKeyFile"`
	PasswordFile  string    `json:"passwordFile"`
	AccessKey     AccessKey `json:"accessKey"`
	Denied        AccessKey `json:"denied"`
}

// Common overrides what a client itself adds to a request.
type Common struct {
	Time, Nonce string
}

// Call sends one action.
type Call func(action string, parameters Parameters) (Answer, error)

// Client is what the walk needs to know of a client.
type Client struct {
	Connect func(*Scenario, AccessKey) (Call, error)
	// What it makes of the server's SignatureDoesNotMatch.
	WrongSecret string
	// OldTime and UsedNonce send a request of that kind; nil where the client offers no way to.
	OldTime, UsedNonce func(*Scenario) error
}

// Main reads the scenario file of the command line and walks. The exit code.
func Main(client Client) int {
	if len(os.Args) != 2 {
		fmt.Fprintf(os.Stderr, "usage: %s <scenario.json>\n", os.Args[0])
		return 2
	}
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	scenario := &Scenario{}
	if err := json.Unmarshal(text, scenario); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	call, err := client.Connect(scenario, scenario.AccessKey)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	r := &report{}
	w := &walker{scenario: scenario, call: call}
	w.keys(r)
	w.access(r)
	w.errors(r, client)
	return r.finish()
}

// Convert copies between an SDK's models and the API's names, which are their JSON names.
func Convert(from, to any) error {
	text, err := json.Marshal(from)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, to)
}

// field reads answer["a"]["b"]… by a path of names.
func field(answer map[string]any, path ...string) any {
	var value any = answer
	for _, name := range path {
		object, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		value = object[name]
	}
	return value
}
