"""SM2 public keys, done with gmssl, which knows neither their encoding nor the first byte of points."""

from base64 import b64decode

from gmssl.sm2 import CryptSM2

_HEAD, _FOOT = b"-----BEGIN PUBLIC KEY-----\n", b"-----END PUBLIC KEY-----\n"
# SubjectPublicKeyInfo up to the point: id-ecPublicKey, curve 1.2.156.10197.1.301, uncompressed.
_SPKI = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d03420004")


class PublicKey:
    def __init__(self, point: bytes) -> None:
        self._sm2 = CryptSM2(private_key="", public_key="", mode=1, asn1=True)
        # Not through the constructor, which strips every leading 0 and 4.
        self._sm2.public_key = point.hex()

    def encrypt(self, plaintext: bytes) -> bytes:
        """C1 | C3 | C2."""
        return b"\x04" + self._sm2.encrypt(plaintext)

    def digest(self, message: bytes) -> bytes:
        """SM3 of Z and the message, Z being that of the default identity."""
        return bytes.fromhex(self._sm2._sm3_z(message))

    def verify(self, digest: bytes, signature: bytes) -> bool:
        return bool(self._sm2.verify(signature.hex(), digest))


def load_public_key(pem: bytes) -> PublicKey:
    if not (pem.startswith(_HEAD) and pem.endswith(_FOOT)):
        raise AssertionError("the public key is not one PEM block of type PUBLIC KEY")
    der = b64decode(pem[len(_HEAD) : -len(_FOOT)])
    if not der.startswith(_SPKI) or len(der) != len(_SPKI) + 64:
        raise AssertionError("the public key is not of EC_SM2")
    return PublicKey(der[len(_SPKI) :])
