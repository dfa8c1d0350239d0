"""Imported keys: what the instance does with them is what their owner would do with the source."""

from sdk import models

from checks import local_crypto
from checks.asymmetric import MESSAGE, decrypt, encryption_of, sign, signatures_of
from checks.report import Report, equal
from checks.scenario import ImportedKey, Scenario, send


def run(scenario: Scenario, report: Report) -> None:
    client, imported = scenario.client(), scenario.imported
    for spec, key in sorted(imported["symmetric"].items()):
        report.check(
            f"Imported {spec}: its source opens what Encrypt made", lambda: _open_with_source(client, key, spec)
        )
    for spec, key in sorted(imported["signing"].items()):
        asked = (signatures_of(spec)[0], "RAW")
        report.check(
            f"Imported {spec}: its source verifies what Sign made", lambda: _sign(client, key, spec, asked)
        )
    for spec, key in sorted(imported["encryption"].items()):
        report.check(
            f"Imported {spec}: Decrypt opens what was encrypted to its source",
            lambda: _decrypt_for_source(client, key, spec),
        )


def _open_with_source(client, key: ImportedKey, spec: str) -> None:
    made = send(client.encrypt_with_options, models.EncryptRequest(key_id=key.id, plaintext=MESSAGE))
    opened = local_crypto.open_gcm(spec, key.source, made.iv, made.ciphertext_blob)
    equal("the plaintext at the source", opened, MESSAGE)


def _sign(client, key: ImportedKey, spec: str, asked) -> None:
    answer = send(client.get_public_key_with_options, models.GetPublicKeyRequest(key_id=key.id))
    equal("the public key", answer.public_key.encode(), key.source)
    # Verifies with that public key.
    sign(client, key, spec, asked, asked)


def _decrypt_for_source(client, key: ImportedKey, spec: str) -> None:
    public_key = local_crypto.load_public_key(key.source, "PEM", spec)
    decrypt(client, key, local_crypto.encrypt(public_key, MESSAGE), encryption_of(spec))
