package conformance;

import static conformance.Report.equal;
import static conformance.Report.isTrue;
import static conformance.Scenario.PAIR_SPECS;
import static conformance.Scenario.once;

import com.aliyun.dkms.gcs.sdk.Client;
import com.aliyun.dkms.gcs.sdk.models.AdvanceDecryptRequest;
import com.aliyun.dkms.gcs.sdk.models.AdvanceGenerateDataKeyPairRequest;
import com.aliyun.dkms.gcs.sdk.models.AdvanceGenerateDataKeyPairResponse;
import com.aliyun.dkms.gcs.sdk.models.AdvanceGenerateDataKeyPairWithoutPlaintextRequest;
import com.aliyun.dkms.gcs.sdk.models.AdvanceGenerateDataKeyPairWithoutPlaintextResponse;
import com.aliyun.dkms.gcs.sdk.models.DecryptRequest;
import com.aliyun.dkms.gcs.sdk.models.GenerateDataKeyPairRequest;
import com.aliyun.dkms.gcs.sdk.models.GenerateDataKeyPairResponse;
import com.aliyun.dkms.gcs.sdk.models.GenerateDataKeyPairWithoutPlaintextRequest;
import com.aliyun.dkms.gcs.sdk.models.GenerateDataKeyPairWithoutPlaintextResponse;
import com.aliyun.tea.TeaException;
import com.aliyun.tea.TeaUnretryableException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Data key pairs: the four calls, every pair spec, both formats. */
final class KeyPairChecks {
    private static final byte[] AAD = "key pair".getBytes(StandardCharsets.UTF_8);
    private static final long PATIENCE_MS = 180_000;
    private static final long PAUSE_MS = 100;

    /** The answer of any of the four calls: plaintext and version are null where a call has none. */
    private record Pair(String keyId, String spec, String algorithm, String requestId, byte[] iv, byte[] publicKey,
            byte[] plaintext, byte[] ciphertext, String versionId) {}

    private interface Call {
        Pair make(String spec, String format) throws Exception;
    }

    private record Api(String name, Call call) {}

    private final Report report;
    private final Client client;
    private final Scenario.Key key;

    KeyPairChecks(Scenario scenario, Report report) throws Exception {
        this.report = report;
        this.client = scenario.client("main");
        this.key = scenario.keys.symmetric;
    }

    void run() {
        List<Api> apis = List.of(
                new Api("GenerateDataKeyPair", this::plain),
                new Api("GenerateDataKeyPairWithoutPlaintext", this::plainWithoutPlaintext),
                new Api("AdvanceGenerateDataKeyPair", this::advance),
                new Api("AdvanceGenerateDataKeyPairWithoutPlaintext", this::advanceWithoutPlaintext));
        // Making an RSA pair is slow: formats alternate, so that each call and each spec meets both.
        for (int row = 0; row < apis.size(); row++) {
            Api api = apis.get(row);
            for (int column = 0; column < PAIR_SPECS.size(); column++) {
                String spec = PAIR_SPECS.get(column);
                String format = (row + column) % 2 == 0 ? "PEM" : "DER";
                report.check(api.name() + " " + spec + " " + format,
                        () -> checkPair(patiently(api.call(), spec, format), spec, format));
            }
        }
    }

    private void checkPair(Pair made, String spec, String format) throws Exception {
        equal("KeyId", made.keyId(), key.id);
        equal("KeyPairSpec", made.spec(), spec);
        equal("Algorithm", made.algorithm(), "AES_GCM");
        isTrue("there is a RequestId", !made.requestId().isEmpty());
        byte[] opened = open(made);
        if (made.plaintext() != null) {
            equal("PrivateKeyPlaintext", made.plaintext(), opened);
        }
        LocalCrypto publicKey = LocalCrypto.parse(made.publicKey(), format, spec);
        isTrue("the private key belongs to the public key", publicKey.matches(opened, format));
    }

