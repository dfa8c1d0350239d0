"""Data key pairs: the four calls, every pair spec, both formats."""

import time

from sdk import models
from Tea.exceptions import TeaException

from checks import local_crypto
from checks.report import Report, equal, true
from checks.scenario import PAIR_SPECS, Key, Scenario, send

AAD = b"key pair"
_PATIENCE_SECONDS = 180


def run(scenario: Scenario, report: Report) -> None:
    client, key = scenario.client(), scenario.symmetric
    calls = (
        ("GenerateDataKeyPair", client.generate_data_key_pair_with_options),
        ("GenerateDataKeyPairWithoutPlaintext", client.generate_data_key_pair_without_plaintext_with_options),
        ("AdvanceGenerateDataKeyPair", client.advance_generate_data_key_pair_with_options),
        (
            "AdvanceGenerateDataKeyPairWithoutPlaintext",
            client.advance_generate_data_key_pair_without_plaintext_with_options,
        ),
    )
    # Making an RSA pair is slow: formats alternate, so that each call and each spec meets both.
    for row, (name, method) in enumerate(calls):
        for column, spec in enumerate(PAIR_SPECS):
            key_format = ("PEM", "DER")[(row + column) % 2]
            report.check(
                f"{name} {spec} {key_format}",
                lambda: _pair(client, key, (name, method), spec, key_format),
            )


def _pair(client, key: Key, call, spec: str, key_format: str) -> None:
    name, method = call
    request_type = getattr(models, f"{name}Request")
    request = request_type(key_id=key.alias, key_pair_spec=spec, key_format=key_format, aad=AAD)
    made = _patiently(lambda: send(method, request))
    equal("KeyId", made.key_id, key.id)
    equal("KeyPairSpec", made.key_pair_spec, spec)
    equal("Algorithm", made.algorithm, "AES_GCM")
    true("there is a RequestId", bool(made.request_id))

    if name.startswith("Advance"):
        equal("KeyVersionId", made.key_version_id, key.version_id)
        opened = send(
            client.advance_decrypt_with_options,
            models.AdvanceDecryptRequest(ciphertext_blob=made.private_key_ciphertext_blob, aad=AAD),
        )
    else:
        opened = send(
            client.decrypt_with_options,
            models.DecryptRequest(
                key_id=key.id, ciphertext_blob=made.private_key_ciphertext_blob, iv=made.iv, aad=AAD
            ),
        )
    if not name.endswith("WithoutPlaintext"):
        true("PrivateKeyPlaintext is what the ciphertext holds", opened.plaintext == made.private_key_plaintext)
    public_key = local_crypto.load_public_key(made.public_key, key_format, spec)
    true(
        "the private key belongs to the public key",
        local_crypto.private_key_matches(opened.plaintext, key_format, public_key),
    )


def _patiently(call):
    """An instance makes one pair at a time and throttles the rest: wait for the turn."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return call()
        except TeaException as error:
            if error.code != "Rejected.Throttling" or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
