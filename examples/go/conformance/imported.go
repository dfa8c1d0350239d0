package main

import (
	"crypto/aes"
	"crypto/cipher"
	"sort"

	"github.com/alibabacloud-go/tea/tea"
	kms "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/sdk"
)

// checkImported: what the instance does with imported keys is what their owner would do with the source.
func checkImported(s *Scenario, r *Report) {
	client := s.client("main")
	each := func(purpose string, check func(spec string, key ImportedKey)) {
		bySpec := s.Keys.Imported[purpose]
		specs := make([]string, 0, len(bySpec))
		for spec := range bySpec {
			specs = append(specs, spec)
		}
		sort.Strings(specs)
		for _, spec := range specs {
			check(spec, bySpec[spec])
		}
	}
	each("symmetric", func(spec string, key ImportedKey) {
		r.check("Imported "+spec+": its source opens what Encrypt made", func() { openWithSource(client, key, spec) })
	})
	each("signing", func(spec string, key ImportedKey) {
		r.check("Imported "+spec+": its source verifies what Sign made", func() { signImported(client, key, spec) })
	})
	each("encryption", func(spec string, key ImportedKey) {
		r.check("Imported "+spec+": Decrypt opens what was encrypted to its source", func() {
			ciphertext := parsePublicKey(key.Source, "PEM", spec).encrypt(message)
			decryptAsymmetric(client, key.Key, ciphertext, encryptionOf(spec))
		})
	})
}

func openWithSource(client *kms.Client, key ImportedKey, spec string) {
	made := send(client.EncryptWithOptions, &kms.EncryptRequest{KeyId: tea.String(key.ID), Plaintext: message})
	var block cipher.Block
	if spec == "Aliyun_SM4" {
		block = sm4Block(key.Source)
	} else {
		block = must(aes.NewCipher(key.Source))
	}
	equal("the plaintext at the source", openGcm(block, made.Iv, made.CiphertextBlob), message)
}

func signImported(client *kms.Client, key ImportedKey, spec string) {
	answer := send(client.GetPublicKeyWithOptions, &kms.GetPublicKeyRequest{KeyId: tea.String(key.ID)})
	equal("the public key", tea.StringValue(answer.PublicKey), string(key.Source))
	asked := signing{signaturesOf(spec)[0], "RAW"}
	// Verifies with that public key.
	signAndVerify(client, key.Key, spec, asked, asked)
}
