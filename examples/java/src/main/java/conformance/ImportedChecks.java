package conformance;

import static conformance.AsymmetricChecks.MESSAGE;
import static conformance.Report.equal;
import static conformance.Scenario.once;

import com.aliyun.dkms.gcs.sdk.Client;
import com.aliyun.dkms.gcs.sdk.models.EncryptRequest;
import com.aliyun.dkms.gcs.sdk.models.EncryptResponse;
import com.aliyun.dkms.gcs.sdk.models.GetPublicKeyRequest;
import java.nio.charset.StandardCharsets;

/** Imported keys: what the instance does with them is what their owner would do with the source. */
final class ImportedChecks {
    private final Scenario.Imported imported;
    private final Report report;
    private final Client client;
    private final AsymmetricChecks asymmetric;

    ImportedChecks(Scenario scenario, Report report) throws Exception {
        this.imported = scenario.keys.imported;
        this.report = report;
        this.client = scenario.client("main");
        this.asymmetric = new AsymmetricChecks(scenario, report);
    }

    void run() {
        imported.symmetric.forEach((spec, key) -> report.check(
                "Imported " + spec + ": its source opens what Encrypt made", () -> openWithSource(key, spec)));
        imported.signing.forEach((spec, key) -> report.check(
                "Imported " + spec + ": its source verifies what Sign made", () -> sign(key, spec)));
        imported.encryption.forEach((spec, key) -> report.check(
                "Imported " + spec + ": Decrypt opens what was encrypted to its source",
                () -> asymmetric.decrypt(
                        key,
                        LocalCrypto.parse(key.source(), "PEM", spec).encrypt(MESSAGE),
                        AsymmetricChecks.encryptionOf(spec))));
    }

    private void openWithSource(Scenario.ImportedKey key, String spec) throws Exception {
        EncryptResponse made =
                client.encryptWithOptions(new EncryptRequest().setKeyId(key.id).setPlaintext(MESSAGE), once());
        byte[] opened = LocalCrypto.openGcm(spec, key.source(), made.getIv(), made.getCiphertextBlob());
        equal("the plaintext at the source", opened, MESSAGE);
    }

    private void sign(Scenario.ImportedKey key, String spec) throws Exception {
        String publicKey = client.getPublicKeyWithOptions(new GetPublicKeyRequest().setKeyId(key.id), once())
                .getPublicKey();
        equal("the public key", publicKey, new String(key.source(), StandardCharsets.US_ASCII));
        var asked = new AsymmetricChecks.Signing(AsymmetricChecks.signaturesOf(spec).get(0), "RAW");
        // Verifies with that public key.
        asymmetric.sign(key, spec, asked, asked);
    }
}
