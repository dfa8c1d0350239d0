package walk

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"strings"
	"time"
)

const (
	days      = 30
	odd       = "a b*c~d!'()/中+%&=?"
	role      = "RbacPermission/Template/CryptoServiceKeyUser"
	addresses = `["127.0.0.0/8","10.1.2.3"]`
)

type walker struct {
	scenario *Scenario
	call     Call
	keyID    string
}

func (w *walker) keys(r *report) {
	r.check("CreateKey makes a key that DescribeKey and ListKeys show", w.createKey)
	r.check("CreateAlias gives the key a name that it is found by", w.createAlias)
	r.check("UpdateKeyDescription keeps odd characters", func() error {
		if err := w.do("UpdateKeyDescription", Parameters{"KeyId": w.keyID, "Description": odd}); err != nil {
			return err
		}
		return w.keyHas("Description", odd)
	})
	r.check("DisableKey and EnableKey change the state", func() error {
		return errors.Join(
			w.do("DisableKey", Parameters{"KeyId": w.keyID}), w.keyHas("KeyState", "Disabled"),
			w.do("EnableKey", Parameters{"KeyId": w.keyID}), w.keyHas("KeyState", "Enabled"),
		)
	})
	r.check("ScheduleKeyDeletion and CancelKeyDeletion change the state", func() error {
		return errors.Join(
			w.do("ScheduleKeyDeletion", Parameters{"KeyId": w.keyID, "PendingWindowInDays": days}),
			w.keyHas("KeyState", "PendingDeletion"), w.keyGoesInDays(),
			w.do("CancelKeyDeletion", Parameters{"KeyId": w.keyID}), w.keyHas("KeyState", "Enabled"),
		)
	})
}

func (w *walker) access(r *report) {
	r.check("a network rule, a policy and an access point are created and read back", w.createAccessPoint)
	r.check("CreateClientKey issues a Client Key that GetClientKey and ListClientKeys show", w.createClientKey)
	r.check("ListKmsInstances and GetKmsInstance show the instance and its CA", w.readInstance)
}

func (w *walker) createKey() error {
	description := "of " + w.scenario.Name
	created, err := w.call("CreateKey", Parameters{"KeySpec": "Aliyun_AES_256", "Description": description})
	if err != nil {
		return err
	}
	w.keyID, _ = field(created, "KeyMetadata", "KeyId").(string)
	listed, err := w.call("ListKeys", Parameters{"PageNumber": 1, "PageSize": 100})
	if err != nil {
		return err
	}
	return errors.Join(
		w.keyHas("KeyState", "Enabled"), w.keyHas("Description", description),
		contains("ListKeys", field(listed, "Keys", "Key"), "KeyId", w.keyID),
	)
}

func (w *walker) createAlias() error {
	alias := "alias/" + w.scenario.Name
	if err := w.do("CreateAlias", Parameters{"KeyId": w.keyID, "AliasName": alias}); err != nil {
		return err
	}
	listed, err := w.call("ListAliasesByKeyId", Parameters{"KeyId": w.keyID})
	if err != nil {
		return err
	}
	found, err := w.call("DescribeKey", Parameters{"KeyId": alias})
	return errors.Join(
		err,
		contains("ListAliasesByKeyId", field(listed, "Aliases", "Alias"), "AliasName", alias),
		equal("key", field(found, "KeyMetadata", "KeyId"), w.keyID),
	)
}

