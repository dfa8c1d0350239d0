package main

import (
	"crypto/rand"
	"fmt"

	"github.com/alibabacloud-go/tea/tea"
	kms "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/sdk"
)

var (
	secretText = []byte("attack at dawn, 黎明进攻")
	tenantAad  = []byte("tenant=7&purpose=conformance")
)

// checkSymmetric: AES keys with Encrypt, Decrypt, the Advance calls and data keys; SM4 keys by the algorithm's name; and
// GenerateRandom.
func checkSymmetric(s *Scenario, r *Report) {
	client, key := s.client("main"), s.Keys.Symmetric
	r.check("Encrypt AES_GCM and Decrypt", func() { encryptGcm(client, key, key.ID, "", nil, nil) })
	r.check("Encrypt AES_GCM with Aad", func() { encryptGcm(client, key, key.ID, "", tenantAad, nil) })
	r.check("Encrypt AES_GCM with the caller's Iv", func() { encryptGcm(client, key, key.ID, "", nil, randomBytes(12)) })
	sm4 := s.Keys.Sm4
	r.check("Encrypt SM4_GCM and Decrypt", func() { encryptGcm(client, sm4, sm4.ID, "SM4_GCM", nil, nil) })
	r.check("Encrypt SM4_GCM with Aad and the caller's Iv", func() {
		encryptGcm(client, sm4, sm4.ID, "SM4_GCM", tenantAad, randomBytes(12))
	})
	r.check("Encrypt Aliyun_SM4 default algorithm", func() {
		request := &kms.EncryptRequest{KeyId: tea.String(sm4.ID), Plaintext: secretText}
		equal("Algorithm", tea.StringValue(send(client.EncryptWithOptions, request).Algorithm), "SM4_GCM")
	})
	r.check("GenerateDataKey SM4_GCM", func() { dataKey(client, sm4, 16, "SM4_GCM") })
	r.check("Encrypt with an alias answers the key id", func() { encryptGcm(client, key, key.Alias, "", nil, nil) })
	r.check("Client Key given as text", func() { encryptGcm(s.clientFromContent(), key, key.ID, "", nil, nil) })
	r.check("Decrypt finds the key by the version header", func() { decryptByVersion(client, key) })
	r.check("AdvanceEncrypt and AdvanceDecrypt", func() { advance(client, key, key.ID, nil) })
	r.check("AdvanceEncrypt with Aad", func() { advance(client, key, key.ID, tenantAad) })
	r.check("AdvanceEncrypt with an alias answers the key id", func() { advance(client, key, key.Alias, nil) })
	r.check("AdvanceDecrypt opens what Encrypt made", func() { advanceOpensPlain(client, key) })
	for _, size := range []int32{0, 16, 32, 64} {
		name := fmt.Sprintf("%d bytes", size)
		if size == 0 {
			name = "default size"
		}
		r.check("GenerateDataKey "+name, func() { dataKey(client, key, size, "") })
		r.check("AdvanceGenerateDataKey "+name, func() { advanceDataKey(client, key, size) })
	}
	for _, length := range []int32{1, 32, 64} {
		r.check(fmt.Sprintf("GenerateRandom %d bytes", length), func() {
			answer := send(client.GenerateRandomWithOptions, &kms.GenerateRandomRequest{Length: tea.Int32(length)})
			equal("length", len(answer.Random), int(length))
			isTrue("there is a RequestId", tea.StringValue(answer.RequestId) != "")
		})
	}
	for _, length := range []int32{0, 65} {
		r.check(fmt.Sprintf("GenerateRandom refuses %d bytes", length), func() {
			request := &kms.GenerateRandomRequest{Length: tea.Int32(length)}
			sendRefused("InvalidParameter", 400, client.GenerateRandomWithOptions, request)
		})
	}
}

// encryptGcm asks for the algorithm only when it is not empty.
func encryptGcm(client *kms.Client, key Key, name, asked string, aad, iv []byte) {
	encrypted := send(client.EncryptWithOptions, &kms.EncryptRequest{
		KeyId: tea.String(name), Plaintext: secretText, Algorithm: optional(asked), Aad: aad, Iv: iv,
	})
	equal("KeyId", tea.StringValue(encrypted.KeyId), key.ID)
	equal("Algorithm", tea.StringValue(encrypted.Algorithm), effectiveGcm(asked))
	equal("PaddingMode", tea.StringValue(encrypted.PaddingMode), "")
	equal("length of the ciphertext", len(encrypted.CiphertextBlob), len(secretText)+16)
	equal("length of Iv", len(encrypted.Iv), 12)
	if iv != nil {
		equal("Iv", encrypted.Iv, iv)
	}
	equal("version header of Encrypt", tea.StringValue(encrypted.Headers[versionHeader]), key.VersionID)
	isTrue("there is a RequestId", tea.StringValue(encrypted.RequestId) != "")

	decrypted := send(client.DecryptWithOptions, &kms.DecryptRequest{
		KeyId:          tea.String(name),
		CiphertextBlob: encrypted.CiphertextBlob,
		Iv:             encrypted.Iv,
		Algorithm:      encrypted.Algorithm,
		PaddingMode:    encrypted.PaddingMode,
		Aad:            aad,
	})
	equal("Plaintext", decrypted.Plaintext, secretText)
	equal("KeyId of Decrypt", tea.StringValue(decrypted.KeyId), key.ID)
	equal("Algorithm of Decrypt", tea.StringValue(decrypted.Algorithm), effectiveGcm(asked))
	equal("version header of Decrypt", tea.StringValue(decrypted.Headers[versionHeader]), key.VersionID)
}

