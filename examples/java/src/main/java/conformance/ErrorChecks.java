package conformance;

import static conformance.Report.equal;
import static conformance.Report.givenUp;
import static conformance.Report.isTrue;
import static conformance.Report.refused;
import static conformance.Scenario.once;

import com.aliyun.dkms.gcs.sdk.Client;
import com.aliyun.dkms.gcs.sdk.models.AdvanceDecryptRequest;
import com.aliyun.dkms.gcs.sdk.models.AdvanceEncryptRequest;
import com.aliyun.dkms.gcs.sdk.models.AdvanceGenerateDataKeyRequest;
import com.aliyun.dkms.gcs.sdk.models.DecryptRequest;
import com.aliyun.dkms.gcs.sdk.models.EncryptRequest;
import com.aliyun.dkms.gcs.sdk.models.EncryptResponse;
import com.aliyun.dkms.gcs.sdk.models.GenerateDataKeyPairRequest;
import com.aliyun.dkms.gcs.sdk.models.GenerateDataKeyRequest;
import com.aliyun.dkms.gcs.sdk.models.GenerateRandomRequest;
import com.aliyun.dkms.gcs.sdk.models.GetPublicKeyRequest;
import com.aliyun.dkms.gcs.sdk.models.SignRequest;
import com.aliyun.tea.TeaUnretryableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;

/** What must be refused, with the error that this SDK shows: exception type, code and HTTP status. */
final class ErrorChecks {
    private static final byte[] PLAINTEXT = "attack at dawn".getBytes(StandardCharsets.UTF_8);
    private static final byte[] AAD = "aad".getBytes(StandardCharsets.UTF_8);
    private static final String SYMMETRIC_ONLY = "Forbidden.OnlySymmetricKeySupported";
    private static final int BURST = 60;

    private final Scenario scenario;
    private final Report report;
    private final Client client;

    ErrorChecks(Scenario scenario, Report report) throws Exception {
        this.scenario = scenario;
        this.report = report;
        this.client = scenario.client("main");
    }

    void run() {
        brokenCiphertexts();
        access();
        keyStates();
        usages();
        report.check("Error throttling", this::throttling);
        report.check("Error a server certificate of another CA", this::foreignCa);
    }

    private void brokenCiphertexts() {
        breaks("tampered AES_GCM ciphertext", request -> request.setCiphertextBlob(flip(request.getCiphertextBlob())));
        breaks("truncated AES_GCM ciphertext",
                request -> request.setCiphertextBlob(Arrays.copyOf(request.getCiphertextBlob(), 15)));
        breaks("wrong Aad", request -> request.setAad("bad".getBytes(StandardCharsets.UTF_8)));
        breaks("missing Aad", request -> request.setAad(null));
        breaks("wrong Iv", request -> request.setIv(flip(request.getIv())));
        report.check("Error tampered AdvanceEncrypt ciphertext", () -> {
            byte[] blob = client.advanceEncryptWithOptions(
                            new AdvanceEncryptRequest().setKeyId(scenario.keys.symmetric.id).setPlaintext(PLAINTEXT),
                            once())
                    .getCiphertextBlob();
            AdvanceDecryptRequest request = new AdvanceDecryptRequest().setCiphertextBlob(flip(blob));
            refused("InvalidParameter", 400, () -> client.advanceDecryptWithOptions(request, once()));
        });
        for (String spec : List.of("RSA_2048", "EC_P256", "EC_P256K")) {
            String keyId = scenario.keys.encryption.get(spec).id;
            report.check("Error tampered " + spec + " ciphertext", () -> {
                byte[] blob = client.encryptWithOptions(text(keyId), once()).getCiphertextBlob();
                DecryptRequest request = new DecryptRequest().setKeyId(keyId).setCiphertextBlob(flip(blob));
                refused("InvalidParameter", 400, () -> client.decryptWithOptions(request, once()));
            });
        }
    }

    private void breaks(String name, UnaryOperator<DecryptRequest> change) {
        report.check("Error " + name, () -> {
            String keyId = scenario.keys.symmetric.id;
            EncryptResponse encrypted = client.encryptWithOptions(text(keyId).setAad(AAD), once());
            DecryptRequest request = change.apply(new DecryptRequest()
                    .setKeyId(keyId)
                    .setCiphertextBlob(encrypted.getCiphertextBlob())
                    .setIv(encrypted.getIv())
                    .setAad(AAD));
            refused("InvalidParameter", 400, () -> client.decryptWithOptions(request, once()));
        });
    }

