"""What an administrator does with an instance, through any of the clients: `connect(access_key)` gives a function
`call(action, parameters, **common)`, where `common` overrides what the client itself adds (`time`, `nonce`)."""

import json
import os
import sys
from datetime import datetime, timedelta, timezone
from typing import Any, Callable, Dict, Tuple

from report import Report, equal, refused, true

Json = Dict[str, Any]
Call = Callable[..., Json]
Connect = Callable[[Json], Call]

DAYS = 30
ODD = "a b*c~d!'()/中+%&=?"
ROLE = "RbacPermission/Template/CryptoServiceKeyUser"
ADDRESSES = '["127.0.0.0/8","10.1.2.3"]'
TIME = "%Y-%m-%dT%H:%M:%SZ"


def main(connector: Callable[[Json], Connect], wrong_secret: str = "SignatureDoesNotMatch") -> int:
    """Reads the scenario file of the command line (test/sdk/run.ts writes one) and walks. The exit code.

    `wrong_secret`: what the client makes of the server's SignatureDoesNotMatch.
    """
    if len(sys.argv) != 2:
        print(f"usage: {sys.argv[0]} <scenario.json>", file=sys.stderr)
        return 2
    with open(sys.argv[1], encoding="utf-8") as file:
        scenario = json.load(file)
    connect = connector(scenario)
    call = connect(scenario["accessKey"])
    report = Report()
    walk = Walk(scenario, call)
    report.check("CreateKey makes a key that DescribeKey and ListKeys show", walk.key)
    report.check("CreateAlias gives the key a name that it is found by", walk.alias)
    report.check("UpdateKeyDescription keeps odd characters", walk.odd_characters)
    report.check("DisableKey and EnableKey change the state", walk.disable_and_enable)
    report.check("ScheduleKeyDeletion and CancelKeyDeletion change the state", walk.delete_and_cancel)
    report.check("a network rule, a policy and an access point are created and read back", walk.access_point)
    report.check("CreateClientKey issues a Client Key that GetClientKey and ListClientKeys show", walk.client_key)
    report.check("ListKmsInstances and GetKmsInstance show the instance and its CA", walk.instance)
    _errors(report, scenario, (connect, wrong_secret), walk.key_id)
    return report.finish()


