package admin;

import com.aliyuncs.IAcsClient;
import com.aliyuncs.kms.model.v20160120.CreateApplicationAccessPointRequest;
import com.aliyuncs.kms.model.v20160120.CreateClientKeyRequest;
import com.aliyuncs.kms.model.v20160120.CreateClientKeyResponse;
import com.aliyuncs.kms.model.v20160120.CreateNetworkRuleRequest;
import com.aliyuncs.kms.model.v20160120.CreatePolicyRequest;
import com.aliyuncs.kms.model.v20160120.DescribeApplicationAccessPointRequest;
import com.aliyuncs.kms.model.v20160120.DescribeNetworkRuleRequest;
import com.aliyuncs.kms.model.v20160120.DescribePolicyRequest;
import com.aliyuncs.kms.model.v20160120.DescribePolicyResponse;
import com.aliyuncs.kms.model.v20160120.GetClientKeyRequest;
import com.aliyuncs.kms.model.v20160120.GetClientKeyResponse;
import com.aliyuncs.kms.model.v20160120.GetKmsInstanceRequest;
import com.aliyuncs.kms.model.v20160120.GetKmsInstanceResponse.KmsInstance;
import com.aliyuncs.kms.model.v20160120.ListClientKeysRequest;
import com.aliyuncs.kms.model.v20160120.ListKmsInstancesRequest;
import com.google.gson.Gson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** An access point with its Client Key, and the instance. */
final class AccessSteps {
    private static final String ROLE = "RbacPermission/Template/CryptoServiceKeyUser";
    private static final String ADDRESSES = "[\"127.0.0.0/8\",\"10.1.2.3\"]";

    private final IAcsClient client;
    private final Scenario scenario;
    private final String name;

    AccessSteps(IAcsClient client, Scenario scenario) {
        this.client = client;
        this.scenario = scenario;
        this.name = scenario.name;
    }

    void run(Report report) {
        report.check("a network rule, a policy and an access point are created and read back", () -> {
            networkRule();
            policy();
            accessPoint();
        });
        report.check(
                "CreateClientKey issues a Client Key that GetClientKey and ListClientKeys show", this::clientKey);
        report.check("ListKmsInstances and GetKmsInstance show the instance and its CA", this::instance);
    }

    private void networkRule() throws Exception {
        CreateNetworkRuleRequest create = new CreateNetworkRuleRequest();
        create.setName(name);
        create.setType("Private");
        create.setSourcePrivateIp(ADDRESSES);
        client.getAcsResponse(create);
        DescribeNetworkRuleRequest describe = new DescribeNetworkRuleRequest();
        describe.setName(name);
        Report.equal("addresses", client.getAcsResponse(describe).getSourcePrivateIp(), ADDRESSES);
    }

    private void policy() throws Exception {
        String rules = "{\"NetworkRules\": [\"" + name + "\"]}";
        CreatePolicyRequest create = new CreatePolicyRequest();
        create.setName(name);
        create.setPermissions("[\"" + ROLE + "\"]");
        create.setResources("[\"key/*\"]");
        create.setAccessControlRules(rules);
        client.getAcsResponse(create);
        DescribePolicyRequest describe = new DescribePolicyRequest();
        describe.setName(name);
        DescribePolicyResponse policy = client.getAcsResponse(describe);
        Report.equal("permissions", policy.getPermissions(), List.of(ROLE));
        Report.equal("resources", policy.getResources(), List.of("key/*"));
        Report.equal("rules", policy.getAccessControlRules(), rules);
    }

    private void accessPoint() throws Exception {
        String policies = "[\"" + name + "\"]";
        CreateApplicationAccessPointRequest create = new CreateApplicationAccessPointRequest();
        create.setName(name);
        create.setAuthenticationMethod("ClientKey");
        create.setPolicies(policies);
        client.getAcsResponse(create);
        DescribeApplicationAccessPointRequest describe = new DescribeApplicationAccessPointRequest();
        describe.setName(name);
        Report.equal("policies", client.getAcsResponse(describe).getPolicies(), policies);
    }

    private void clientKey() throws Exception {
        CreateClientKeyRequest create = new CreateClientKeyRequest();
        create.setAapName(name);
        create.setPassword(Files.readString(Path.of(scenario.passwordFile)).trim());
        CreateClientKeyResponse issued = client.getAcsResponse(create);
        String id = issued.getClientKeyId();
        Path file = Path.of(scenario.clientKeyFile);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                file, new Gson().toJson(Map.of("KeyId", id, "PrivateKeyData", issued.getPrivateKeyData())));
        GetClientKeyRequest get = new GetClientKeyRequest();
        get.setClientKeyId(id);
        GetClientKeyResponse described = client.getAcsResponse(get);
        Report.equal("access point", described.getAapName(), name);
        Report.isTrue("the certificate is PEM", described.getPublicKeyData().contains("BEGIN CERTIFICATE"));
        ListClientKeysRequest list = new ListClientKeysRequest();
        list.setAapName(name);
        Report.equal("Client Key", client.getAcsResponse(list).getClientKeys().get(0).getClientKeyId(), id);
    }

    private void instance() throws Exception {
        String id = client.getAcsResponse(new ListKmsInstancesRequest()).getKmsInstances().get(0).getKmsInstanceId();
        GetKmsInstanceRequest get = new GetKmsInstanceRequest();
        get.setKmsInstanceId(id);
        KmsInstance instance = client.getAcsResponse(get).getKmsInstance();
        Report.equal("status", instance.getStatus(), "Connected");
        Report.isTrue("the CA is PEM", instance.getCaCertificateChainPem().contains("BEGIN CERTIFICATE"));
    }
}
