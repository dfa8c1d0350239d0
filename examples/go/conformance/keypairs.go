package main

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/alibabacloud-go/tea/tea"
	util "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/openapi-util"
	kms "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/sdk"
)

const patience = 180 * time.Second

var pairAad = []byte("key pair")

// pair is the answer of any of the four calls; a call without plaintext leaves plaintext empty.
type pair struct {
	KeyId, KeyPairSpec, Algorithm, RequestId, KeyVersionId *string
	Iv, PublicKey, PrivateKeyCiphertextBlob                []byte
	PrivateKeyPlaintext                                    []byte
}

type pairCall func(keyID, spec, format *string) pair

// checkKeyPairs: the four data key pair calls, every pair spec, both formats.
func checkKeyPairs(s *Scenario, r *Report) {
	client, key := s.client("main"), s.Keys.Symmetric
	calls := []struct {
		name string
		call pairCall
	}{
		{"GenerateDataKeyPair", func(keyID, spec, format *string) pair {
			return convert(patiently(client.GenerateDataKeyPairWithOptions, &kms.GenerateDataKeyPairRequest{
				KeyId: keyID, KeyPairSpec: spec, KeyFormat: format, Aad: pairAad}))
		}},
		{"GenerateDataKeyPairWithoutPlaintext", func(keyID, spec, format *string) pair {
			return convert(patiently(client.GenerateDataKeyPairWithoutPlaintextWithOptions,
				&kms.GenerateDataKeyPairWithoutPlaintextRequest{
					KeyId: keyID, KeyPairSpec: spec, KeyFormat: format, Aad: pairAad}))
		}},
		{"AdvanceGenerateDataKeyPair", func(keyID, spec, format *string) pair {
			return convert(patiently(client.AdvanceGenerateDataKeyPairWithOptions,
				&kms.AdvanceGenerateDataKeyPairRequest{
					KeyId: keyID, KeyPairSpec: spec, KeyFormat: format, Aad: pairAad}))
		}},
		{"AdvanceGenerateDataKeyPairWithoutPlaintext", func(keyID, spec, format *string) pair {
			return convert(patiently(client.AdvanceGenerateDataKeyPairWithoutPlaintextWithOptions,
				&kms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest{
					KeyId: keyID, KeyPairSpec: spec, KeyFormat: format, Aad: pairAad}))
		}},
	}
	// Making an RSA pair is slow: formats alternate, so that each call and each spec meets both.
	for row, api := range calls {
		for column, spec := range pairSpecs {
			format := []string{"PEM", "DER"}[(row+column)%2]
			r.check(api.name+" "+spec+" "+format, func() {
				made := api.call(tea.String(key.Alias), tea.String(spec), tea.String(format))
				checkPair(client, key, api.name, made, spec, format)
			})
		}
	}
}

func checkPair(client *kms.Client, key Key, name string, made pair, spec, format string) {
	equal("KeyId", tea.StringValue(made.KeyId), key.ID)
	equal("KeyPairSpec", tea.StringValue(made.KeyPairSpec), spec)
	equal("Algorithm", tea.StringValue(made.Algorithm), "AES_GCM")
	isTrue("there is a RequestId", tea.StringValue(made.RequestId) != "")

	var private []byte
	if strings.HasPrefix(name, "Advance") {
		equal("KeyVersionId", tea.StringValue(made.KeyVersionId), key.VersionID)
		private = send(client.AdvanceDecryptWithOptions, &kms.AdvanceDecryptRequest{
			CiphertextBlob: made.PrivateKeyCiphertextBlob, Aad: pairAad,
		}).Plaintext
	} else {
		private = send(client.DecryptWithOptions, &kms.DecryptRequest{
			KeyId: tea.String(key.ID), CiphertextBlob: made.PrivateKeyCiphertextBlob, Iv: made.Iv, Aad: pairAad,
		}).Plaintext
	}
	if !strings.HasSuffix(name, "WithoutPlaintext") {
		isTrue("PrivateKeyPlaintext is what the ciphertext holds", string(private) == string(made.PrivateKeyPlaintext))
	}
	public := parsePublicKey(made.PublicKey, format, spec)
	isTrue("the private key belongs to the public key", public.matches(unarmour(private, format, "PRIVATE KEY")))
}

// convert copies the fields that an answer has into the common shape.
func convert(answer any) pair {
	var made pair
	if err := json.Unmarshal(must(json.Marshal(answer)), &made); err != nil {
		fail("%v", err)
	}
	return made
}

// patiently repeats a throttled call: an instance makes one pair at a time and refuses the rest.
func patiently[Request, Answer any](
	method func(Request, *util.RuntimeOptions) (Answer, error), request Request,
) Answer {
	for deadline := time.Now().Add(patience); ; time.Sleep(100 * time.Millisecond) {
		answer, err := method(request, once())
		var sdkError *tea.SDKError
		throttled := errors.As(err, &sdkError) && tea.StringValue(sdkError.Code) == "Rejected.Throttling"
		if !throttled || time.Now().After(deadline) {
			return must(answer, err)
		}
	}
}
