"""Administers an instance with aliyun-python-sdk-kms, the older SDK: signature V1, parameters in the query.

    python classic.py <scenario.json>
"""

import importlib
import json
import sys
from contextlib import ExitStack
from unittest.mock import patch

from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.auth.composer import rpc_signature_composer
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import RpcRequest

from report import Refusal
from walk import Call, Connect, Json, main

# Any name: the endpoint is given.
REGION = "local"


def connector(scenario: Json) -> Connect:
    def connect(access_key: Json) -> Call:
        client = AcsClient(
            access_key["id"], access_key["secret"], REGION, auto_retry=False, timeout=60, verify=scenario["caFile"]
        )

        def call(action: str, parameters: Json, time: str = "", nonce: str = "") -> Json:
            request = _request(action, parameters)
            request.set_endpoint(scenario["endpoint"])
            request.set_protocol_type("https")
            with ExitStack() as stack:
                # The SDK takes both from its helper and has no setting for them.
                if time:
                    stack.enter_context(_helper("get_iso_8061_date", time))
                if nonce:
                    stack.enter_context(_helper("get_uuid", nonce))
                return _send(client, request)

        return call

    return connect


def _request(action: str, parameters: Json) -> RpcRequest:
    """The SDK's own request of the action, by name: `ListKeysRequest`, filled with its setters."""
    module = importlib.import_module(f"aliyunsdkkms.request.v20160120.{action}Request")
    request = getattr(module, f"{action}Request")()
    for name, value in parameters.items():
        getattr(request, f"set_{name}")(value)
    return request


def _helper(function: str, value: str):
    return patch.object(rpc_signature_composer.helper, function, return_value=value)


def _send(client: AcsClient, request: RpcRequest) -> Json:
    try:
        return json.loads(client.do_action_with_exception(request))
    except ServerException as error:
        raise Refusal(error.error_code, error.message, error.request_id) from error


if __name__ == "__main__":
    sys.exit(main(connector, wrong_secret="InvalidAccessKeySecret"))
