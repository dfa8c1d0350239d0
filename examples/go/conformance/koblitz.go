package main

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"

	"github.com/decred/dcrd/dcrec/secp256k1/v4"
	"github.com/decred/dcrd/dcrec/secp256k1/v4/ecdsa"
)

var (
	oidEcPublicKey = asn1.ObjectIdentifier{1, 2, 840, 10045, 2, 1}
	oidSecp256k1   = asn1.ObjectIdentifier{1, 3, 132, 0, 10}
)

// koblitzKey is a key on secp256k1 (EC_P256K).
type koblitzKey struct {
	*secp256k1.PublicKey
	sha256Digest
}

func parseKoblitzKey(der []byte) publicKey {
	var info struct {
		Algorithm pkix.AlgorithmIdentifier
		PublicKey asn1.BitString
	}
	parseAll(der, &info)
	isSecp256k1(info.Algorithm)
	return koblitzKey{PublicKey: must(secp256k1.ParsePubKey(info.PublicKey.RightAlign()))}
}

func (k koblitzKey) encrypt(plaintext []byte) []byte {
	ephemeral := must(secp256k1.GeneratePrivateKey())
	shared := secp256k1.GenerateSharedSecret(ephemeral, k.PublicKey)
	return ecies(ephemeral.PubKey().SerializeUncompressed(), shared, plaintext)
}

func (k koblitzKey) signatureIsGood(algorithm string, digest, signature []byte) bool {
	var values struct{ R, S *big.Int }
	parseAll(signature, &values)
	var r, s secp256k1.ModNScalar
	overflow := r.SetByteSlice(values.R.Bytes()) || s.SetByteSlice(values.S.Bytes())
	return algorithm == "ECDSA_SHA_256" && !overflow && ecdsa.NewSignature(&r, &s).Verify(digest, k.PublicKey)
}

func (k koblitzKey) matches(pkcs8 []byte) bool {
	var info struct {
		Version    int
		Algorithm  pkix.AlgorithmIdentifier
		PrivateKey []byte
	}
	parseAll(pkcs8, &info)
	isSecp256k1(info.Algorithm)
	var private struct {
		Version    int
		Scalar     []byte
		Parameters asn1.RawValue  `asn1:"optional,explicit,tag:0"`
		PublicKey  asn1.BitString `asn1:"optional,explicit,tag:1"`
	}
	parseAll(info.PrivateKey, &private)
	return secp256k1.PrivKeyFromBytes(private.Scalar).PubKey().IsEqual(k.PublicKey)
}

func isSecp256k1(algorithm pkix.AlgorithmIdentifier) {
	var curve asn1.ObjectIdentifier
	parseAll(algorithm.Parameters.FullBytes, &curve)
	isTrue("the key is an EC key", algorithm.Algorithm.Equal(oidEcPublicKey))
	isTrue("the curve is secp256k1", curve.Equal(oidSecp256k1))
}

func parseAll(der []byte, value any) {
	rest, err := asn1.Unmarshal(der, value)
	if err != nil || len(rest) > 0 {
		fail("broken DER: %v, %d bytes left", err, len(rest))
	}
}
