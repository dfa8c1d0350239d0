"""RSA, EC and SM2 keys: GetPublicKey, Encrypt, Decrypt, Sign, Verify; each checked against local_crypto."""

from sdk import models

from checks import local_crypto
from checks.report import Report, equal, refused, true
from checks.scenario import ASYMMETRIC_SPECS, VERSION_HEADER, Key, Scenario, send

MESSAGE = "pay 100 to Alice, 付款".encode()
_OAEP, _ECIES = "RSAES_OAEP_SHA_256", "ECIES_DH_SHA_1_XOR_HMAC"
_RSA_SIGNATURES = ("RSA_PSS_SHA_256", "RSA_PKCS1_SHA_256")
_LONGEST_OAEP = {"RSA_2048": 190, "RSA_3072": 318, "RSA_4096": 446}


def run(scenario: Scenario, report: Report) -> None:
    client = scenario.client()
    for spec in ASYMMETRIC_SPECS:
        key = scenario.encryption[spec]
        name = encryption_of(spec)
        report.check(f"GetPublicKey {spec} ENCRYPT/DECRYPT", lambda: _public_key(client, key, spec))
        report.check(f"Encrypt {spec} {name} and Decrypt", lambda: _encrypt(client, key, name, name))
        report.check(f"Encrypt {spec} default algorithm", lambda: _encrypt(client, key, None, name))
        report.check(f"Decrypt {spec} of a text encrypted here", lambda: _decrypt_local(client, key, spec, name))
        if spec in _LONGEST_OAEP:
            report.check(f"Encrypt {spec} takes the longest plaintext only", lambda: _longest(client, key, spec))
    for spec in ASYMMETRIC_SPECS:
        key = scenario.signing[spec]
        names = signatures_of(spec)
        report.check(f"GetPublicKey {spec} SIGN/VERIFY", lambda: _public_key(client, key, spec))
        for name in names:
            for kind in ("RAW", "DIGEST"):
                report.check(
                    f"Sign {spec} {name} {kind} and Verify",
                    lambda: sign(client, key, spec, (name, kind), (name, kind)),
                )
        report.check(
            f"Sign {spec} default algorithm",
            lambda: sign(client, key, spec, (None, None), (names[0], "RAW")),
        )
        report.check(f"Verify {spec} says false to an altered message", lambda: _verify_altered(client, key))


def encryption_of(spec: str) -> str:
    if spec == "EC_SM2":
        return "SM2PKE"
    return _OAEP if spec.startswith("RSA") else _ECIES


def signatures_of(spec: str):
    if spec == "EC_SM2":
        return ("SM2DSA",)
    return _RSA_SIGNATURES if spec.startswith("RSA") else ("ECDSA_SHA_256",)


def _public_key(client, key: Key, spec: str):
    answer = send(client.get_public_key_with_options, models.GetPublicKeyRequest(key_id=key.alias))
    equal("KeyId", answer.key_id, key.id)
    _names_the_version(answer, key)
    return local_crypto.load_public_key(answer.public_key.encode(), "PEM", spec)


def _names_the_version(answer, key: Key) -> None:
    equal("version header", answer.response_headers[VERSION_HEADER], key.version_id)


def _encrypt(client, key: Key, asked, effective: str) -> None:
    encrypted = send(
        client.encrypt_with_options, models.EncryptRequest(key_id=key.alias, plaintext=MESSAGE, algorithm=asked)
    )
    equal("KeyId", encrypted.key_id, key.id)
    equal("Algorithm", encrypted.algorithm, effective)
    _names_the_version(encrypted, key)
    decrypt(client, key, encrypted.ciphertext_blob, effective)


def decrypt(client, key: Key, ciphertext: bytes, algorithm: str) -> None:
    decrypted = send(
        client.decrypt_with_options,
        models.DecryptRequest(key_id=key.id, ciphertext_blob=ciphertext, algorithm=algorithm),
    )
    equal("Plaintext", decrypted.plaintext, MESSAGE)
    equal("KeyId of Decrypt", decrypted.key_id, key.id)
    equal("Algorithm of Decrypt", decrypted.algorithm, algorithm)


def _decrypt_local(client, key: Key, spec: str, algorithm: str) -> None:
    public_key = _public_key(client, key, spec)
    decrypt(client, key, local_crypto.encrypt(public_key, MESSAGE), algorithm)


def _longest(client, key: Key, spec: str) -> None:
    longest = _LONGEST_OAEP[spec]
    send(client.encrypt_with_options, models.EncryptRequest(key_id=key.id, plaintext=bytes(longest)))
    too_long = models.EncryptRequest(key_id=key.id, plaintext=bytes(longest + 1))
    refused("InvalidParameter", 400, lambda: send(client.encrypt_with_options, too_long))


def sign(client, key: Key, spec: str, asked, effective) -> None:
    algorithm, kind = effective
    public_key = _public_key(client, key, spec)
    digest = local_crypto.digest(public_key, MESSAGE)
    message = digest if kind == "DIGEST" else MESSAGE
    signed = send(
        client.sign_with_options,
        models.SignRequest(key_id=key.alias, message=message, algorithm=asked[0], message_type=asked[1]),
    )
    equal("KeyId", signed.key_id, key.id)
    equal("Algorithm", signed.algorithm, algorithm)
    equal("MessageType", signed.message_type, kind)
    _names_the_version(signed, key)
    true(
        "the signature is good for this program's own crypto",
        local_crypto.signature_is_good(public_key, algorithm, digest, signed.signature),
    )
    verified = send(
        client.verify_with_options,
        models.VerifyRequest(
            key_id=key.id, message=message, signature=signed.signature, algorithm=asked[0], message_type=asked[1]
        ),
    )
    equal("Value", verified.value, True)
    equal("KeyId of Verify", verified.key_id, key.id)
    equal("Algorithm of Verify", verified.algorithm, algorithm)
    equal("MessageType of Verify", verified.message_type, kind)


def _verify_altered(client, key: Key) -> None:
    signed = send(client.sign_with_options, models.SignRequest(key_id=key.id, message=MESSAGE))
    for message, signature in ((MESSAGE + b"0", signed.signature), (MESSAGE, b"\x30\x00")):
        request = models.VerifyRequest(key_id=key.id, message=message, signature=signature)
        equal("Value", send(client.verify_with_options, request).value, False)