func decryptByVersion(client *kms.Client, key Key) {
	encrypted := send(client.EncryptWithOptions, &kms.EncryptRequest{KeyId: tea.String(key.ID), Plaintext: secretText})
	decrypted := send(client.DecryptWithOptions, &kms.DecryptRequest{
		CiphertextBlob: encrypted.CiphertextBlob,
		Iv:             encrypted.Iv,
		Headers:        map[string]*string{versionHeader: encrypted.Headers[versionHeader]},
	})
	equal("Plaintext", decrypted.Plaintext, secretText)
	equal("KeyId", tea.StringValue(decrypted.KeyId), key.ID)
}

func advance(client *kms.Client, key Key, name string, aad []byte) {
	encrypted := send(client.AdvanceEncryptWithOptions, &kms.AdvanceEncryptRequest{
		KeyId: tea.String(name), Plaintext: secretText, Aad: aad,
	})
	equal("KeyId", tea.StringValue(encrypted.KeyId), key.ID)
	equal("Algorithm", tea.StringValue(encrypted.Algorithm), "AES_GCM")
	equal("KeyVersionId", tea.StringValue(encrypted.KeyVersionId), key.VersionID)
	advanceBlob(encrypted.CiphertextBlob, encrypted.Iv, key, len(secretText))
	decrypted := send(client.AdvanceDecryptWithOptions, &kms.AdvanceDecryptRequest{
		CiphertextBlob: encrypted.CiphertextBlob, Aad: aad,
	})
	equal("Plaintext", decrypted.Plaintext, secretText)
	equal("KeyId of AdvanceDecrypt", tea.StringValue(decrypted.KeyId), key.ID)
	equal("KeyVersionId of AdvanceDecrypt", tea.StringValue(decrypted.KeyVersionId), key.VersionID)
	equal("Algorithm of AdvanceDecrypt", tea.StringValue(decrypted.Algorithm), "AES_GCM")
}

func advanceBlob(blob, iv []byte, key Key, plaintextLength int) {
	equal("length of the blob", len(blob), 51+plaintextLength+16)
	equal("head of the blob", blob[:3], []byte{0x24, 0x00, 0x02})
	equal("version in the blob", string(blob[3:39]), key.VersionID)
	equal("Iv in the blob", blob[39:51], iv)
}

func advanceOpensPlain(client *kms.Client, key Key) {
	encrypted := send(client.EncryptWithOptions, &kms.EncryptRequest{
		KeyId: tea.String(key.ID), Plaintext: secretText, Aad: tenantAad,
	})
	decrypted := send(client.AdvanceDecryptWithOptions, &kms.AdvanceDecryptRequest{
		KeyId:          tea.String(key.ID),
		CiphertextBlob: encrypted.CiphertextBlob,
		Iv:             encrypted.Iv,
		Algorithm:      encrypted.Algorithm,
		Aad:            tenantAad,
	})
	equal("Plaintext", decrypted.Plaintext, secretText)
	equal("KeyVersionId", tea.StringValue(decrypted.KeyVersionId), key.VersionID)
}

func dataKey(client *kms.Client, key Key, size int32, asked string) {
	request := &kms.GenerateDataKeyRequest{KeyId: tea.String(key.Alias), Aad: tenantAad, Algorithm: optional(asked)}
	if size > 0 {
		request.NumberOfBytes = tea.Int32(size)
	}
	made := send(client.GenerateDataKeyWithOptions, request)
	equal("KeyId", tea.StringValue(made.KeyId), key.ID)
	equal("Algorithm", tea.StringValue(made.Algorithm), effectiveGcm(asked))
	equal("length of the data key", len(made.Plaintext), effectiveSize(size))
	equal("version header", tea.StringValue(made.Headers[versionHeader]), key.VersionID)
	opened := send(client.DecryptWithOptions, &kms.DecryptRequest{
		KeyId:          tea.String(key.ID),
		CiphertextBlob: made.CiphertextBlob,
		Iv:             made.Iv,
		Algorithm:      made.Algorithm,
		Aad:            tenantAad,
	})
	equal("Plaintext", opened.Plaintext, made.Plaintext)
}

func advanceDataKey(client *kms.Client, key Key, size int32) {
	request := &kms.AdvanceGenerateDataKeyRequest{KeyId: tea.String(key.Alias), Aad: tenantAad}
	if size > 0 {
		request.NumberOfBytes = tea.Int32(size)
	}
	made := send(client.AdvanceGenerateDataKeyWithOptions, request)
	equal("KeyId", tea.StringValue(made.KeyId), key.ID)
	equal("Algorithm", tea.StringValue(made.Algorithm), "AES_GCM")
	equal("length of the data key", len(made.Plaintext), effectiveSize(size))
	equal("KeyVersionId", tea.StringValue(made.KeyVersionId), key.VersionID)
	advanceBlob(made.CiphertextBlob, made.Iv, key, effectiveSize(size))
	opened := send(client.AdvanceDecryptWithOptions, &kms.AdvanceDecryptRequest{
		CiphertextBlob: made.CiphertextBlob, Aad: tenantAad,
	})
	equal("Plaintext", opened.Plaintext, made.Plaintext)
}

func effectiveGcm(asked string) string {
	if asked == "" {
		return "AES_GCM"
	}
	return asked
}

func effectiveSize(asked int32) int {
	if asked == 0 {
		return 32
	}
	return int(asked)
}

func randomBytes(length int) []byte {
	bytes := make([]byte, length)
	must(rand.Read(bytes))
	return bytes
}
