// Tea administers an instance with github.com/alibabacloud-go/kms-20160120, the current SDK: signature V3, parameters in
// the query.
//
//	go run ./tea <scenario.json>
package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	kms "github.com/alibabacloud-go/kms-20160120/v3/client"
	util "github.com/alibabacloud-go/tea-utils/v2/service"
	"github.com/alibabacloud-go/tea/tea"

	"example.com/dedicated-kms/examples/admin/walk"
)

type headers map[string]*string

// send is one method of the SDK behind the API's names.
type send func(*kms.Client, walk.Parameters, headers) (walk.Answer, error)

var methods = map[string]send{
	"CreateKey":                      row((*kms.Client).CreateKeyWithOptions),
	"DescribeKey":                    row((*kms.Client).DescribeKeyWithOptions),
	"ListKeys":                       row((*kms.Client).ListKeysWithOptions),
	"UpdateKeyDescription":           row((*kms.Client).UpdateKeyDescriptionWithOptions),
	"EnableKey":                      row((*kms.Client).EnableKeyWithOptions),
	"DisableKey":                     row((*kms.Client).DisableKeyWithOptions),
	"ScheduleKeyDeletion":            row((*kms.Client).ScheduleKeyDeletionWithOptions),
	"CancelKeyDeletion":              row((*kms.Client).CancelKeyDeletionWithOptions),
	"CreateAlias":                    row((*kms.Client).CreateAliasWithOptions),
	"ListAliasesByKeyId":             row((*kms.Client).ListAliasesByKeyIdWithOptions),
	"CreateNetworkRule":              row((*kms.Client).CreateNetworkRuleWithOptions),
	"DescribeNetworkRule":            row((*kms.Client).DescribeNetworkRuleWithOptions),
	"CreatePolicy":                   row((*kms.Client).CreatePolicyWithOptions),
	"DescribePolicy":                 row((*kms.Client).DescribePolicyWithOptions),
	"CreateApplicationAccessPoint":   row((*kms.Client).CreateApplicationAccessPointWithOptions),
	"DescribeApplicationAccessPoint": row((*kms.Client).DescribeApplicationAccessPointWithOptions),
	"CreateClientKey":                row((*kms.Client).CreateClientKeyWithOptions),
	"GetClientKey":                   row((*kms.Client).GetClientKeyWithOptions),
	"ListClientKeys":                 row((*kms.Client).ListClientKeysWithOptions),
	"ListKmsInstances":               row((*kms.Client).ListKmsInstancesWithOptions),
	"GetKmsInstance":                 row((*kms.Client).GetKmsInstanceWithOptions),
}

func row[Request, Answer any](
	method func(*kms.Client, *Request, *util.RuntimeOptions) (*Answer, error),
) send {
	return func(client *kms.Client, parameters walk.Parameters, extra headers) (walk.Answer, error) {
		request := new(Request)
		if err := walk.Convert(parameters, request); err != nil {
			return nil, err
		}
		options := &util.RuntimeOptions{
			Autoretry:         tea.Bool(false),
			ReadTimeout:       tea.Int(60_000),
			ExtendsParameters: &util.ExtendsParameters{Headers: extra},
		}
		response, err := method(client, request, options)
		if err != nil {
			return nil, asRefusal(err)
		}
		var answer struct {
			Body walk.Answer `json:"body"`
		}
		err = walk.Convert(response, &answer)
		return answer.Body, err
	}
}

func connect(scenario *walk.Scenario, key walk.AccessKey) (walk.Call, error) {
	client, err := newClient(scenario, key)
	return func(action string, parameters walk.Parameters) (walk.Answer, error) {
		return methods[action](client, parameters, nil)
	}, err
}

func newClient(scenario *walk.Scenario, key walk.AccessKey) (*kms.Client, error) {
	ca, err := os.ReadFile(scenario.CaFile)
	if err != nil {
		return nil, err
	}
	return kms.NewClient(&openapi.Config{
		AccessKeyId:     tea.String(key.ID),
		AccessKeySecret: tea.String(key.Secret),
		Endpoint:        tea.String(scenario.Endpoint),
		Protocol:        tea.String("HTTPS"),
		Ca:              tea.String(string(ca)),
	})
}

func oldTime(scenario *walk.Scenario) error {
	past := time.Now().UTC().Add(-16 * time.Minute).Format("2006-01-02T15:04:05Z")
	return list(scenario, headers{"x-acs-date": tea.String(past)})
}

func usedNonce(scenario *walk.Scenario) error {
	nonce := headers{"x-acs-signature-nonce": tea.String(fmt.Sprintf("%s-%d", scenario.Name, time.Now().UnixNano()))}
	if err := list(scenario, nonce); err != nil {
		return err
	}
	return list(scenario, nonce)
}

func list(scenario *walk.Scenario, extra headers) error {
	client, err := newClient(scenario, scenario.AccessKey)
	if err != nil {
		return err
	}
	_, err = methods["ListKeys"](client, walk.Parameters{}, extra)
	return err
}

func asRefusal(err error) error {
	var refusal *tea.SDKError
	if !errors.As(err, &refusal) {
		return err
	}
	return &walk.Refusal{Code: tea.StringValue(refusal.Code), Message: tea.StringValue(refusal.Message)}
}

func main() {
	os.Exit(walk.Main(walk.Client{
		Connect:     connect,
		WrongSecret: "SignatureDoesNotMatch",
		OldTime:     oldTime,
		UsedNonce:   usedNonce,
	}))
}
