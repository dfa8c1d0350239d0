package admin;

import com.aliyuncs.IAcsClient;
import com.aliyuncs.kms.model.v20160120.AsymmetricSignRequest;
import com.aliyuncs.kms.model.v20160120.CreateKeyRequest;
import com.aliyuncs.kms.model.v20160120.DescribeKeyRequest;
import com.aliyuncs.kms.model.v20160120.GetParametersForImportRequest;
import com.aliyuncs.kms.model.v20160120.GetParametersForImportResponse;
import com.aliyuncs.kms.model.v20160120.ImportKeyMaterialRequest;
import com.aliyuncs.kms.model.v20160120.ListKeyVersionsRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * Brings key pairs that are made here to an instance, the way the product's documentation does it with
 * aliyun-java-sdk-kms and Bouncy Castle, and lets each key sign once.
 *
 * <p>Usage: {@code admin.ImportKeys <scenario.json>}; test/sdk/run.ts writes one. Prints like {@link Administer}.
 */
public final class ImportKeys {
    private static final byte[] MESSAGE = "pay 100 to Alice".getBytes(StandardCharsets.UTF_8);
    private static final String RSA_WRAPPING = "RSAES_OAEP_SHA_256_AES_256_ECB_PKCS7_PAD";

    /** A key spec, how it is wrapped, and what it signs with. */
    private record Kind(String spec, String wrappingKeySpec, String wrappingAlgorithm, String signature) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("EC_SM2", "EC_SM2", "SM2PKE_SM4_ECB", "SM2DSA"),
            new Kind("EC_P256", "RSA_2048", RSA_WRAPPING, "ECDSA_SHA_256"),
            new Kind("EC_P256K", "RSA_2048", RSA_WRAPPING, "ECDSA_SHA_256"),
            new Kind("RSA_2048", "RSA_2048", RSA_WRAPPING, "RSA_PKCS1_SHA_256"));

    private final IAcsClient client;

    private ImportKeys(IAcsClient client) {
        this.client = client;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            System.err.println("usage: admin.ImportKeys <scenario.json>");
            System.exit(2);
        }
        Scenario scenario = Scenario.read(Path.of(arguments[0]));
        ImportKeys importKeys = new ImportKeys(scenario.client(scenario.accessKey));
        Report report = new Report();
        for (Kind kind : KINDS) {
            report.check("a key pair of " + kind.spec() + " is imported and signs", () -> importKeys.run(kind));
        }
        System.exit(report.finish());
    }

    private void run(Kind kind) throws Exception {
        String keyId = createKey(kind.spec());
        GetParametersForImportResponse parameters = parameters(keyId, kind);
        Source source = Source.generate(kind.spec());
        byte[] wrapped = source.wrap(Base64.getDecoder().decode(parameters.getPublicKey()));
        client.getAcsResponse(newImportKeyMaterialRequest(keyId, wrapped, parameters.getImportToken()));
        Report.equal("state", state(keyId), "Enabled");
        byte[] signature = sign(keyId, kind.signature(), source.digest(MESSAGE));
        Report.isTrue("the source verifies the signature", source.verifies(MESSAGE, signature));
    }

    private String createKey(String spec) throws Exception {
        CreateKeyRequest request = new CreateKeyRequest();
        request.setKeySpec(spec);
        request.setKeyUsage("SIGN/VERIFY");
        request.setOrigin("EXTERNAL");
        String keyId = client.getAcsResponse(request).getKeyMetadata().getKeyId();
        Report.equal("state", state(keyId), "PendingImport");
        return keyId;
    }

    private String state(String keyId) throws Exception {
        DescribeKeyRequest request = new DescribeKeyRequest();
        request.setKeyId(keyId);
        return client.getAcsResponse(request).getKeyMetadata().getKeyState();
    }

    private GetParametersForImportResponse parameters(String keyId, Kind kind) throws Exception {
        GetParametersForImportRequest request = new GetParametersForImportRequest();
        request.setKeyId(keyId);
        request.setWrappingKeySpec(kind.wrappingKeySpec());
        request.setWrappingAlgorithm(kind.wrappingAlgorithm());
        return client.getAcsResponse(request);
    }

    private static ImportKeyMaterialRequest newImportKeyMaterialRequest(
            String keyId, byte[] wrapped, String importToken) {
        ImportKeyMaterialRequest request = new ImportKeyMaterialRequest();
        request.setKeyId(keyId);
        request.setEncryptedKeyMaterial(Base64.getEncoder().encodeToString(wrapped));
        request.setImportToken(importToken);
        request.setKeyMaterialExpireUnix(0L);
        return request;
    }

    private byte[] sign(String keyId, String algorithm, byte[] digest) throws Exception {
        ListKeyVersionsRequest versions = new ListKeyVersionsRequest();
        versions.setKeyId(keyId);
        AsymmetricSignRequest request = new AsymmetricSignRequest();
        request.setKeyId(keyId);
        request.setKeyVersionId(client.getAcsResponse(versions).getKeyVersions().get(0).getKeyVersionId());
        request.setAlgorithm(algorithm);
        request.setDigest(Base64.getEncoder().encodeToString(digest));
        return Base64.getDecoder().decode(client.getAcsResponse(request).getValue());
    }
}
