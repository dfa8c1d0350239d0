package admin;

import com.aliyuncs.IAcsClient;
import com.aliyuncs.kms.model.v20160120.CancelKeyDeletionRequest;
import com.aliyuncs.kms.model.v20160120.DescribeKeyRequest;
import com.aliyuncs.kms.model.v20160120.ListKeysRequest;
import java.nio.file.Path;

/**
 * Administers an instance with aliyun-java-sdk-kms: signature V1, parameters in the query.
 *
 * <p>Usage: {@code admin.Administer <scenario.json>}; test/sdk/run.ts writes one. Each check prints {@code ok <name>} or
 * {@code FAIL <name>: why}; the last line counts them; the exit code is 1 when a check failed. The SDK sets the time and
 * the nonce of a request itself, so an old time and a used nonce are not among the checks.
 */
public final class Administer {
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            System.err.println("usage: admin.Administer <scenario.json>");
            System.exit(2);
        }
        Scenario scenario = Scenario.read(Path.of(arguments[0]));
        IAcsClient client = scenario.client(scenario.accessKey);
        Report report = new Report();
        KeySteps keys = new KeySteps(client, scenario.name);
        keys.run(report);
        new AccessSteps(client, scenario).run(report);
        errors(report, scenario, keys.keyId());
        System.exit(report.finish());
    }

    private static void errors(Report report, Scenario scenario, String keyId) throws Exception {
        IAcsClient client = scenario.client(scenario.accessKey);
        DescribeKeyRequest describe = new DescribeKeyRequest();
        describe.setKeyId(keyId);

        report.check("a wrong secret is refused", () -> {
            String secret = scenario.accessKey.secret.substring(1) + "x";
            IAcsClient wrong = scenario.client(new Scenario.AccessKey(scenario.accessKey.id, secret));
            Report.refused("SDK.InvalidAccessKeySecret", () -> wrong.getAcsResponse(new ListKeysRequest()));
        });
        report.check("a RAM user without permission is refused with Forbidden.NoPermission", () -> {
            IAcsClient denied = scenario.client(scenario.denied);
            Report.refused("Forbidden.NoPermission", () -> denied.getAcsResponse(describe));
        });
        report.check("an unknown key is refused with Forbidden.KeyNotFound", () -> {
            DescribeKeyRequest unknown = new DescribeKeyRequest();
            unknown.setKeyId("key-of-nobody");
            Report.refused("Forbidden.KeyNotFound", () -> client.getAcsResponse(unknown));
        });
        report.check("an illegal transition is refused with Rejected.StateModifiedFailed", () -> {
            CancelKeyDeletionRequest cancel = new CancelKeyDeletionRequest();
            cancel.setKeyId(keyId);
            Report.refused("Rejected.StateModifiedFailed", () -> client.getAcsResponse(cancel));
        });
    }
}
