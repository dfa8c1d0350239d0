package conformance;

import static conformance.Report.equal;
import static conformance.Report.isTrue;
import static conformance.Report.refused;
import static conformance.Scenario.VERSION_HEADER;
import static conformance.Scenario.once;

import com.aliyun.dkms.gcs.sdk.Client;
import com.aliyun.dkms.gcs.sdk.models.AdvanceDecryptRequest;
import com.aliyun.dkms.gcs.sdk.models.AdvanceDecryptResponse;
import com.aliyun.dkms.gcs.sdk.models.AdvanceEncryptRequest;
import com.aliyun.dkms.gcs.sdk.models.AdvanceEncryptResponse;
import com.aliyun.dkms.gcs.sdk.models.AdvanceGenerateDataKeyRequest;
import com.aliyun.dkms.gcs.sdk.models.AdvanceGenerateDataKeyResponse;
import com.aliyun.dkms.gcs.sdk.models.DecryptRequest;
import com.aliyun.dkms.gcs.sdk.models.DecryptResponse;
import com.aliyun.dkms.gcs.sdk.models.EncryptRequest;
import com.aliyun.dkms.gcs.sdk.models.EncryptResponse;
import com.aliyun.dkms.gcs.sdk.models.GenerateDataKeyRequest;
import com.aliyun.dkms.gcs.sdk.models.GenerateDataKeyResponse;
import com.aliyun.dkms.gcs.sdk.models.GenerateRandomRequest;
import com.aliyun.dkms.gcs.sdk.models.GenerateRandomResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;

/** AES keys: Encrypt, Decrypt, the Advance calls, data keys; SM4 keys by the algorithm's name; and GenerateRandom. */
final class SymmetricChecks {
    private static final byte[] PLAINTEXT = "attack at dawn, 黎明进攻".getBytes(StandardCharsets.UTF_8);
    private static final byte[] AAD = "tenant=7&purpose=conformance".getBytes(StandardCharsets.UTF_8);

    /** What a call asks for; null: not sent. */
    private record Gcm(String algorithm, byte[] aad, byte[] iv) {}

    private final Scenario scenario;
    private final Report report;
    private final Client client;
    private final Scenario.Key key;

    SymmetricChecks(Scenario scenario, Report report) throws Exception {
        this.scenario = scenario;
        this.report = report;
        this.client = scenario.client("main");
        this.key = scenario.keys.symmetric;
    }

    void run() {
        byte[] iv = new byte[12];
        new SecureRandom().nextBytes(iv);
        report.check("Encrypt AES_GCM and Decrypt", () -> encrypt(client, key, key.id, new Gcm(null, null, null)));
        report.check("Encrypt AES_GCM with Aad", () -> encrypt(client, key, key.id, new Gcm(null, AAD, null)));
        report.check("Encrypt AES_GCM with the caller's Iv", () -> encrypt(client, key, key.id, new Gcm(null, null, iv)));
        Scenario.Key sm4 = scenario.keys.sm4;
        report.check("Encrypt SM4_GCM and Decrypt", () -> encrypt(client, sm4, sm4.id, new Gcm("SM4_GCM", null, null)));
        report.check("Encrypt SM4_GCM with Aad and the caller's Iv",
                () -> encrypt(client, sm4, sm4.id, new Gcm("SM4_GCM", AAD, iv)));
        report.check("Encrypt Aliyun_SM4 default algorithm", () -> {
            EncryptRequest request = new EncryptRequest().setKeyId(sm4.id).setPlaintext(PLAINTEXT);
            equal("Algorithm", client.encryptWithOptions(request, once()).getAlgorithm(), "SM4_GCM");
        });
        report.check("GenerateDataKey SM4_GCM", () -> dataKey(sm4, 16, "SM4_GCM"));
        report.check("Encrypt with an alias answers the key id", () -> encrypt(client, key, key.alias, new Gcm(null, null, null)));
        report.check("Client Key given as text", () -> encrypt(scenario.clientFromContent(), key, key.id, new Gcm(null, null, null)));
        report.check("Decrypt finds the key by the version header", this::decryptByVersion);
        report.check("AdvanceEncrypt and AdvanceDecrypt", () -> advance(key.id, null));
        report.check("AdvanceEncrypt with Aad", () -> advance(key.id, AAD));
        report.check("AdvanceEncrypt with an alias answers the key id", () -> advance(key.alias, null));
        report.check("AdvanceDecrypt opens what Encrypt made", this::advanceOpensPlain);
        for (Integer size : Arrays.asList(null, 16, 32, 64)) {
            String name = size == null ? "default size" : size + " bytes";
            report.check("GenerateDataKey " + name, () -> dataKey(key, size, null));
            report.check("AdvanceGenerateDataKey " + name, () -> advanceDataKey(size));
        }
        for (int length : new int[] {1, 32, 64}) {
            report.check("GenerateRandom " + length + " bytes", () -> {
                GenerateRandomResponse answer =
                        client.generateRandomWithOptions(new GenerateRandomRequest().setLength(length), once());
                equal("length", answer.getRandom().length, length);
                isTrue("there is a RequestId", !answer.getRequestId().isEmpty());
            });
        }
        for (int length : new int[] {0, 65}) {
            GenerateRandomRequest request = new GenerateRandomRequest().setLength(length);
            report.check("GenerateRandom refuses " + length + " bytes", () -> refused(
                    "InvalidParameter", 400, () -> client.generateRandomWithOptions(request, once())));
        }
    }