class Walk:
    def __init__(self, scenario: Json, call: Call) -> None:
        self._scenario = scenario
        self._name: str = scenario["name"]
        self._call = call
        self.key_id = ""

    def key(self) -> None:
        description = f"of {self._name}"
        created = self._call("CreateKey", {"KeySpec": "Aliyun_AES_256", "Description": description})
        self.key_id = created["KeyMetadata"]["KeyId"]
        described = self._describe()
        equal("state", described["KeyState"], "Enabled")
        equal("description", described["Description"], description)
        listed = self._call("ListKeys", {"PageNumber": 1, "PageSize": 100})["Keys"]["Key"]
        true("ListKeys has the key", any(key["KeyId"] == self.key_id for key in listed))

    def alias(self) -> None:
        alias = f"alias/{self._name}"
        self._call("CreateAlias", {"KeyId": self.key_id, "AliasName": alias})
        listed = self._call("ListAliasesByKeyId", {"KeyId": self.key_id})["Aliases"]["Alias"]
        equal("aliases", [entry["AliasName"] for entry in listed], [alias])
        found = self._call("DescribeKey", {"KeyId": alias})
        equal("key", found["KeyMetadata"]["KeyId"], self.key_id)

    def odd_characters(self) -> None:
        self._call("UpdateKeyDescription", {"KeyId": self.key_id, "Description": ODD})
        equal("description", self._describe()["Description"], ODD)

    def disable_and_enable(self) -> None:
        self._call("DisableKey", {"KeyId": self.key_id})
        equal("state", self._describe()["KeyState"], "Disabled")
        self._call("EnableKey", {"KeyId": self.key_id})
        equal("state", self._describe()["KeyState"], "Enabled")

    def delete_and_cancel(self) -> None:
        self._call("ScheduleKeyDeletion", {"KeyId": self.key_id, "PendingWindowInDays": DAYS})
        key = self._describe()
        equal("state", key["KeyState"], "PendingDeletion")
        end = datetime.strptime(key["DeleteDate"], TIME).replace(tzinfo=timezone.utc)
        equal("days until it goes", round((end - datetime.now(timezone.utc)) / timedelta(days=1)), DAYS)
        self._call("CancelKeyDeletion", {"KeyId": self.key_id})
        equal("state", self._describe()["KeyState"], "Enabled")

    def access_point(self) -> None:
        name = {"Name": self._name}
        self._call("CreateNetworkRule", {**name, "Type": "Private", "SourcePrivateIp": ADDRESSES})
        equal("addresses", self._call("DescribeNetworkRule", name)["SourcePrivateIp"], ADDRESSES)
        rules = f'{{"NetworkRules": ["{self._name}"]}}'
        permissions = {"Permissions": json.dumps([ROLE]), "Resources": '["key/*"]', "AccessControlRules": rules}
        self._call("CreatePolicy", {**name, **permissions})
        policy = self._call("DescribePolicy", name)
        equal("permissions", policy["Permissions"], [ROLE])
        equal("resources", policy["Resources"], ["key/*"])
        equal("rules", policy["AccessControlRules"], rules)
        policies = f'["{self._name}"]'
        self._call(
            "CreateApplicationAccessPoint",
            {**name, "AuthenticationMethod": "ClientKey", "Policies": policies},
        )
        equal("policies", self._call("DescribeApplicationAccessPoint", name)["Policies"], policies)

    def client_key(self) -> None:
        with open(self._scenario["passwordFile"], encoding="utf-8") as file:
            password = file.read().strip()
        issued = self._call("CreateClientKey", {"AapName": self._name, "Password": password})
        content = {"KeyId": issued["ClientKeyId"], "PrivateKeyData": issued["PrivateKeyData"]}
        with open(self._scenario["clientKeyFile"], "w", encoding="utf-8", opener=_private) as file:
            json.dump(content, file)
        described = self._call("GetClientKey", {"ClientKeyId": issued["ClientKeyId"]})
        equal("access point", described["AapName"], self._name)
        true("the certificate is PEM", "BEGIN CERTIFICATE" in described["PublicKeyData"])
        listed = self._call("ListClientKeys", {"AapName": self._name})["ClientKeys"]
        equal("Client Keys", [key["ClientKeyId"] for key in listed], [issued["ClientKeyId"]])

    def instance(self) -> None:
        [instance] = self._call("ListKmsInstances", {})["KmsInstances"]["KmsInstance"]
        described = self._call("GetKmsInstance", {"KmsInstanceId": instance["KmsInstanceId"]})["KmsInstance"]
        equal("status", described["Status"], "Connected")
        true("the CA is PEM", "BEGIN CERTIFICATE" in described["CaCertificateChainPem"])

    def _describe(self) -> Json:
        return self._call("DescribeKey", {"KeyId": self.key_id})["KeyMetadata"]


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _errors(report: Report, scenario: Json, client: Tuple[Connect, str], key_id: str) -> None:
    connect, wrong_secret_code = client
    access_key = scenario["accessKey"]
    call = connect(access_key)

    def wrong_secret() -> None:
        wrong = connect({"id": access_key["id"], "secret": access_key["secret"][1:] + "x"})
        refused(wrong_secret_code, lambda: wrong("ListKeys", {}))

    def old_time() -> None:
        time = (datetime.now(timezone.utc) - timedelta(minutes=16)).strftime(TIME)
        refused("InvalidTimeStamp.Expired", lambda: call("ListKeys", {}, time=time))

    def used_nonce() -> None:
        nonce = f"{scenario['name']}-{datetime.now(timezone.utc).timestamp()}"
        call("ListKeys", {}, nonce=nonce)
        refused("SignatureNonceUsed", lambda: call("ListKeys", {}, nonce=nonce))

    def no_permission() -> None:
        denied = connect(scenario["denied"])
        refused("Forbidden.NoPermission", lambda: denied("DescribeKey", {"KeyId": key_id}))

    def unknown_key() -> None:
        refused("Forbidden.KeyNotFound", lambda: call("DescribeKey", {"KeyId": "key-of-nobody"}))

    def illegal_transition() -> None:
        refused("Rejected.StateModifiedFailed", lambda: call("CancelKeyDeletion", {"KeyId": key_id}))

    report.check("a wrong secret is refused", wrong_secret)
    report.check("an old time is refused with InvalidTimeStamp.Expired", old_time)
    report.check("a nonce that was used is refused with SignatureNonceUsed", used_nonce)
    report.check("a RAM user without permission is refused with Forbidden.NoPermission", no_permission)
    report.check("an unknown key is refused with Forbidden.KeyNotFound", unknown_key)
    report.check("an illegal transition is refused with Rejected.StateModifiedFailed", illegal_transition)
