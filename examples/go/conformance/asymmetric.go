package main

import (
	"fmt"
	"strings"

	"github.com/alibabacloud-go/tea/tea"
	kms "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/sdk"
)

var (
	message     = []byte("pay 100 to Alice, 付款")
	longestOaep = map[string]int{"RSA_2048": 190, "RSA_3072": 318, "RSA_4096": 446}
)

// checkAsymmetric: RSA, EC and SM2 keys with GetPublicKey, Encrypt, Decrypt, Sign, Verify; each checked with local crypto.
func checkAsymmetric(s *Scenario, r *Report) {
	client := s.client("main")
	for _, spec := range asymmetricSpecs {
		key := s.Keys.Encryption[spec]
		name := encryptionOf(spec)
		r.check("GetPublicKey "+spec+" ENCRYPT/DECRYPT", func() { getPublicKey(client, key, spec) })
		r.check("Encrypt "+spec+" "+name+" and Decrypt", func() { encryptAsymmetric(client, key, name, name) })
		r.check("Encrypt "+spec+" default algorithm", func() { encryptAsymmetric(client, key, "", name) })
		r.check("Decrypt "+spec+" of a text encrypted here", func() {
			ciphertext := getPublicKey(client, key, spec).encrypt(message)
			decryptAsymmetric(client, key, ciphertext, name)
		})
		if longest, ok := longestOaep[spec]; ok {
			r.check("Encrypt "+spec+" takes the longest plaintext only", func() { longestPlaintext(client, key, longest) })
		}
	}
	for _, spec := range asymmetricSpecs {
		key := s.Keys.Signing[spec]
		names := signaturesOf(spec)
		r.check("GetPublicKey "+spec+" SIGN/VERIFY", func() { getPublicKey(client, key, spec) })
		for _, name := range names {
			for _, kind := range []string{"RAW", "DIGEST"} {
				asked := signing{name, kind}
				r.check(fmt.Sprintf("Sign %s %s %s and Verify", spec, name, kind), func() {
					signAndVerify(client, key, spec, asked, asked)
				})
			}
		}
		r.check("Sign "+spec+" default algorithm", func() {
			signAndVerify(client, key, spec, signing{}, signing{names[0], "RAW"})
		})
		r.check("Verify "+spec+" says false to an altered message", func() { verifyAltered(client, key) })
	}
}

func encryptionOf(spec string) string {
	switch {
	case spec == "EC_SM2":
		return "SM2PKE"
	case strings.HasPrefix(spec, "RSA"):
		return "RSAES_OAEP_SHA_256"
	}
	return "ECIES_DH_SHA_1_XOR_HMAC"
}

func signaturesOf(spec string) []string {
	switch {
	case spec == "EC_SM2":
		return []string{"SM2DSA"}
	case strings.HasPrefix(spec, "RSA"):
		return []string{"RSA_PSS_SHA_256", "RSA_PKCS1_SHA_256"}
	}
	return []string{"ECDSA_SHA_256"}
}

// signing is what a Sign call asks for (empty: not sent) or what it effectively does.
type signing struct{ algorithm, messageType string }

func getPublicKey(client *kms.Client, key Key, spec string) publicKey {
	answer := send(client.GetPublicKeyWithOptions, &kms.GetPublicKeyRequest{KeyId: tea.String(key.Alias)})
	equal("KeyId", tea.StringValue(answer.KeyId), key.ID)
	namesVersion(answer.Headers, key)
	return parsePublicKey([]byte(tea.StringValue(answer.PublicKey)), "PEM", spec)
}

func namesVersion(headers map[string]*string, key Key) {
	equal("version header", tea.StringValue(headers[versionHeader]), key.VersionID)
}

func encryptAsymmetric(client *kms.Client, key Key, asked, effective string) {
	encrypted := send(client.EncryptWithOptions, &kms.EncryptRequest{
		KeyId: tea.String(key.Alias), Plaintext: message, Algorithm: optional(asked),
	})
	equal("KeyId", tea.StringValue(encrypted.KeyId), key.ID)
	equal("Algorithm", tea.StringValue(encrypted.Algorithm), effective)
	namesVersion(encrypted.Headers, key)
	decryptAsymmetric(client, key, encrypted.CiphertextBlob, effective)
}

func decryptAsymmetric(client *kms.Client, key Key, ciphertext []byte, algorithm string) {
	decrypted := send(client.DecryptWithOptions, &kms.DecryptRequest{
		KeyId: tea.String(key.ID), CiphertextBlob: ciphertext, Algorithm: tea.String(algorithm),
	})
	equal("Plaintext", decrypted.Plaintext, message)
	equal("KeyId of Decrypt", tea.StringValue(decrypted.KeyId), key.ID)
	equal("Algorithm of Decrypt", tea.StringValue(decrypted.Algorithm), algorithm)
}

func longestPlaintext(client *kms.Client, key Key, longest int) {
	request := func(length int) *kms.EncryptRequest {
		return &kms.EncryptRequest{KeyId: tea.String(key.ID), Plaintext: make([]byte, length)}
	}
	send(client.EncryptWithOptions, request(longest))
	sendRefused("InvalidParameter", 400, client.EncryptWithOptions, request(longest+1))
}

func signAndVerify(client *kms.Client, key Key, spec string, asked, effective signing) {
	public := getPublicKey(client, key, spec)
	digest := public.digest(message)
	input := message
	if effective.messageType == "DIGEST" {
		input = digest
	}
	signed := send(client.SignWithOptions, &kms.SignRequest{
		KeyId:       tea.String(key.Alias),
		Message:     input,
		Algorithm:   optional(asked.algorithm),
		MessageType: optional(asked.messageType),
	})
	equal("KeyId", tea.StringValue(signed.KeyId), key.ID)
	equal("Algorithm", tea.StringValue(signed.Algorithm), effective.algorithm)
	equal("MessageType", tea.StringValue(signed.MessageType), effective.messageType)
	namesVersion(signed.Headers, key)
	isTrue("the signature is good for this program's own crypto",
		public.signatureIsGood(effective.algorithm, digest, signed.Signature))

	verified := send(client.VerifyWithOptions, &kms.VerifyRequest{
		KeyId:       tea.String(key.ID),
		Message:     input,
		Signature:   signed.Signature,
		Algorithm:   optional(asked.algorithm),
		MessageType: optional(asked.messageType),
	})
	equal("Value", tea.BoolValue(verified.Value), true)
	equal("KeyId of Verify", tea.StringValue(verified.KeyId), key.ID)
	equal("Algorithm of Verify", tea.StringValue(verified.Algorithm), effective.algorithm)
	equal("MessageType of Verify", tea.StringValue(verified.MessageType), effective.messageType)
}

func verifyAltered(client *kms.Client, key Key) {
	signed := send(client.SignWithOptions, &kms.SignRequest{KeyId: tea.String(key.ID), Message: message})
	altered := append(append([]byte{}, message...), '0')
	for _, request := range []*kms.VerifyRequest{
		{KeyId: tea.String(key.ID), Message: altered, Signature: signed.Signature},
		{KeyId: tea.String(key.ID), Message: message, Signature: []byte{0x30, 0x00}},
	} {
		equal("Value", tea.BoolValue(send(client.VerifyWithOptions, request).Value), false)
	}
}

// optional leaves a parameter out when it is empty.
func optional(value string) *string {
	if value == "" {
		return nil
	}
	return tea.String(value)
}