    private static String effective(String asked) {
        return asked == null ? "AES_GCM" : asked;
    }

    private void encrypt(Client client, Scenario.Key key, String name, Gcm asked) throws Exception {
        EncryptResponse encrypted = client.encryptWithOptions(
                new EncryptRequest()
                        .setKeyId(name)
                        .setPlaintext(PLAINTEXT)
                        .setAlgorithm(asked.algorithm())
                        .setAad(asked.aad())
                        .setIv(asked.iv()),
                once());
        equal("KeyId", encrypted.getKeyId(), key.id);
        equal("Algorithm", encrypted.getAlgorithm(), effective(asked.algorithm()));
        equal("PaddingMode", encrypted.getPaddingMode(), "");
        equal("length of the ciphertext", encrypted.getCiphertextBlob().length, PLAINTEXT.length + 16);
        equal("length of Iv", encrypted.getIv().length, 12);
        if (asked.iv() != null) {
            equal("Iv", encrypted.getIv(), asked.iv());
        }
        equal("version header of Encrypt", encrypted.getResponseHeaders().get(VERSION_HEADER), key.versionId);
        isTrue("there is a RequestId", !encrypted.getRequestId().isEmpty());

        DecryptResponse decrypted = client.decryptWithOptions(
                new DecryptRequest()
                        .setKeyId(name)
                        .setCiphertextBlob(encrypted.getCiphertextBlob())
                        .setIv(encrypted.getIv())
                        .setAlgorithm(encrypted.getAlgorithm())
                        .setPaddingMode(encrypted.getPaddingMode())
                        .setAad(asked.aad()),
                once());
        equal("Plaintext", decrypted.getPlaintext(), PLAINTEXT);
        equal("KeyId of Decrypt", decrypted.getKeyId(), key.id);
        equal("Algorithm of Decrypt", decrypted.getAlgorithm(), effective(asked.algorithm()));
        equal("version header of Decrypt", decrypted.getResponseHeaders().get(VERSION_HEADER), key.versionId);
    }

    private void decryptByVersion() throws Exception {
        EncryptResponse encrypted = client.encryptWithOptions(
                new EncryptRequest().setKeyId(key.id).setPlaintext(PLAINTEXT), once());
        String version = encrypted.getResponseHeaders().get(VERSION_HEADER);
        DecryptResponse decrypted = client.decryptWithOptions(
                new DecryptRequest()
                        .setCiphertextBlob(encrypted.getCiphertextBlob())
                        .setIv(encrypted.getIv())
                        .setRequestHeaders(Map.of(VERSION_HEADER, version)),
                once());
        equal("Plaintext", decrypted.getPlaintext(), PLAINTEXT);
        equal("KeyId", decrypted.getKeyId(), key.id);
    }

