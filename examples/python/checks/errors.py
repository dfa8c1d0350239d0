"""What must be refused, with the error that this SDK shows: type, code and HTTP status."""

import os

from sdk import models
from Tea.exceptions import TeaException, UnretryableException

from checks.report import Report, equal, refused, true
from checks.scenario import Key, Scenario, send

PLAINTEXT = b"attack at dawn"
_BURST = 60


def run(scenario: Scenario, report: Report) -> None:
    _broken_ciphertexts(scenario, report)
    _access(scenario, report)
    _keys(scenario, report)
    report.check("Error throttling", lambda: _throttling(scenario))
    report.check("Error a server certificate of another CA", lambda: _foreign_ca(scenario))


def _broken_ciphertexts(scenario: Scenario, report: Report) -> None:
    client, key = scenario.client(), scenario.symmetric

    def decrypt(changes) -> None:
        encrypted = send(
            client.encrypt_with_options, models.EncryptRequest(key_id=key.id, plaintext=PLAINTEXT, aad=b"aad")
        )
        fields = {"ciphertext_blob": encrypted.ciphertext_blob, "iv": encrypted.iv, "aad": b"aad"}
        fields.update(changes(encrypted))
        request = models.DecryptRequest(key_id=key.id, **fields)
        refused("InvalidParameter", 400, lambda: send(client.decrypt_with_options, request))

    def breaks(name: str, changes) -> None:
        report.check(f"Error {name}", lambda: decrypt(changes))

    breaks("tampered AES_GCM ciphertext", lambda made: {"ciphertext_blob": _flip(made.ciphertext_blob)})
    breaks("truncated AES_GCM ciphertext", lambda made: {"ciphertext_blob": made.ciphertext_blob[:15]})
    breaks("wrong Aad", lambda made: {"aad": b"bad"})
    breaks("missing Aad", lambda made: {"aad": None})
    breaks("wrong Iv", lambda made: {"iv": os.urandom(12)})
    report.check("Error tampered AdvanceEncrypt ciphertext", lambda: _tampered_advance(client, key))
    for spec in ("RSA_2048", "EC_P256", "EC_P256K"):
        report.check(
            f"Error tampered {spec} ciphertext",
            lambda: _tampered_asymmetric(client, scenario.encryption[spec]),
        )


def _flip(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


def _tampered_advance(client, key: Key) -> None:
    encrypted = send(
        client.advance_encrypt_with_options, models.AdvanceEncryptRequest(key_id=key.id, plaintext=PLAINTEXT)
    )
    request = models.AdvanceDecryptRequest(ciphertext_blob=_flip(encrypted.ciphertext_blob))
    refused("InvalidParameter", 400, lambda: send(client.advance_decrypt_with_options, request))


def _tampered_asymmetric(client, key: Key) -> None:
    encrypted = send(client.encrypt_with_options, models.EncryptRequest(key_id=key.id, plaintext=PLAINTEXT))
    request = models.DecryptRequest(key_id=key.id, ciphertext_blob=_flip(encrypted.ciphertext_blob))
    refused("InvalidParameter", 400, lambda: send(client.decrypt_with_options, request))


def _access(scenario: Scenario, report: Report) -> None:
    allowed = scenario.symmetric

    def encrypt(client_key: str, key_id: str):
        request = models.EncryptRequest(key_id=key_id, plaintext=PLAINTEXT)
        return send(scenario.client(client_key).encrypt_with_options, request)

    def refuses(name: str, code: str, status: int, client_key: str, key_id: str) -> None:
        report.check(name, lambda: refused(code, status, lambda: encrypt(client_key, key_id)))

    report.check(
        "The narrow policy allows its key",
        lambda: equal("KeyId", encrypt("narrow", allowed.id).key_id, allowed.id),
    )
    refuses("Error denied key", "Forbidden.NoPermission", 403, "narrow", scenario.denied.id)
    refuses("Error denied key by alias", "Forbidden.NoPermission", 403, "narrow", scenario.denied.alias)
    refuses("Error denied address", "Forbidden.NoPermission", 403, "elsewhere", allowed.id)
    refuses("Error expired Client Key", "Unauthorized", 404, "expired", allowed.id)
    refuses("Error deleted Client Key", "Unauthorized", 404, "deleted", allowed.id)


def _keys(scenario: Scenario, report: Report) -> None:
    client, aes = scenario.client(), scenario.symmetric.id
    rsa, signer = scenario.encryption["RSA_2048"].id, scenario.signing["EC_P256"].id
    encrypt, sign = client.encrypt_with_options, client.sign_with_options

    def refuses(name: str, error, method, request) -> None:
        report.check(f"Error {name}", lambda: refused(*error, lambda: send(method, request)))

    def text(key_id: str):
        return models.EncryptRequest(key_id=key_id, plaintext=PLAINTEXT)

    def message(key_id: str):
        return models.SignRequest(key_id=key_id, message=PLAINTEXT)

    refuses("disabled key", ("Rejected.Disabled", 409), encrypt, text(scenario.disabled.id))
    not_found = ("Forbidden.KeyNotFound", 404)
    refuses("unknown key", not_found, encrypt, text("key-hzz000000000000000000"))
    refuses("unknown alias", not_found, encrypt, text("alias/no-such-key"))

    usage = ("UnsupportedOperation", 400)
    refuses("Encrypt with a signing key", usage, encrypt, text(signer))
    refuses("Sign with an AES key", usage, sign, message(aes))
    refuses("Sign with an encryption key", usage, sign, message(rsa))
    public_key = models.GetPublicKeyRequest(key_id=aes)
    refuses("GetPublicKey of an AES key", usage, client.get_public_key_with_options, public_key)
    data_key = models.GenerateDataKeyRequest(key_id=rsa, number_of_bytes=32)
    refuses("GenerateDataKey with an RSA key", usage, client.generate_data_key_with_options, data_key)

    symmetric = ("Forbidden.OnlySymmetricKeySupported", 404)
    advance = models.AdvanceEncryptRequest(key_id=rsa, plaintext=PLAINTEXT)
    refuses("AdvanceEncrypt with an RSA key", symmetric, client.advance_encrypt_with_options, advance)
    data_key = models.AdvanceGenerateDataKeyRequest(key_id=rsa, number_of_bytes=32)
    method = client.advance_generate_data_key_with_options
    refuses("AdvanceGenerateDataKey with an RSA key", symmetric, method, data_key)
    pair = models.GenerateDataKeyPairRequest(key_id=rsa, key_pair_spec="EC_P256", key_format="PEM")
    refuses("GenerateDataKeyPair with an RSA key", symmetric, client.generate_data_key_pair_with_options, pair)


def _throttling(scenario: Scenario) -> None:
    """Calls until the small limit of the throttled instance is reached; the SDK tells it with its give-up type."""
    client = scenario.throttled_client()
    request = models.EncryptRequest(key_id=scenario.throttled_key_id, plaintext=PLAINTEXT)

    def burst() -> None:
        for _ in range(_BURST):
            send(client.encrypt_with_options, request)

    refused("Rejected.Throttling", 429, burst, UnretryableException)


def _foreign_ca(scenario: Scenario) -> None:
    client = scenario.client_with_foreign_ca()
    try:
        send(client.generate_random_with_options, models.GenerateRandomRequest(length=1))
    except TeaException as error:
        true("the certificate was refused", "CERTIFICATE_VERIFY_FAILED" in str(error))
        return
    raise AssertionError("the connection was made")