    private byte[] open(Pair made) throws Exception {
        if (made.versionId() == null) {
            DecryptRequest request = new DecryptRequest()
                    .setKeyId(key.id).setCiphertextBlob(made.ciphertext()).setIv(made.iv()).setAad(AAD);
            return client.decryptWithOptions(request, once()).getPlaintext();
        }
        equal("KeyVersionId", made.versionId(), key.versionId);
        AdvanceDecryptRequest request =
                new AdvanceDecryptRequest().setCiphertextBlob(made.ciphertext()).setAad(AAD);
        return client.advanceDecryptWithOptions(request, once()).getPlaintext();
    }

    private Pair plain(String spec, String format) throws Exception {
        GenerateDataKeyPairResponse made = client.generateDataKeyPairWithOptions(
                new GenerateDataKeyPairRequest()
                        .setKeyId(key.alias).setKeyPairSpec(spec).setKeyFormat(format).setAad(AAD),
                once());
        return new Pair(made.getKeyId(), made.getKeyPairSpec(), made.getAlgorithm(), made.getRequestId(),
                made.getIv(), made.getPublicKey(), made.getPrivateKeyPlaintext(),
                made.getPrivateKeyCiphertextBlob(), null);
    }

    private Pair plainWithoutPlaintext(String spec, String format) throws Exception {
        GenerateDataKeyPairWithoutPlaintextResponse made = client.generateDataKeyPairWithoutPlaintextWithOptions(
                new GenerateDataKeyPairWithoutPlaintextRequest()
                        .setKeyId(key.alias).setKeyPairSpec(spec).setKeyFormat(format).setAad(AAD),
                once());
        return new Pair(made.getKeyId(), made.getKeyPairSpec(), made.getAlgorithm(), made.getRequestId(),
                made.getIv(), made.getPublicKey(), null, made.getPrivateKeyCiphertextBlob(), null);
    }

    private Pair advance(String spec, String format) throws Exception {
        AdvanceGenerateDataKeyPairResponse made = client.advanceGenerateDataKeyPairWithOptions(
                new AdvanceGenerateDataKeyPairRequest()
                        .setKeyId(key.alias).setKeyPairSpec(spec).setKeyFormat(format).setAad(AAD),
                once());
        return new Pair(made.getKeyId(), made.getKeyPairSpec(), made.getAlgorithm(), made.getRequestId(),
                made.getIv(), made.getPublicKey(), made.getPrivateKeyPlaintext(),
                made.getPrivateKeyCiphertextBlob(), made.getKeyVersionId());
    }

    private Pair advanceWithoutPlaintext(String spec, String format) throws Exception {
        AdvanceGenerateDataKeyPairWithoutPlaintextResponse made =
                client.advanceGenerateDataKeyPairWithoutPlaintextWithOptions(
                        new AdvanceGenerateDataKeyPairWithoutPlaintextRequest()
                                .setKeyId(key.alias).setKeyPairSpec(spec).setKeyFormat(format).setAad(AAD),
                        once());
        return new Pair(made.getKeyId(), made.getKeyPairSpec(), made.getAlgorithm(), made.getRequestId(),
                made.getIv(), made.getPublicKey(), null, made.getPrivateKeyCiphertextBlob(),
                made.getKeyVersionId());
    }

    /** Repeats a throttled call: an instance makes one pair at a time and refuses the rest. */
    private static Pair patiently(Call call, String spec, String format) throws Exception {
        long deadline = System.currentTimeMillis() + PATIENCE_MS;
        while (true) {
            try {
                return call.make(spec, format);
            } catch (TeaUnretryableException givenUp) {
                boolean throttled = givenUp.getCause() instanceof TeaException cause
                        && "Rejected.Throttling".equals(cause.getCode());
                if (!throttled || System.currentTimeMillis() > deadline) {
                    throw givenUp;
                }
                Thread.sleep(PAUSE_MS);
            }
        }
    }
}