func (w *walker) createAccessPoint() error {
	name := w.scenario.Name
	rules, policies := fmt.Sprintf(`{"NetworkRules": ["%s"]}`, name), fmt.Sprintf(`["%s"]`, name)
	if err := errors.Join(
		w.do("CreateNetworkRule", Parameters{"Name": name, "Type": "Private", "SourcePrivateIp": addresses}),
		w.do("CreatePolicy", Parameters{
			"Name": name, "Permissions": fmt.Sprintf(`["%s"]`, role), "Resources": `["key/*"]`,
			"AccessControlRules": rules,
		}),
		w.do("CreateApplicationAccessPoint", Parameters{
			"Name": name, "AuthenticationMethod": "ClientKey", "Policies": policies,
		}),
	); err != nil {
		return err
	}
	rule, err := w.call("DescribeNetworkRule", Parameters{"Name": name})
	if err != nil {
		return err
	}
	policy, err := w.call("DescribePolicy", Parameters{"Name": name})
	if err != nil {
		return err
	}
	point, err := w.call("DescribeApplicationAccessPoint", Parameters{"Name": name})
	return errors.Join(
		err,
		equal("addresses", rule["SourcePrivateIp"], addresses),
		equal("permissions", policy["Permissions"], []any{role}),
		equal("resources", policy["Resources"], []any{"key/*"}),
		equal("rules", policy["AccessControlRules"], rules),
		equal("policies", point["Policies"], policies),
	)
}

func (w *walker) createClientKey() error {
	password, err := os.ReadFile(w.scenario.PasswordFile)
	if err != nil {
		return err
	}
	name := w.scenario.Name
	issued, err := w.call("CreateClientKey", Parameters{
		"AapName": name, "Password": strings.TrimSpace(string(password)),
	})
	if err != nil {
		return err
	}
	id := issued["ClientKeyId"]
	content, err := json.Marshal(map[string]any{"KeyId": id, "PrivateKeyData": issued["PrivateKeyData"]})
	if err != nil {
		return err
	}
	if err := os.WriteFile(w.scenario.ClientKeyFile, content, 0o600); err != nil {
		return err
	}
	described, err := w.call("GetClientKey", Parameters{"ClientKeyId": id})
	if err != nil {
		return err
	}
	listed, err := w.call("ListClientKeys", Parameters{"AapName": name})
	return errors.Join(
		err,
		equal("access point", described["AapName"], name), isCertificate(described["PublicKeyData"]),
		contains("ListClientKeys", listed["ClientKeys"], "ClientKeyId", id),
	)
}

func (w *walker) readInstance() error {
	listed, err := w.call("ListKmsInstances", Parameters{})
	if err != nil {
		return err
	}
	instances, _ := field(listed, "KmsInstances", "KmsInstance").([]any)
	if len(instances) != 1 {
		return fmt.Errorf("there are %d instances", len(instances))
	}
	first, _ := instances[0].(map[string]any)
	described, err := w.call("GetKmsInstance", Parameters{"KmsInstanceId": first["KmsInstanceId"]})
	return errors.Join(
		err,
		equal("status", field(described, "KmsInstance", "Status"), "Connected"),
		isCertificate(field(described, "KmsInstance", "CaCertificateChainPem")),
	)
}

func (w *walker) do(action string, parameters Parameters) error {
	_, err := w.call(action, parameters)
	return err
}

func (w *walker) keyHas(name, wanted string) error {
	described, err := w.call("DescribeKey", Parameters{"KeyId": w.keyID})
	return errors.Join(err, equal(name, field(described, "KeyMetadata", name), wanted))
}

func (w *walker) keyGoesInDays() error {
	described, err := w.call("DescribeKey", Parameters{"KeyId": w.keyID})
	if err != nil {
		return err
	}
	text, _ := field(described, "KeyMetadata", "DeleteDate").(string)
	end, err := time.Parse(time.RFC3339, text)
	return errors.Join(err, equal("days until it goes", math.Round(time.Until(end).Hours()/24), float64(days)))
}

func contains(what string, list any, name string, wanted any) error {
	entries, _ := list.([]any)
	for _, entry := range entries {
		if object, ok := entry.(map[string]any); ok && object[name] == wanted {
			return nil
		}
	}
	return fmt.Errorf("%s does not have %v", what, wanted)
}

func isCertificate(value any) error {
	if text, ok := value.(string); ok && strings.Contains(text, "BEGIN CERTIFICATE") {
		return nil
	}
	return errors.New("the certificate is not PEM")
}
