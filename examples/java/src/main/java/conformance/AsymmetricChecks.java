package conformance;

import static conformance.Report.equal;
import static conformance.Report.isTrue;
import static conformance.Report.refused;
import static conformance.Scenario.ASYMMETRIC_SPECS;
import static conformance.Scenario.VERSION_HEADER;
import static conformance.Scenario.once;

import com.aliyun.dkms.gcs.sdk.Client;
import com.aliyun.dkms.gcs.sdk.models.DecryptRequest;
import com.aliyun.dkms.gcs.sdk.models.DecryptResponse;
import com.aliyun.dkms.gcs.sdk.models.EncryptRequest;
import com.aliyun.dkms.gcs.sdk.models.EncryptResponse;
import com.aliyun.dkms.gcs.sdk.models.GetPublicKeyRequest;
import com.aliyun.dkms.gcs.sdk.models.GetPublicKeyResponse;
import com.aliyun.dkms.gcs.sdk.models.SignRequest;
import com.aliyun.dkms.gcs.sdk.models.SignResponse;
import com.aliyun.dkms.gcs.sdk.models.VerifyRequest;
import com.aliyun.dkms.gcs.sdk.models.VerifyResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** RSA, EC and SM2 keys: GetPublicKey, Encrypt, Decrypt, Sign, Verify; each checked against LocalCrypto. */
final class AsymmetricChecks {
    static final byte[] MESSAGE = "pay 100 to Alice, 付款".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, Integer> LONGEST_OAEP =
            Map.of("RSA_2048", 190, "RSA_3072", 318, "RSA_4096", 446);

    /** What a Sign call asks for (null: not sent) or what it effectively does. */
    record Signing(String algorithm, String messageType) {}

    private final Scenario scenario;
    private final Report report;
    private final Client client;

    AsymmetricChecks(Scenario scenario, Report report) throws Exception {
        this.scenario = scenario;
        this.report = report;
        this.client = scenario.client("main");
    }

    void run() {
        for (String spec : ASYMMETRIC_SPECS) {
            encryption(spec, scenario.keys.encryption.get(spec));
        }
        for (String spec : ASYMMETRIC_SPECS) {
            signing(spec, scenario.keys.signing.get(spec));
        }
    }

    private void encryption(String spec, Scenario.Key key) {
        String name = encryptionOf(spec);
        report.check("GetPublicKey " + spec + " ENCRYPT/DECRYPT", () -> publicKey(key, spec));
        report.check("Encrypt " + spec + " " + name + " and Decrypt", () -> encrypt(key, name, name));
        report.check("Encrypt " + spec + " default algorithm", () -> encrypt(key, null, name));
        report.check("Decrypt " + spec + " of a text encrypted here",
                () -> decrypt(key, publicKey(key, spec).encrypt(MESSAGE), name));
        if (LONGEST_OAEP.containsKey(spec)) {
            report.check("Encrypt " + spec + " takes the longest plaintext only",
                    () -> longest(key, LONGEST_OAEP.get(spec)));
        }
    }

    private void signing(String spec, Scenario.Key key) {
        List<String> names = signaturesOf(spec);
        report.check("GetPublicKey " + spec + " SIGN/VERIFY", () -> publicKey(key, spec));
        for (String name : names) {
            for (String kind : List.of("RAW", "DIGEST")) {
                Signing asked = new Signing(name, kind);
                report.check("Sign " + spec + " " + name + " " + kind + " and Verify",
                        () -> sign(key, spec, asked, asked));
            }
        }
        report.check("Sign " + spec + " default algorithm",
                () -> sign(key, spec, new Signing(null, null), new Signing(names.get(0), "RAW")));
        report.check("Verify " + spec + " says false to an altered message", () -> verifyAltered(key));
    }

    static String encryptionOf(String spec) {
        if (spec.equals("EC_SM2")) {
            return "SM2PKE";
        }
        return spec.startsWith("RSA") ? "RSAES_OAEP_SHA_256" : "ECIES_DH_SHA_1_XOR_HMAC";
    }

    static List<String> signaturesOf(String spec) {
        if (spec.equals("EC_SM2")) {
            return List.of("SM2DSA");
        }
        return spec.startsWith("RSA") ? List.of("RSA_PSS_SHA_256", "RSA_PKCS1_SHA_256") : List.of("ECDSA_SHA_256");
    }

