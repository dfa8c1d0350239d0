package main

// The other side of each algorithm, done here with Go's own crypto (and dcrd's secp256k1 and tjfoc's SM2, SM3 and SM4,
// which the standard library lacks) and nothing of the server's.

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/subtle"
	"crypto/x509"
	"encoding/binary"
	"encoding/pem"
	"strings"
)

// publicKey is a parsed SubjectPublicKeyInfo.
type publicKey interface {
	encrypt(plaintext []byte) []byte
	// digest is what MessageType DIGEST takes.
	digest(message []byte) []byte
	signatureIsGood(algorithm string, digest, signature []byte) bool
	// matches parses a PKCS#8 private key and tells whether it is this key's other half.
	matches(pkcs8 []byte) bool
}

func parsePublicKey(data []byte, format, spec string) publicKey {
	der := unarmour(data, format, "PUBLIC KEY")
	switch spec {
	case "EC_P256K":
		return parseKoblitzKey(der)
	case "EC_SM2":
		return parseSm2Key(der)
	}
	switch key := must(x509.ParsePKIXPublicKey(der)).(type) {
	case *rsa.PublicKey:
		equal("bits of the modulus", key.N.BitLen(), map[string]int{"RSA_2048": 2048, "RSA_3072": 3072, "RSA_4096": 4096}[spec])
		return rsaKey{PublicKey: key}
	case *ecdsa.PublicKey:
		equal("curve", key.Curve.Params().Name, map[string]string{"EC_P256": "P-256"}[spec])
		return p256Key{PublicKey: key}
	}
	fail("the public key is neither RSA nor EC")
	return nil
}

// unarmour returns the DER of a key in either format; PEM must be one block of the type.
func unarmour(data []byte, format, blockType string) []byte {
	if format == "DER" {
		return data
	}
	block, rest := pem.Decode(data)
	if block == nil || block.Type != blockType || len(rest) > 0 || !strings.HasPrefix(string(data), "-----BEGIN") {
		fail("not one PEM block of type %s", blockType)
	}
	return block.Bytes
}

// sha256Digest is the digest of all keys but SM2 ones.
type sha256Digest struct{}

func (sha256Digest) digest(message []byte) []byte {
	digest := sha256.Sum256(message)
	return digest[:]
}

type rsaKey struct {
	*rsa.PublicKey
	sha256Digest
}

func (k rsaKey) encrypt(plaintext []byte) []byte {
	return must(rsa.EncryptOAEP(sha256.New(), rand.Reader, k.PublicKey, plaintext, nil))
}

func (k rsaKey) signatureIsGood(algorithm string, digest, signature []byte) bool {
	if algorithm == "RSA_PKCS1_SHA_256" {
		return rsa.VerifyPKCS1v15(k.PublicKey, crypto.SHA256, digest, signature) == nil
	}
	equal("algorithm", algorithm, "RSA_PSS_SHA_256")
	return rsa.VerifyPSS(k.PublicKey, crypto.SHA256, digest, signature, &rsa.PSSOptions{SaltLength: 32}) == nil
}

func (k rsaKey) matches(pkcs8 []byte) bool {
	private, ok := must(x509.ParsePKCS8PrivateKey(pkcs8)).(*rsa.PrivateKey)
	return ok && private.Validate() == nil && private.PublicKey.Equal(k.PublicKey)
}

type p256Key struct {
	*ecdsa.PublicKey
	sha256Digest
}

func (k p256Key) encrypt(plaintext []byte) []byte {
	ephemeral := must(ecdh.P256().GenerateKey(rand.Reader))
	shared := must(ephemeral.ECDH(must(k.PublicKey.ECDH())))
	return ecies(ephemeral.PublicKey().Bytes(), shared, plaintext)
}

func (k p256Key) signatureIsGood(algorithm string, digest, signature []byte) bool {
	return algorithm == "ECDSA_SHA_256" && ecdsa.VerifyASN1(k.PublicKey, digest, signature)
}

func (k p256Key) matches(pkcs8 []byte) bool {
	private, ok := must(x509.ParsePKCS8PrivateKey(pkcs8)).(*ecdsa.PrivateKey)
	return ok && private.PublicKey.Equal(k.PublicKey)
}

// ecies is ECIES_DH_SHA_1_XOR_HMAC (SEC 1, 5.1): point, text XOR key stream, HMAC-SHA-1.
func ecies(point, shared, plaintext []byte) []byte {
	var keys []byte
	for counter := uint32(1); len(keys) < len(plaintext)+sha1.Size; counter++ {
		block := sha1.Sum(binary.BigEndian.AppendUint32(append([]byte{}, shared...), counter))
		keys = append(keys, block[:]...)
	}
	masked := make([]byte, len(plaintext))
	subtle.XORBytes(masked, plaintext, keys)
	mac := hmac.New(sha1.New, keys[len(plaintext):len(plaintext)+sha1.Size])
	mac.Write(masked)
	return mac.Sum(append(append([]byte{}, point...), masked...))
}
