// Classic administers an instance with github.com/aliyun/alibaba-cloud-sdk-go, the older SDK, which the aliyun command
// line is built on: signature V1, parameters in the query.
//
//	go run ./classic <scenario.json>
package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/auth/credentials"
	sdkerrors "github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/kms"

	"example.com/dedicated-kms/examples/admin/walk"
)

// Any name: the endpoint is given.
const region = "local"

const wrongSecret = "InvalidAccessKeySecret"

// send is one method of the SDK behind the API's names.
type send func(*kms.Client, string, walk.Parameters) (walk.Answer, error)

var methods = map[string]send{
	"CreateKey":                      row(kms.CreateCreateKeyRequest, (*kms.Client).CreateKey),
	"DescribeKey":                    row(kms.CreateDescribeKeyRequest, (*kms.Client).DescribeKey),
	"ListKeys":                       row(kms.CreateListKeysRequest, (*kms.Client).ListKeys),
	"UpdateKeyDescription":           row(kms.CreateUpdateKeyDescriptionRequest, (*kms.Client).UpdateKeyDescription),
	"EnableKey":                      row(kms.CreateEnableKeyRequest, (*kms.Client).EnableKey),
	"DisableKey":                     row(kms.CreateDisableKeyRequest, (*kms.Client).DisableKey),
	"ScheduleKeyDeletion":            row(kms.CreateScheduleKeyDeletionRequest, (*kms.Client).ScheduleKeyDeletion),
	"CancelKeyDeletion":              row(kms.CreateCancelKeyDeletionRequest, (*kms.Client).CancelKeyDeletion),
	"CreateAlias":                    row(kms.CreateCreateAliasRequest, (*kms.Client).CreateAlias),
	"ListAliasesByKeyId":             row(kms.CreateListAliasesByKeyIdRequest, (*kms.Client).ListAliasesByKeyId),
	"CreateNetworkRule":              row(kms.CreateCreateNetworkRuleRequest, (*kms.Client).CreateNetworkRule),
	"DescribeNetworkRule":            row(kms.CreateDescribeNetworkRuleRequest, (*kms.Client).DescribeNetworkRule),
	"CreatePolicy":                   row(kms.CreateCreatePolicyRequest, (*kms.Client).CreatePolicy),
	"DescribePolicy":                 row(kms.CreateDescribePolicyRequest, (*kms.Client).DescribePolicy),
	"CreateApplicationAccessPoint":   row(kms.CreateCreateApplicationAccessPointRequest, (*kms.Client).CreateApplicationAccessPoint),
	"DescribeApplicationAccessPoint": row(kms.CreateDescribeApplicationAccessPointRequest, (*kms.Client).DescribeApplicationAccessPoint),
	"CreateClientKey":                row(kms.CreateCreateClientKeyRequest, (*kms.Client).CreateClientKey),
	"GetClientKey":                   row(kms.CreateGetClientKeyRequest, (*kms.Client).GetClientKey),
	"ListClientKeys":                 row(kms.CreateListClientKeysRequest, (*kms.Client).ListClientKeys),
	"ListKmsInstances":               row(kms.CreateListKmsInstancesRequest, (*kms.Client).ListKmsInstances),
	"GetKmsInstance":                 row(kms.CreateGetKmsInstanceRequest, (*kms.Client).GetKmsInstance),
}

func row[Request requests.AcsRequest, Answer any](
	create func() Request, method func(*kms.Client, Request) (Answer, error),
) send {
	return func(client *kms.Client, endpoint string, parameters walk.Parameters) (walk.Answer, error) {
		request := create()
		request.SetScheme(requests.HTTPS)
		request.SetDomain(endpoint)
		texts := map[string]string{}
		for name, value := range parameters {
			texts[name] = fmt.Sprint(value)
		}
		if err := walk.Convert(texts, request); err != nil {
			return nil, err
		}
		response, err := method(client, request)
		if err != nil {
			return nil, asRefusal(err)
		}
		answer := walk.Answer{}
		err = walk.Convert(response, &answer)
		return answer, err
	}
}

func connect(scenario *walk.Scenario, key walk.AccessKey) (walk.Call, error) {
	trusting, err := transport(scenario.CaFile)
	if err != nil {
		return nil, err
	}
	return connectThrough(trusting, scenario, key)
}

func connectThrough(
	carrier http.RoundTripper, scenario *walk.Scenario, key walk.AccessKey,
) (walk.Call, error) {
	credential := credentials.NewAccessKeyCredential(key.ID, key.Secret)
	client, err := kms.NewClientWithOptions(region, sdk.NewConfig().WithAutoRetry(false).WithTimeout(time.Minute), credential)
	if err != nil {
		return nil, err
	}
	client.SetTransport(carrier)
	return func(action string, parameters walk.Parameters) (walk.Answer, error) {
		return methods[action](client, scenario.Endpoint, parameters)
	}, nil
}

func transport(caFile string) (*http.Transport, error) {
	ca, err := os.ReadFile(caFile)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca)
	return &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}, nil
}

// twice sends each request a second time, as somebody who overheard it would.
type twice struct{ carrier http.RoundTripper }

func (t twice) RoundTrip(request *http.Request) (*http.Response, error) {
	first, err := t.carrier.RoundTrip(request.Clone(request.Context()))
	if err != nil {
		return nil, err
	}
	first.Body.Close()
	if first.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the first request was answered with %d", first.StatusCode)
	}
	return t.carrier.RoundTrip(request)
}

func usedNonce(scenario *walk.Scenario) error {
	trusting, err := transport(scenario.CaFile)
	if err != nil {
		return err
	}
	call, err := connectThrough(twice{trusting}, scenario, scenario.AccessKey)
	if err != nil {
		return err
	}
	_, err = call("ListKeys", walk.Parameters{})
	return err
}

func asRefusal(err error) error {
	var refusal *sdkerrors.ServerError
	if !errors.As(err, &refusal) {
		return err
	}
	// The SDK compares the string that the server signed with its own; equal, it recommends to look at the secret.
	if strings.HasPrefix(refusal.Recommend(), wrongSecret) {
		return &walk.Refusal{Code: wrongSecret, Message: refusal.Message()}
	}
	return &walk.Refusal{Code: refusal.ErrorCode(), Message: refusal.Message()}
}

func main() {
	// The SDK has no way to set a request's time.
	os.Exit(walk.Main(walk.Client{
		Connect:     connect,
		WrongSecret: wrongSecret,
		UsedNonce:   usedNonce,
	}))
}