    private void advance(String name, byte[] aad) throws Exception {
        AdvanceEncryptResponse encrypted = client.advanceEncryptWithOptions(
                new AdvanceEncryptRequest().setKeyId(name).setPlaintext(PLAINTEXT).setAad(aad), once());
        equal("KeyId", encrypted.getKeyId(), key.id);
        equal("Algorithm", encrypted.getAlgorithm(), "AES_GCM");
        equal("KeyVersionId", encrypted.getKeyVersionId(), key.versionId);
        advanceBlob(encrypted.getCiphertextBlob(), encrypted.getIv(), PLAINTEXT.length);
        AdvanceDecryptResponse decrypted = client.advanceDecryptWithOptions(
                new AdvanceDecryptRequest().setCiphertextBlob(encrypted.getCiphertextBlob()).setAad(aad), once());
        equal("Plaintext", decrypted.getPlaintext(), PLAINTEXT);
        equal("KeyId of AdvanceDecrypt", decrypted.getKeyId(), key.id);
        equal("KeyVersionId of AdvanceDecrypt", decrypted.getKeyVersionId(), key.versionId);
        equal("Algorithm of AdvanceDecrypt", decrypted.getAlgorithm(), "AES_GCM");
    }

    private void advanceBlob(byte[] blob, byte[] iv, int plaintextLength) {
        equal("length of the blob", blob.length, 51 + plaintextLength + 16);
        equal("head of the blob", Arrays.copyOf(blob, 3), new byte[] {0x24, 0x00, 0x02});
        equal("version in the blob", new String(blob, 3, 36, StandardCharsets.US_ASCII), key.versionId);
        equal("Iv in the blob", Arrays.copyOfRange(blob, 39, 51), iv);
    }

    private void advanceOpensPlain() throws Exception {
        EncryptResponse encrypted = client.encryptWithOptions(
                new EncryptRequest().setKeyId(key.id).setPlaintext(PLAINTEXT).setAad(AAD), once());
        AdvanceDecryptResponse decrypted = client.advanceDecryptWithOptions(
                new AdvanceDecryptRequest()
                        .setKeyId(key.id)
                        .setCiphertextBlob(encrypted.getCiphertextBlob())
                        .setIv(encrypted.getIv())
                        .setAlgorithm(encrypted.getAlgorithm())
                        .setAad(AAD),
                once());
        equal("Plaintext", decrypted.getPlaintext(), PLAINTEXT);
        equal("KeyVersionId", decrypted.getKeyVersionId(), key.versionId);
    }

    private void dataKey(Scenario.Key key, Integer size, String asked) throws Exception {
        GenerateDataKeyResponse made = client.generateDataKeyWithOptions(
                new GenerateDataKeyRequest()
                        .setKeyId(key.alias)
                        .setAlgorithm(asked)
                        .setNumberOfBytes(size)
                        .setAad(AAD),
                once());
        equal("KeyId", made.getKeyId(), key.id);
        equal("Algorithm", made.getAlgorithm(), effective(asked));
        equal("length of the data key", made.getPlaintext().length, size == null ? 32 : size);
        equal("version header", made.getResponseHeaders().get(VERSION_HEADER), key.versionId);
        DecryptResponse opened = client.decryptWithOptions(
                new DecryptRequest()
                        .setKeyId(key.id)
                        .setCiphertextBlob(made.getCiphertextBlob())
                        .setIv(made.getIv())
                        .setAlgorithm(made.getAlgorithm())
                        .setAad(AAD),
                once());
        equal("Plaintext", opened.getPlaintext(), made.getPlaintext());
    }

    private void advanceDataKey(Integer size) throws Exception {
        AdvanceGenerateDataKeyResponse made = client.advanceGenerateDataKeyWithOptions(
                new AdvanceGenerateDataKeyRequest().setKeyId(key.alias).setNumberOfBytes(size).setAad(AAD), once());
        int length = size == null ? 32 : size;
        equal("KeyId", made.getKeyId(), key.id);
        equal("Algorithm", made.getAlgorithm(), "AES_GCM");
        equal("length of the data key", made.getPlaintext().length, length);
        equal("KeyVersionId", made.getKeyVersionId(), key.versionId);
        advanceBlob(made.getCiphertextBlob(), made.getIv(), length);
        AdvanceDecryptResponse opened = client.advanceDecryptWithOptions(
                new AdvanceDecryptRequest().setCiphertextBlob(made.getCiphertextBlob()).setAad(AAD), once());
        equal("Plaintext", opened.getPlaintext(), made.getPlaintext());
    }
}
