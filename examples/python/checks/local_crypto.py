"""The other side of each algorithm, done here with the `cryptography` package and nothing of the server's."""

import hashlib
import hmac

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF

from checks import sm2

_SHA256 = hashes.SHA256()
_RSA_BITS = {"RSA_2048": 2048, "RSA_3072": 3072, "RSA_4096": 4096}
_CURVES = {"EC_P256": "secp256r1", "EC_P256K": "secp256k1"}


def load_public_key(data: bytes, key_format: str, spec: str):
    """Parses a SubjectPublicKeyInfo and makes sure that it is a key of the spec."""
    if spec == "EC_SM2":
        return sm2.load_public_key(data)
    if key_format == "PEM":
        one_block = data.startswith(b"-----BEGIN PUBLIC KEY-----\n") and data.endswith(b"-----END PUBLIC KEY-----\n")
        if not one_block:
            raise AssertionError("the public key is not one PEM block of type PUBLIC KEY")
        key = serialization.load_pem_public_key(data)
    else:
        key = serialization.load_der_public_key(data)
    size = key.key_size if isinstance(key, rsa.RSAPublicKey) else key.curve.name
    if size != _RSA_BITS.get(spec, _CURVES.get(spec)):
        raise AssertionError(f"the public key is of {size}, not of {spec}")
    return key


def private_key_matches(data: bytes, key_format: str, public_key) -> bool:
    """Parses a PKCS#8 private key and compares its public half."""
    if key_format == "PEM":
        if not data.startswith(b"-----BEGIN PRIVATE KEY-----\n"):
            raise AssertionError("the private key is not a PEM block of type PRIVATE KEY")
        key = serialization.load_pem_private_key(data, None)
    else:
        key = serialization.load_der_private_key(data, None)
    return key.public_key().public_numbers() == public_key.public_numbers()


def encrypt(public_key, plaintext: bytes) -> bytes:
    if isinstance(public_key, sm2.PublicKey):
        return public_key.encrypt(plaintext)
    if isinstance(public_key, rsa.RSAPublicKey):
        return public_key.encrypt(plaintext, padding.OAEP(padding.MGF1(_SHA256), _SHA256, None))
    return _ecies_encrypt(public_key, plaintext)


def _ecies_encrypt(public_key, plaintext: bytes) -> bytes:
    """ECIES_DH_SHA_1_XOR_HMAC: ephemeral point, text XOR key stream, HMAC-SHA-1 (SEC 1, 5.1)."""
    ephemeral = ec.generate_private_key(public_key.curve)
    shared = ephemeral.exchange(ec.ECDH(), public_key)
    keys = X963KDF(hashes.SHA1(), len(plaintext) + 20, None).derive(shared)
    masked = bytes(a ^ b for a, b in zip(plaintext, keys))
    point = ephemeral.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return point + masked + hmac.new(keys[len(plaintext) :], masked, hashlib.sha1).digest()


def digest(public_key, message: bytes) -> bytes:
    """What MessageType DIGEST takes."""
    if isinstance(public_key, sm2.PublicKey):
        return public_key.digest(message)
    return hashlib.sha256(message).digest()


def open_gcm(spec: str, key: bytes, iv: bytes, sealed: bytes) -> bytes:
    """What AES_GCM or SM4_GCM made. This OpenSSL has no SM4-GCM: its counter mode, without the tag, must do."""
    if spec != "Aliyun_SM4":
        return AESGCM(key).decrypt(iv, sealed, None)
    decryptor = Cipher(algorithms.SM4(key), modes.CTR(iv + b"\x00\x00\x00\x02")).decryptor()
    return decryptor.update(sealed[:-16]) + decryptor.finalize()


def signature_is_good(public_key, algorithm: str, digest: bytes, signature: bytes) -> bool:
    if isinstance(public_key, sm2.PublicKey):
        return algorithm == "SM2DSA" and public_key.verify(digest, signature)
    prehashed = utils.Prehashed(_SHA256)
    try:
        if algorithm == "RSA_PSS_SHA_256":
            pss = padding.PSS(padding.MGF1(_SHA256), salt_length=32)
            public_key.verify(signature, digest, pss, prehashed)
        elif algorithm == "RSA_PKCS1_SHA_256":
            public_key.verify(signature, digest, padding.PKCS1v15(), prehashed)
        elif algorithm == "ECDSA_SHA_256":
            public_key.verify(signature, digest, ec.ECDSA(prehashed))
        else:
            raise AssertionError(f"unknown algorithm {algorithm}")
    except InvalidSignature:
        return False
    return True
