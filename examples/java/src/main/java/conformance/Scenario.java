package conformance;

import com.aliyun.dkms.gcs.openapi.models.Config;
import com.aliyun.dkms.gcs.openapi.util.models.RuntimeOptions;
import com.aliyun.dkms.gcs.sdk.Client;
import com.google.gson.Gson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/** The scenario file and the SDK clients made from it. The server's certificate is always verified. */
final class Scenario {
    static final String VERSION_HEADER = "x-kms-migrationkeyversionid";
    static final List<String> PAIR_SPECS = List.of("RSA_2048", "RSA_3072", "RSA_4096", "EC_P256", "EC_P256K");
    static final List<String> ASYMMETRIC_SPECS =
            Stream.concat(PAIR_SPECS.stream(), Stream.of("EC_SM2")).toList();
    private static final int READ_TIMEOUT_MS = 60_000;

    static class Key {
        String id;
        String alias;
        /** The only version. */
        String versionId;
    }

    static final class ImportedKey extends Key {
        /** What the owner has, in base64: the bytes of a symmetric key, or the public key of a pair, PEM. */
        private String source;

        byte[] source() {
            return Base64.getDecoder().decode(source);
        }
    }

    /** By their specs. */
    static final class Imported {
        SortedMap<String, ImportedKey> symmetric;
        SortedMap<String, ImportedKey> encryption;
        SortedMap<String, ImportedKey> signing;
    }

    static final class Keys {
        Key symmetric;
        Key sm4;
        Key denied;
        Key disabled;
        Map<String, Key> encryption;
        Map<String, Key> signing;
        Imported imported;
    }

    static final class ClientKey {
        String file;
        String password;
    }

    static final class Throttled {
        String endpoint;
        String caFile;
        ClientKey clientKey;
        String keyId;
    }

    String endpoint;
    String caFile;
    Map<String, ClientKey> clientKeys;
    Keys keys;
    Throttled throttled;

    static Scenario read(Path file) throws Exception {
        return new Gson().fromJson(Files.readString(file), Scenario.class);
    }

    Client client(String clientKey) throws Exception {
        return client(endpoint, caFile, clientKeys.get(clientKey));
    }

    /** The Client Key and the CA handed over as text, not as files. */
    Client clientFromContent() throws Exception {
        ClientKey key = clientKeys.get("main");
        return new Client(new Config()
                .setProtocol("https")
                .setEndpoint(endpoint)
                .setClientKeyContent(Files.readString(Path.of(key.file)))
                .setPassword(key.password)
                .setCa(Files.readString(Path.of(caFile))));
    }

    /**
     * Trusts another instance's CA only. It connects by host name, because the SDK keeps one connection pool an
     * address, whatever the CA.
     */
    Client clientWithForeignCa() throws Exception {
        String port = endpoint.substring(endpoint.lastIndexOf(':'));
        return client("localhost" + port, throttled.caFile, clientKeys.get("main"));
    }

    Client throttledClient() throws Exception {
        return client(throttled.endpoint, throttled.caFile, throttled.clientKey);
    }

    private static Client client(String endpoint, String caFile, ClientKey key) throws Exception {
        return new Client(new Config()
                .setProtocol("https")
                .setEndpoint(endpoint)
                .setClientKeyFile(key.file)
                .setPassword(key.password)
                .setCaFilePath(caFile));
    }

    /** Options of a call that the SDK does not repeat and that returns the key version header. */
    static RuntimeOptions once() {
        return new RuntimeOptions()
                .setAutoretry(false)
                .setReadTimeout(READ_TIMEOUT_MS)
                .setResponseHeaders(List.of(VERSION_HEADER));
    }
}
