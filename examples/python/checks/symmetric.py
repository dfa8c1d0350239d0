"""AES keys: Encrypt, Decrypt, the Advance calls, data keys; SM4 keys by the algorithm's name; and GenerateRandom."""

import os

from sdk import models

from checks.report import Report, equal, refused, true
from checks.scenario import VERSION_HEADER, Key, Scenario, send

PLAINTEXT = "attack at dawn, 黎明进攻".encode()
AAD = b"tenant=7&purpose=conformance"


def run(scenario: Scenario, report: Report) -> None:
    client, key = scenario.client(), scenario.symmetric
    report.check("Encrypt AES_GCM and Decrypt", lambda: _encrypt(client, key, key.id, {}))
    report.check("Encrypt AES_GCM with Aad", lambda: _encrypt(client, key, key.id, {"aad": AAD}))
    chosen = {"iv": os.urandom(12)}
    report.check("Encrypt AES_GCM with the caller's Iv", lambda: _encrypt(client, key, key.id, chosen))
    sm4 = {"algorithm": "SM4_GCM"}
    report.check("Encrypt SM4_GCM and Decrypt", lambda: _encrypt(client, scenario.sm4, scenario.sm4.id, sm4))
    report.check(
        "Encrypt SM4_GCM with Aad and the caller's Iv",
        lambda: _encrypt(client, scenario.sm4, scenario.sm4.id, {**sm4, **chosen, "aad": AAD}),
    )
    report.check("Encrypt Aliyun_SM4 default algorithm", lambda: _default_of_sm4(client, scenario.sm4))
    report.check("GenerateDataKey SM4_GCM", lambda: _data_key(client, scenario.sm4, 16, sm4))
    report.check("Encrypt with an alias answers the key id", lambda: _encrypt(client, key, key.alias, {}))
    report.check("Client Key given as text", lambda: _encrypt(scenario.client_from_content(), key, key.id, {}))
    report.check("Decrypt finds the key by the version header", lambda: _decrypt_by_version(client, key))
    report.check("AdvanceEncrypt and AdvanceDecrypt", lambda: _advance(client, key, key.id, {}))
    report.check("AdvanceEncrypt with Aad", lambda: _advance(client, key, key.id, {"aad": AAD}))
    report.check("AdvanceEncrypt with an alias answers the key id", lambda: _advance(client, key, key.alias, {}))
    report.check("AdvanceDecrypt opens what Encrypt made", lambda: _advance_opens_plain(client, key))
    for size in (None, 16, 32, 64):
        name = "default size" if size is None else f"{size} bytes"
        report.check(f"GenerateDataKey {name}", lambda: _data_key(client, key, size, {}))
        report.check(f"AdvanceGenerateDataKey {name}", lambda: _advance_data_key(client, key, size))
    for length in (1, 32, 64):
        report.check(f"GenerateRandom {length} bytes", lambda: _random(client, length))
    for length in (0, 65):
        report.check(f"GenerateRandom refuses {length} bytes", lambda: _no_random(client, length))


def _encrypt(client, key: Key, name: str, parameters) -> None:
    encrypted = send(
        client.encrypt_with_options, models.EncryptRequest(key_id=name, plaintext=PLAINTEXT, **parameters)
    )
    equal("KeyId", encrypted.key_id, key.id)
    algorithm = parameters.get("algorithm", "AES_GCM")
    equal("Algorithm", encrypted.algorithm, algorithm)
    equal("PaddingMode", encrypted.padding_mode, "")
    equal("length of the ciphertext", len(encrypted.ciphertext_blob), len(PLAINTEXT) + 16)
    equal("length of Iv", len(encrypted.iv), 12)
    if "iv" in parameters:
        equal("Iv", encrypted.iv, parameters["iv"])
    equal("version header of Encrypt", encrypted.response_headers[VERSION_HEADER], key.version_id)
    true("there is a RequestId", bool(encrypted.request_id))
    decrypted = send(
        client.decrypt_with_options,
        models.DecryptRequest(
            key_id=name,
            ciphertext_blob=encrypted.ciphertext_blob,
            iv=encrypted.iv,
            algorithm=encrypted.algorithm,
            padding_mode=encrypted.padding_mode,
            aad=parameters.get("aad"),
        ),
    )
    equal("Plaintext", decrypted.plaintext, PLAINTEXT)
    equal("KeyId of Decrypt", decrypted.key_id, key.id)
    equal("Algorithm of Decrypt", decrypted.algorithm, algorithm)
    equal("version header of Decrypt", decrypted.response_headers[VERSION_HEADER], key.version_id)


def _default_of_sm4(client, key: Key) -> None:
    encrypted = send(client.encrypt_with_options, models.EncryptRequest(key_id=key.id, plaintext=PLAINTEXT))
    equal("Algorithm", encrypted.algorithm, "SM4_GCM")


