"""Administers an instance with alibabacloud-kms20160120, the current SDK: signature V3, parameters in the query.

    python tea.py <scenario.json>
"""

import re
import sys

from alibabacloud_kms20160120 import models
from alibabacloud_kms20160120.client import Client
from alibabacloud_tea_openapi.utils_models import Config
from darabonba.exceptions import DaraException
from darabonba.runtime import ExtendsParameters, RuntimeOptions

from report import Refusal
from walk import Call, Connect, Json, main


def connector(scenario: Json) -> Connect:
    def connect(access_key: Json) -> Call:
        client = Client(
            Config(
                access_key_id=access_key["id"],
                access_key_secret=access_key["secret"],
                endpoint=scenario["endpoint"],
                protocol="HTTPS",
                # The path of a PEM file here, not its text.
                ca=scenario["caFile"],
            )
        )
        return lambda action, parameters, **common: _call(client, action, parameters, **common)

    return connect


def _call(client: Client, action: str, parameters: Json, time: str = "", nonce: str = "") -> Json:
    """The SDK's own method and models of the action, by name: `list_keys_with_options(ListKeysRequest)`."""
    request = getattr(models, f"{action}Request")().from_map(parameters)
    method = getattr(client, re.sub(r"(?<!^)(?=[A-Z])", "_", action).lower() + "_with_options")
    headers = {"x-acs-date": time, "x-acs-signature-nonce": nonce}
    given = {name: value for name, value in headers.items() if value}
    runtime = RuntimeOptions(
        autoretry=False, read_timeout=60_000, extends_parameters=ExtendsParameters(headers=given)
    )
    try:
        response = method(request, runtime)
    except DaraException as error:
        raise Refusal(error.code, error.message, (error.data or {}).get("RequestId", "")) from error
    # Actions without an answer of their own have a body with the request id alone.
    return response.body.to_map()


if __name__ == "__main__":
    sys.exit(main(connector))
