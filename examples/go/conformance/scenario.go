package main

import (
	"encoding/json"
	"os"
	"strings"

	"github.com/alibabacloud-go/tea/tea"
	openapi "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/openapi"
	util "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/openapi-util"
	kms "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/sdk"
)

const versionHeader = "x-kms-migrationkeyversionid"

var (
	pairSpecs       = []string{"RSA_2048", "RSA_3072", "RSA_4096", "EC_P256", "EC_P256K"}
	asymmetricSpecs = append(pairSpecs[:len(pairSpecs):len(pairSpecs)], "EC_SM2")
)

// Key is one key of the instance.
type Key struct {
	ID    string `json:"id"`
	Alias string `json:"alias"`
	// The only version.
	VersionID string `json:"versionId"`
}

// ImportedKey is a key whose material came from outside.
type ImportedKey struct {
	Key
	// What the owner has: the bytes of a symmetric key, or the public key of a pair, PEM.
	Source []byte `json:"source"`
}

type clientKey struct {
	File     string `json:"file"`
	Password string `json:"password"`
}

type address struct {
	Endpoint string `json:"endpoint"`
	CaFile   string `json:"caFile"`
}

// Scenario is the file that names the instance, the Client Keys and the keys.
type Scenario struct {
	address
	ClientKeys map[string]clientKey `json:"clientKeys"`
	Keys       struct {
		Symmetric  Key            `json:"symmetric"`
		Sm4        Key            `json:"sm4"`
		Denied     Key            `json:"denied"`
		Disabled   Key            `json:"disabled"`
		Encryption map[string]Key `json:"encryption"`
		Signing    map[string]Key `json:"signing"`
		// What they are for (symmetric, encryption, signing), then their specs.
		Imported map[string]map[string]ImportedKey `json:"imported"`
	} `json:"keys"`
	Throttled struct {
		address
		ClientKey clientKey `json:"clientKey"`
		KeyID     string    `json:"keyId"`
	} `json:"throttled"`
}

func readScenario(path string) (*Scenario, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	scenario := &Scenario{}
	return scenario, json.Unmarshal(text, scenario)
}

// client signs with the named Client Key and verifies the server's certificate.
func (s *Scenario) client(name string) *kms.Client {
	return newClient(s.address, s.ClientKeys[name])
}

// clientFromContent hands the Client Key and the CA over as text, not as files.
func (s *Scenario) clientFromContent() *kms.Client {
	key := s.ClientKeys["main"]
	return must(kms.NewClient(&openapi.Config{
		Protocol:         tea.String("https"),
		Endpoint:         tea.String(s.Endpoint),
		ClientKeyContent: tea.String(string(must(os.ReadFile(key.File)))),
		Password:         tea.String(key.Password),
		Ca:               tea.String(string(must(os.ReadFile(s.CaFile)))),
	}))
}

// clientWithForeignCa trusts another instance's CA only. It connects by host name, because the SDK keeps one
// connection pool an address, whatever the CA.
func (s *Scenario) clientWithForeignCa() *kms.Client {
	port := s.Endpoint[strings.LastIndex(s.Endpoint, ":"):]
	return newClient(address{Endpoint: "localhost" + port, CaFile: s.Throttled.CaFile}, s.ClientKeys["main"])
}

func (s *Scenario) throttledClient() *kms.Client {
	return newClient(s.Throttled.address, s.Throttled.ClientKey)
}

func newClient(instance address, key clientKey) *kms.Client {
	return must(kms.NewClient(&openapi.Config{
		Protocol:      tea.String("https"),
		Endpoint:      tea.String(instance.Endpoint),
		ClientKeyFile: tea.String(key.File),
		Password:      tea.String(key.Password),
		CaFilePath:    tea.String(instance.CaFile),
	}))
}

// once are the options of a call that the SDK does not repeat and that returns the key version header.
func once() *util.RuntimeOptions {
	return &util.RuntimeOptions{
		Autoretry: tea.Bool(false),
		Headers:   []*string{tea.String(versionHeader)},
	}
}

// send makes one call that must succeed.
func send[Request, Answer any](method func(Request, *util.RuntimeOptions) (Answer, error), request Request) Answer {
	return must(method(request, once()))
}

// sendRefused makes one call that must fail with this code and status.
func sendRefused[Request, Answer any](
	code string, status int, method func(Request, *util.RuntimeOptions) (Answer, error), request Request,
) {
	_, err := method(request, once())
	refused(code, status, err)
}