def _decrypt_by_version(client, key: Key) -> None:
    encrypted = send(client.encrypt_with_options, models.EncryptRequest(key_id=key.id, plaintext=PLAINTEXT))
    decrypted = send(
        client.decrypt_with_options,
        models.DecryptRequest(
            ciphertext_blob=encrypted.ciphertext_blob,
            iv=encrypted.iv,
            request_headers={VERSION_HEADER: encrypted.response_headers[VERSION_HEADER]},
        ),
    )
    equal("Plaintext", decrypted.plaintext, PLAINTEXT)
    equal("KeyId", decrypted.key_id, key.id)


def _advance(client, key: Key, name: str, parameters) -> None:
    encrypted = send(
        client.advance_encrypt_with_options,
        models.AdvanceEncryptRequest(key_id=name, plaintext=PLAINTEXT, **parameters),
    )
    equal("KeyId", encrypted.key_id, key.id)
    equal("Algorithm", encrypted.algorithm, "AES_GCM")
    _advance_blob(encrypted.ciphertext_blob, encrypted, key, len(PLAINTEXT))
    decrypted = send(
        client.advance_decrypt_with_options,
        models.AdvanceDecryptRequest(ciphertext_blob=encrypted.ciphertext_blob, aad=parameters.get("aad")),
    )
    equal("Plaintext", decrypted.plaintext, PLAINTEXT)
    equal("KeyId of AdvanceDecrypt", decrypted.key_id, key.id)
    equal("KeyVersionId of AdvanceDecrypt", decrypted.key_version_id, key.version_id)
    equal("Algorithm of AdvanceDecrypt", decrypted.algorithm, "AES_GCM")


def _advance_blob(blob: bytes, answer, key: Key, plaintext_length: int) -> None:
    equal("KeyVersionId", answer.key_version_id, key.version_id)
    equal("head of the blob", blob[:3], b"\x24\x00\x02")
    equal("version in the blob", blob[3:39], key.version_id.encode())
    equal("Iv in the blob", blob[39:51], answer.iv)
    equal("length of the blob", len(blob), 51 + plaintext_length + 16)


def _advance_opens_plain(client, key: Key) -> None:
    request = models.EncryptRequest(key_id=key.id, plaintext=PLAINTEXT, aad=AAD)
    encrypted = send(client.encrypt_with_options, request)
    decrypted = send(
        client.advance_decrypt_with_options,
        models.AdvanceDecryptRequest(
            key_id=key.id,
            ciphertext_blob=encrypted.ciphertext_blob,
            iv=encrypted.iv,
            algorithm=encrypted.algorithm,
            aad=AAD,
        ),
    )
    equal("Plaintext", decrypted.plaintext, PLAINTEXT)
    equal("KeyVersionId", decrypted.key_version_id, key.version_id)


def _data_key(client, key: Key, size, parameters) -> None:
    request = models.GenerateDataKeyRequest(key_id=key.alias, number_of_bytes=size, aad=AAD, **parameters)
    made = send(client.generate_data_key_with_options, request)
    equal("KeyId", made.key_id, key.id)
    equal("Algorithm", made.algorithm, parameters.get("algorithm", "AES_GCM"))
    equal("length of the data key", len(made.plaintext), size or 32)
    equal("version header", made.response_headers[VERSION_HEADER], key.version_id)
    opened = send(
        client.decrypt_with_options,
        models.DecryptRequest(
            key_id=key.id, ciphertext_blob=made.ciphertext_blob, iv=made.iv, algorithm=made.algorithm, aad=AAD
        ),
    )
    equal("Plaintext", opened.plaintext, made.plaintext)


def _advance_data_key(client, key: Key, size) -> None:
    request = models.AdvanceGenerateDataKeyRequest(key_id=key.alias, number_of_bytes=size, aad=AAD)
    made = send(client.advance_generate_data_key_with_options, request)
    equal("KeyId", made.key_id, key.id)
    equal("Algorithm", made.algorithm, "AES_GCM")
    equal("length of the data key", len(made.plaintext), size or 32)
    _advance_blob(made.ciphertext_blob, made, key, size or 32)
    opened = send(
        client.advance_decrypt_with_options,
        models.AdvanceDecryptRequest(ciphertext_blob=made.ciphertext_blob, aad=AAD),
    )
    equal("Plaintext", opened.plaintext, made.plaintext)


def _random(client, length: int) -> None:
    answer = send(client.generate_random_with_options, models.GenerateRandomRequest(length=length))
    equal("length", len(answer.random), length)
    true("there is a RequestId", bool(answer.request_id))


def _no_random(client, length: int) -> None:
    request = models.GenerateRandomRequest(length=length)
    refused("InvalidParameter", 400, lambda: send(client.generate_random_with_options, request))