    private static byte[] flip(byte[] data) {
        byte[] flipped = data.clone();
        flipped[flipped.length - 1] ^= 1;
        return flipped;
    }

    private static EncryptRequest text(String keyId) {
        return new EncryptRequest().setKeyId(keyId).setPlaintext(PLAINTEXT);
    }

    private void access() {
        Scenario.Key allowed = scenario.keys.symmetric;
        Scenario.Key denied = scenario.keys.denied;
        report.check("The narrow policy allows its key", () -> equal("KeyId",
                scenario.client("narrow").encryptWithOptions(text(allowed.id), once()).getKeyId(), allowed.id));
        refuses("denied key", "Forbidden.NoPermission", 403, "narrow", denied.id);
        refuses("denied key by alias", "Forbidden.NoPermission", 403, "narrow", denied.alias);
        refuses("denied address", "Forbidden.NoPermission", 403, "elsewhere", allowed.id);
        refuses("expired Client Key", "Unauthorized", 404, "expired", allowed.id);
        refuses("deleted Client Key", "Unauthorized", 404, "deleted", allowed.id);
    }

    private void keyStates() {
        refuses("disabled key", "Rejected.Disabled", 409, "main", scenario.keys.disabled.id);
        refuses("unknown key", "Forbidden.KeyNotFound", 404, "main", "key-hzz000000000000000000");
        refuses("unknown alias", "Forbidden.KeyNotFound", 404, "main", "alias/no-such-key");
        String signer = scenario.keys.signing.get("EC_P256").id;
        refuses("Encrypt with a signing key", "UnsupportedOperation", 400, "main", signer);
    }

    private void refuses(String name, String code, int status, String clientKey, String keyId) {
        report.check("Error " + name, () -> {
            Client caller = scenario.client(clientKey);
            refused(code, status, () -> caller.encryptWithOptions(text(keyId), once()));
        });
    }

    private void usages() {
        String aes = scenario.keys.symmetric.id;
        String rsa = scenario.keys.encryption.get("RSA_2048").id;
        unsupported("Sign with an AES key",
                () -> client.signWithOptions(new SignRequest().setKeyId(aes).setMessage(PLAINTEXT), once()));
        unsupported("Sign with an encryption key",
                () -> client.signWithOptions(new SignRequest().setKeyId(rsa).setMessage(PLAINTEXT), once()));
        unsupported("GetPublicKey of an AES key",
                () -> client.getPublicKeyWithOptions(new GetPublicKeyRequest().setKeyId(aes), once()));
        unsupported("GenerateDataKey with an RSA key", () -> client.generateDataKeyWithOptions(
                new GenerateDataKeyRequest().setKeyId(rsa).setNumberOfBytes(32), once()));
        symmetricOnly("AdvanceEncrypt", () -> client.advanceEncryptWithOptions(
                new AdvanceEncryptRequest().setKeyId(rsa).setPlaintext(PLAINTEXT), once()));
        symmetricOnly("AdvanceGenerateDataKey", () -> client.advanceGenerateDataKeyWithOptions(
                new AdvanceGenerateDataKeyRequest().setKeyId(rsa).setNumberOfBytes(32), once()));
        symmetricOnly("GenerateDataKeyPair", () -> client.generateDataKeyPairWithOptions(
                new GenerateDataKeyPairRequest().setKeyId(rsa).setKeyPairSpec("EC_P256").setKeyFormat("PEM"), once()));
    }

    private void unsupported(String name, Report.Body call) {
        report.check("Error " + name, () -> refused("UnsupportedOperation", 400, call));
    }

    private void symmetricOnly(String api, Report.Body call) {
        report.check("Error " + api + " with an RSA key", () -> refused(SYMMETRIC_ONLY, 404, call));
    }

    /** Calls until the small limit of the throttled instance is reached. */
    private void throttling() throws Exception {
        Client throttled = scenario.throttledClient();
        givenUp("Rejected.Throttling", 429, () -> {
            for (int call = 0; call < BURST; call++) {
                throttled.encryptWithOptions(text(scenario.throttled.keyId), once());
            }
        });
    }

    private void foreignCa() throws Exception {
        Client foreign = scenario.clientWithForeignCa();
        try {
            foreign.generateRandomWithOptions(new GenerateRandomRequest().setLength(1), once());
        } catch (TeaUnretryableException givenUp) {
            Throwable root = givenUp;
            while (root.getCause() != null && !(root instanceof SSLException)) {
                root = root.getCause();
            }
            isTrue("the certificate was refused: " + root, root instanceof SSLException);
            return;
        }
        throw new AssertionError("the connection was made");
    }
}
