package main

import (
	"bytes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/hex"
	"math/big"

	"github.com/tjfoc/gmsm/sm2"
	"github.com/tjfoc/gmsm/sm3"
	"github.com/tjfoc/gmsm/sm4"
)

// SubjectPublicKeyInfo up to the point: id-ecPublicKey, curve 1.2.156.10197.1.301, uncompressed.
var sm2SpkiHead = must(hex.DecodeString("3059301306072a8648ce3d020106082a811ccf5501822d03420004"))

// sm2Key is a key on the SM2 curve (EC_SM2).
type sm2Key struct{ *sm2.PublicKey }

func parseSm2Key(der []byte) publicKey {
	point, found := bytes.CutPrefix(der, sm2SpkiHead)
	isTrue("the key is an SM2 key", found && len(point) == 64)
	x, y := new(big.Int).SetBytes(point[:32]), new(big.Int).SetBytes(point[32:])
	isTrue("the point is on the curve", sm2.P256Sm2().IsOnCurve(x, y))
	return sm2Key{&sm2.PublicKey{Curve: sm2.P256Sm2(), X: x, Y: y}}
}

// encrypt makes C1 | C3 | C2.
func (k sm2Key) encrypt(plaintext []byte) []byte {
	return must(sm2.Encrypt(k.PublicKey, plaintext, rand.Reader, sm2.C1C3C2))
}

// digest is SM3 of Z and the message, Z being that of the default identity.
func (k sm2Key) digest(message []byte) []byte {
	z := must(sm2.ZA(k.PublicKey, []byte("1234567812345678")))
	return sm3.Sm3Sum(append(z, message...))
}

func (k sm2Key) signatureIsGood(algorithm string, digest, signature []byte) bool {
	var values struct{ R, S *big.Int }
	parseAll(signature, &values)
	return algorithm == "SM2DSA" && sm2.Verify(k.PublicKey, digest, values.R, values.S)
}

// matches is of no use: there are no data key pairs of SM2.
func (k sm2Key) matches([]byte) bool { return false }

// openGcm opens what AES_GCM or SM4_GCM made.
func openGcm(block cipher.Block, iv, sealed []byte) []byte {
	return must(must(cipher.NewGCM(block)).Open(nil, iv, sealed, nil))
}

func sm4Block(key []byte) cipher.Block { return must(sm4.NewCipher(key)) }
