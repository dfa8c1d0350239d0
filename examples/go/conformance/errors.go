package main

import (
	"crypto/x509"
	"errors"

	"github.com/alibabacloud-go/tea/tea"
	kms "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/sdk"
)

const burst = 60

// checkErrors: what must be refused, with the error that this SDK shows.
func checkErrors(s *Scenario, r *Report) {
	checkBrokenCiphertexts(s, r)
	checkAccess(s, r)
	checkKeys(s, r)
	r.check("Error throttling", func() { throttling(s) })
	r.check("Error a server certificate of another CA", func() { foreignCa(s) })
}

func checkBrokenCiphertexts(s *Scenario, r *Report) {
	client, key := s.client("main"), s.Keys.Symmetric
	breaks := func(name string, change func(*kms.DecryptRequest)) {
		r.check("Error "+name, func() {
			encrypted := send(client.EncryptWithOptions, &kms.EncryptRequest{
				KeyId: tea.String(key.ID), Plaintext: secretText, Aad: tenantAad,
			})
			request := &kms.DecryptRequest{
				KeyId: tea.String(key.ID), CiphertextBlob: encrypted.CiphertextBlob, Iv: encrypted.Iv, Aad: tenantAad,
			}
			change(request)
			sendRefused("InvalidParameter", 400, client.DecryptWithOptions, request)
		})
	}
	breaks("tampered AES_GCM ciphertext", func(d *kms.DecryptRequest) { flip(d.CiphertextBlob) })
	breaks("truncated AES_GCM ciphertext", func(d *kms.DecryptRequest) { d.CiphertextBlob = d.CiphertextBlob[:15] })
	breaks("wrong Aad", func(d *kms.DecryptRequest) { d.Aad = []byte("bad") })
	breaks("missing Aad", func(d *kms.DecryptRequest) { d.Aad = nil })
	breaks("wrong Iv", func(d *kms.DecryptRequest) { d.Iv = randomBytes(12) })

	r.check("Error tampered AdvanceEncrypt ciphertext", func() {
		encrypted := send(client.AdvanceEncryptWithOptions, &kms.AdvanceEncryptRequest{
			KeyId: tea.String(key.ID), Plaintext: secretText,
		})
		flip(encrypted.CiphertextBlob)
		request := &kms.AdvanceDecryptRequest{CiphertextBlob: encrypted.CiphertextBlob}
		sendRefused("InvalidParameter", 400, client.AdvanceDecryptWithOptions, request)
	})
	for _, spec := range []string{"RSA_2048", "EC_P256", "EC_P256K"} {
		keyID := tea.String(s.Keys.Encryption[spec].ID)
		r.check("Error tampered "+spec+" ciphertext", func() {
			encrypted := send(client.EncryptWithOptions, &kms.EncryptRequest{KeyId: keyID, Plaintext: secretText})
			flip(encrypted.CiphertextBlob)
			request := &kms.DecryptRequest{KeyId: keyID, CiphertextBlob: encrypted.CiphertextBlob}
			sendRefused("InvalidParameter", 400, client.DecryptWithOptions, request)
		})
	}
}

func flip(data []byte) { data[len(data)-1] ^= 1 }

func checkAccess(s *Scenario, r *Report) {
	allowed := s.Keys.Symmetric
	refuses := func(name, code string, status int, clientKey, keyID string) {
		r.check(name, func() {
			sendRefused(code, status, s.client(clientKey).EncryptWithOptions, textFor(keyID))
		})
	}
	r.check("The narrow policy allows its key", func() {
		answer := send(s.client("narrow").EncryptWithOptions, textFor(allowed.ID))
		equal("KeyId", tea.StringValue(answer.KeyId), allowed.ID)
	})
	refuses("Error denied key", "Forbidden.NoPermission", 403, "narrow", s.Keys.Denied.ID)
	refuses("Error denied key by alias", "Forbidden.NoPermission", 403, "narrow", s.Keys.Denied.Alias)
	refuses("Error denied address", "Forbidden.NoPermission", 403, "elsewhere", allowed.ID)
	refuses("Error expired Client Key", "Unauthorized", 404, "expired", allowed.ID)
	refuses("Error deleted Client Key", "Unauthorized", 404, "deleted", allowed.ID)
}

