"""Encrypts, decrypts, signs and verifies with the instance that `npm start` brings up.

Copy this file as the start of your own program. Run it from the root of the repository:

    pip install -r examples/python/requirements.txt
    python examples/python/quickstart.py
"""

import argparse
from pathlib import Path

from openapi.models import Config
from openapi_util.models import RuntimeOptions
from sdk.client import Client
from sdk.models import DecryptRequest, EncryptRequest, SignRequest, VerifyRequest


def main() -> None:
    flags = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    flags.add_argument("--endpoint", default="127.0.0.1:8443", help="host:port of the data plane")
    flags.add_argument("--client-key", default="data/quickstart/client-key.json")
    flags.add_argument("--password-file", default="data/quickstart/client-key.password")
    flags.add_argument("--ca", default="data/quickstart/ca.pem", help="PEM file: root CA, then sub CA")
    options = flags.parse_args()

    client = Client(
        Config(
            protocol="https",
            endpoint=options.endpoint,
            client_key_file=options.client_key,
            password=Path(options.password_file).read_text().strip(),
            ca_file_path=options.ca,
        )
    )
    encrypt_and_decrypt(client)
    sign_and_verify(client)


def encrypt_and_decrypt(client: Client) -> None:
    plaintext = "hello from Python".encode()
    encrypted = client.encrypt_with_options(
        EncryptRequest(key_id="alias/quickstart-aes", plaintext=plaintext, aad=b"order 42"), RuntimeOptions()
    )
    print(f"encrypted with {encrypted.key_id}, {encrypted.algorithm}")
    print(f"  ciphertext  {encrypted.ciphertext_blob.hex()}")
    print(f"  iv          {encrypted.iv.hex()}")

    # Keep the ciphertext, the iv and the algorithm; the same Aad must be given again.
    decrypted = client.decrypt_with_options(
        DecryptRequest(
            key_id=encrypted.key_id,
            ciphertext_blob=encrypted.ciphertext_blob,
            iv=encrypted.iv,
            algorithm=encrypted.algorithm,
            aad=b"order 42",
        ),
        RuntimeOptions(),
    )
    if decrypted.plaintext != plaintext:
        raise SystemExit("the decrypted text differs from the original")
    print(f"decrypted     {decrypted.plaintext.decode()}")


def sign_and_verify(client: Client) -> None:
    message = "a message worth signing".encode()
    signed = client.sign_with_options(
        SignRequest(key_id="alias/quickstart-sign", message=message, message_type="RAW"), RuntimeOptions()
    )
    print(f"signed with {signed.key_id}, {signed.algorithm}")
    print(f"  signature   {signed.signature.hex()}")

    verified = client.verify_with_options(
        VerifyRequest(
            key_id=signed.key_id,
            message=message,
            message_type=signed.message_type,
            signature=signed.signature,
            algorithm=signed.algorithm,
        ),
        RuntimeOptions(),
    )
    if not verified.value:
        raise SystemExit("the signature was not accepted")
    print("verified      the signature is good")


if __name__ == "__main__":
    main()
