"""The scenario file and the SDK clients made from it. The server's certificate is always verified."""

import base64
import json
from dataclasses import dataclass
from typing import Any, Callable, Dict

from openapi.models import Config
from openapi_util.models import RuntimeOptions
from sdk.client import Client

VERSION_HEADER = "x-kms-migrationkeyversionid"
PAIR_SPECS = ("RSA_2048", "RSA_3072", "RSA_4096", "EC_P256", "EC_P256K")
ASYMMETRIC_SPECS = (*PAIR_SPECS, "EC_SM2")


@dataclass(frozen=True)
class Key:
    id: str
    alias: str
    # The only version.
    version_id: str


@dataclass(frozen=True)
class ImportedKey(Key):
    # What the owner has: the bytes of a symmetric key, or the public key of a pair, PEM.
    source: bytes


class Scenario:
    def __init__(self, content: Dict[str, Any]) -> None:
        self._content = content
        keys = content["keys"]
        self.symmetric = _key(keys["symmetric"])
        self.sm4 = _key(keys["sm4"])
        self.denied = _key(keys["denied"])
        self.disabled = _key(keys["disabled"])
        self.encryption = {spec: _key(keys["encryption"][spec]) for spec in ASYMMETRIC_SPECS}
        self.signing = {spec: _key(keys["signing"][spec]) for spec in ASYMMETRIC_SPECS}
        # What it is for, then its spec: symmetric, encryption, signing.
        self.imported = {
            purpose: {spec: _imported_key(entry) for spec, entry in by_spec.items()}
            for purpose, by_spec in keys["imported"].items()
        }
        self.throttled_key_id: str = content["throttled"]["keyId"]

    @staticmethod
    def read(path: str) -> "Scenario":
        with open(path, encoding="utf-8") as file:
            return Scenario(json.load(file))

    def client(self, client_key: str = "main") -> Client:
        return self._client(self._content, self._content["clientKeys"][client_key])

    def client_from_content(self) -> Client:
        """The Client Key handed over as text, not as a file."""
        client_key = self._content["clientKeys"]["main"]
        with open(client_key["file"], encoding="utf-8") as file:
            text = file.read()
        return Client(self._config(self._content, client_key_content=text, password=client_key["password"]))

    def client_with_foreign_ca(self) -> Client:
        """Trusts another instance's CA only. By host name, so that no connection of another client is reused."""
        port = self._content["endpoint"].rsplit(":", 1)[1]
        foreign = {"endpoint": f"localhost:{port}", "caFile": self._content["throttled"]["caFile"]}
        return self._client(foreign, self._content["clientKeys"]["main"])

    def throttled_client(self) -> Client:
        throttled = self._content["throttled"]
        return self._client(throttled, throttled["clientKey"])

    def _client(self, instance: Dict[str, Any], client_key: Dict[str, str]) -> Client:
        return Client(
            self._config(instance, client_key_file=client_key["file"], password=client_key["password"])
        )

    @staticmethod
    def _config(instance: Dict[str, Any], **credential: str) -> Config:
        return Config(
            protocol="https", endpoint=instance["endpoint"], ca_file_path=instance["caFile"], **credential
        )


def _key(entry: Dict[str, str]) -> Key:
    return Key(entry["id"], entry["alias"], entry["versionId"])


def _imported_key(entry: Dict[str, str]) -> ImportedKey:
    source = base64.b64decode(entry["source"])
    return ImportedKey(entry["id"], entry["alias"], entry["versionId"], source)


def send(method: Callable[[Any, RuntimeOptions], Any], request: Any) -> Any:
    """One call, not repeated by the SDK, whose answer carries the key version header."""
    return method(
        request, RuntimeOptions(autoretry=False, read_timeout=60_000, response_headers=[VERSION_HEADER])
    )