func textFor(keyID string) *kms.EncryptRequest {
	return &kms.EncryptRequest{KeyId: tea.String(keyID), Plaintext: secretText}
}

func checkKeys(s *Scenario, r *Report) {
	client, aes := s.client("main"), tea.String(s.Keys.Symmetric.ID)
	rsa, signer := tea.String(s.Keys.Encryption["RSA_2048"].ID), s.Keys.Signing["EC_P256"].ID
	encrypt := func(name, code string, status int, keyID string) {
		r.check("Error "+name, func() { sendRefused(code, status, client.EncryptWithOptions, textFor(keyID)) })
	}
	encrypt("disabled key", "Rejected.Disabled", 409, s.Keys.Disabled.ID)
	encrypt("unknown key", "Forbidden.KeyNotFound", 404, "key-hzz000000000000000000")
	encrypt("unknown alias", "Forbidden.KeyNotFound", 404, "alias/no-such-key")
	encrypt("Encrypt with a signing key", "UnsupportedOperation", 400, signer)

	sign := func(name string, keyID *string) {
		r.check("Error "+name, func() {
			request := &kms.SignRequest{KeyId: keyID, Message: message}
			sendRefused("UnsupportedOperation", 400, client.SignWithOptions, request)
		})
	}
	sign("Sign with an AES key", aes)
	sign("Sign with an encryption key", rsa)
	r.check("Error GetPublicKey of an AES key", func() {
		request := &kms.GetPublicKeyRequest{KeyId: aes}
		sendRefused("UnsupportedOperation", 400, client.GetPublicKeyWithOptions, request)
	})
	r.check("Error GenerateDataKey with an RSA key", func() {
		request := &kms.GenerateDataKeyRequest{KeyId: rsa, NumberOfBytes: tea.Int32(32)}
		sendRefused("UnsupportedOperation", 400, client.GenerateDataKeyWithOptions, request)
	})

	const symmetricOnly = "Forbidden.OnlySymmetricKeySupported"
	r.check("Error AdvanceEncrypt with an RSA key", func() {
		request := &kms.AdvanceEncryptRequest{KeyId: rsa, Plaintext: secretText}
		sendRefused(symmetricOnly, 404, client.AdvanceEncryptWithOptions, request)
	})
	r.check("Error AdvanceGenerateDataKey with an RSA key", func() {
		request := &kms.AdvanceGenerateDataKeyRequest{KeyId: rsa, NumberOfBytes: tea.Int32(32)}
		sendRefused(symmetricOnly, 404, client.AdvanceGenerateDataKeyWithOptions, request)
	})
	r.check("Error GenerateDataKeyPair with an RSA key", func() {
		request := &kms.GenerateDataKeyPairRequest{
			KeyId: rsa, KeyPairSpec: tea.String("EC_P256"), KeyFormat: tea.String("PEM"),
		}
		sendRefused(symmetricOnly, 404, client.GenerateDataKeyPairWithOptions, request)
	})
}

// throttling calls until the small limit of the throttled instance is reached.
func throttling(s *Scenario) {
	client := s.throttledClient()
	var err error
	for call := 0; call < burst && err == nil; call++ {
		_, err = client.EncryptWithOptions(textFor(s.Throttled.KeyID), once())
	}
	refused("Rejected.Throttling", 429, err)
}

func foreignCa(s *Scenario) {
	request := &kms.GenerateRandomRequest{Length: tea.Int32(1)}
	_, err := s.clientWithForeignCa().GenerateRandomWithOptions(request, once())
	if err == nil {
		fail("the connection was made")
	}
	var unknown x509.UnknownAuthorityError
	isTrue("the certificate was refused: "+err.Error(), errors.As(err, &unknown))
}