    private LocalCrypto publicKey(Scenario.Key key, String spec) throws Exception {
        GetPublicKeyResponse answer =
                client.getPublicKeyWithOptions(new GetPublicKeyRequest().setKeyId(key.alias), once());
        equal("KeyId", answer.getKeyId(), key.id);
        namesVersion(answer.getResponseHeaders(), key);
        return LocalCrypto.parse(answer.getPublicKey().getBytes(StandardCharsets.US_ASCII), "PEM", spec);
    }

    private static void namesVersion(Map<String, String> headers, Scenario.Key key) {
        equal("version header", headers.get(VERSION_HEADER), key.versionId);
    }

    private void encrypt(Scenario.Key key, String asked, String effective) throws Exception {
        EncryptResponse encrypted = client.encryptWithOptions(
                new EncryptRequest().setKeyId(key.alias).setPlaintext(MESSAGE).setAlgorithm(asked), once());
        equal("KeyId", encrypted.getKeyId(), key.id);
        equal("Algorithm", encrypted.getAlgorithm(), effective);
        namesVersion(encrypted.getResponseHeaders(), key);
        decrypt(key, encrypted.getCiphertextBlob(), effective);
    }

    void decrypt(Scenario.Key key, byte[] ciphertext, String algorithm) throws Exception {
        DecryptResponse decrypted = client.decryptWithOptions(
                new DecryptRequest().setKeyId(key.id).setCiphertextBlob(ciphertext).setAlgorithm(algorithm), once());
        equal("Plaintext", decrypted.getPlaintext(), MESSAGE);
        equal("KeyId of Decrypt", decrypted.getKeyId(), key.id);
        equal("Algorithm of Decrypt", decrypted.getAlgorithm(), algorithm);
    }

    private void longest(Scenario.Key key, int longest) throws Exception {
        client.encryptWithOptions(new EncryptRequest().setKeyId(key.id).setPlaintext(new byte[longest]), once());
        EncryptRequest tooLong = new EncryptRequest().setKeyId(key.id).setPlaintext(new byte[longest + 1]);
        refused("InvalidParameter", 400, () -> client.encryptWithOptions(tooLong, once()));
    }

    void sign(Scenario.Key key, String spec, Signing asked, Signing effective) throws Exception {
        LocalCrypto own = publicKey(key, spec);
        byte[] input = effective.messageType().equals("DIGEST") ? own.digest(MESSAGE) : MESSAGE;
        SignResponse signed = client.signWithOptions(
                new SignRequest()
                        .setKeyId(key.alias)
                        .setMessage(input)
                        .setAlgorithm(asked.algorithm())
                        .setMessageType(asked.messageType()),
                once());
        equal("KeyId", signed.getKeyId(), key.id);
        equal("Algorithm", signed.getAlgorithm(), effective.algorithm());
        equal("MessageType", signed.getMessageType(), effective.messageType());
        namesVersion(signed.getResponseHeaders(), key);
        isTrue("the signature is good for this program's own crypto",
                own.signatureIsGood(effective.algorithm(), MESSAGE, signed.getSignature()));

        VerifyResponse verified = client.verifyWithOptions(
                new VerifyRequest()
                        .setKeyId(key.id)
                        .setMessage(input)
                        .setSignature(signed.getSignature())
                        .setAlgorithm(asked.algorithm())
                        .setMessageType(asked.messageType()),
                once());
        equal("Value", verified.getValue(), true);
        equal("KeyId of Verify", verified.getKeyId(), key.id);
        equal("Algorithm of Verify", verified.getAlgorithm(), effective.algorithm());
        equal("MessageType of Verify", verified.getMessageType(), effective.messageType());
    }

    private void verifyAltered(Scenario.Key key) throws Exception {
        SignResponse signed =
                client.signWithOptions(new SignRequest().setKeyId(key.id).setMessage(MESSAGE), once());
        byte[] altered = Arrays.copyOf(MESSAGE, MESSAGE.length + 1);
        List<VerifyRequest> requests = List.of(
                new VerifyRequest().setKeyId(key.id).setMessage(altered).setSignature(signed.getSignature()),
                new VerifyRequest().setKeyId(key.id).setMessage(MESSAGE).setSignature(new byte[] {0x30, 0x00}));
        for (VerifyRequest request : requests) {
            equal("Value", client.verifyWithOptions(request, once()).getValue(), false);
        }
    }
}
