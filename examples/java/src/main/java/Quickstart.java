import com.aliyun.dkms.gcs.openapi.models.Config;
import com.aliyun.dkms.gcs.openapi.util.models.RuntimeOptions;
import com.aliyun.dkms.gcs.sdk.Client;
import com.aliyun.dkms.gcs.sdk.models.DecryptRequest;
import com.aliyun.dkms.gcs.sdk.models.DecryptResponse;
import com.aliyun.dkms.gcs.sdk.models.EncryptRequest;
import com.aliyun.dkms.gcs.sdk.models.EncryptResponse;
import com.aliyun.dkms.gcs.sdk.models.SignRequest;
import com.aliyun.dkms.gcs.sdk.models.SignResponse;
import com.aliyun.dkms.gcs.sdk.models.VerifyRequest;
import com.aliyun.dkms.gcs.sdk.models.VerifyResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Encrypts, decrypts, signs and verifies with the instance that `npm start` brings up. Copy this file as the start of
 * your own program. Flags: --endpoint, --client-key, --password-file, --ca.
 */
public final class Quickstart {
    private static final HexFormat HEX = HexFormat.of();

    public static void main(String[] arguments) throws Exception {
        Map<String, String> flags = new HashMap<>(Map.of(
                "--endpoint", "127.0.0.1:8443",
                "--client-key", "../../data/quickstart/client-key.json",
                "--password-file", "../../data/quickstart/client-key.password",
                "--ca", "../../data/quickstart/ca.pem"));
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            flags.put(arguments[i], arguments[i + 1]);
        }
        Client client = new Client(new Config()
                .setProtocol("https")
                .setEndpoint(flags.get("--endpoint"))
                .setClientKeyFile(flags.get("--client-key"))
                .setPassword(Files.readString(Path.of(flags.get("--password-file"))).trim())
                .setCaFilePath(flags.get("--ca")));
        encryptAndDecrypt(client);
        signAndVerify(client);
    }

    private static void encryptAndDecrypt(Client client) throws Exception {
        byte[] plaintext = "hello from Java".getBytes(StandardCharsets.UTF_8);
        byte[] aad = "order 42".getBytes(StandardCharsets.UTF_8);
        EncryptResponse encrypted = client.encryptWithOptions(
                new EncryptRequest().setKeyId("alias/quickstart-aes").setPlaintext(plaintext).setAad(aad),
                new RuntimeOptions());
        System.out.printf("encrypted with %s, %s%n", encrypted.getKeyId(), encrypted.getAlgorithm());
        System.out.printf("  ciphertext  %s%n", HEX.formatHex(encrypted.getCiphertextBlob()));
        System.out.printf("  iv          %s%n", HEX.formatHex(encrypted.getIv()));

        // Keep the ciphertext, the iv and the algorithm; the same Aad must be given again.
        DecryptResponse decrypted = client.decryptWithOptions(
                new DecryptRequest()
                        .setKeyId(encrypted.getKeyId())
                        .setCiphertextBlob(encrypted.getCiphertextBlob())
                        .setIv(encrypted.getIv())
                        .setAlgorithm(encrypted.getAlgorithm())
                        .setAad(aad),
                new RuntimeOptions());
        if (!Arrays.equals(decrypted.getPlaintext(), plaintext)) {
            throw new IllegalStateException("the decrypted text differs from the original");
        }
        System.out.printf("decrypted     %s%n", new String(decrypted.getPlaintext(), StandardCharsets.UTF_8));
    }

    private static void signAndVerify(Client client) throws Exception {
        byte[] message = "a message worth signing".getBytes(StandardCharsets.UTF_8);
        SignResponse signed = client.signWithOptions(
                new SignRequest().setKeyId("alias/quickstart-sign").setMessage(message).setMessageType("RAW"),
                new RuntimeOptions());
        System.out.printf("signed with %s, %s%n", signed.getKeyId(), signed.getAlgorithm());
        System.out.printf("  signature   %s%n", HEX.formatHex(signed.getSignature()));

        VerifyResponse verified = client.verifyWithOptions(
                new VerifyRequest()
                        .setKeyId(signed.getKeyId())
                        .setMessage(message)
                        .setMessageType(signed.getMessageType())
                        .setSignature(signed.getSignature())
                        .setAlgorithm(signed.getAlgorithm()),
                new RuntimeOptions());
        if (!verified.getValue()) {
            throw new IllegalStateException("the signature was not accepted");
        }
        System.out.println("verified      the signature is good");
    }
}
