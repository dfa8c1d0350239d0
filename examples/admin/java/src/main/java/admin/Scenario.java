package admin;

import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.IAcsClient;
import com.aliyuncs.http.HttpClientConfig;
import com.aliyuncs.profile.DefaultProfile;
import com.google.gson.Gson;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The scenario file and the SDK clients made from it. The server's certificate is always verified. */
final class Scenario {
    /** Any name: the endpoint is given. */
    private static final String REGION = "local";

    static final class AccessKey {
        String id;
        String secret;

        AccessKey(String id, String secret) {
            this.id = id;
            this.secret = secret;
        }
    }

    String name;
    String endpoint;
    String caFile;
    String clientKeyFile;
    String passwordFile;
    AccessKey accessKey;
    AccessKey denied;

    static Scenario read(Path file) throws Exception {
        return new Gson().fromJson(Files.readString(file), Scenario.class);
    }

    /** Signature V1, which is the SDK's default. */
    IAcsClient client(AccessKey key) throws Exception {
        DefaultProfile.addEndpoint(REGION, "Kms", endpoint);
        DefaultProfile profile = DefaultProfile.getProfile(REGION, key.id, key.secret);
        HttpClientConfig http = HttpClientConfig.getDefault();
        http.setReadTimeoutMillis(60_000);
        http.setX509TrustManagers(new X509TrustManager[] {trustManager()});
        profile.setHttpClientConfig(http);
        return new DefaultAcsClient(profile);
    }

    private X509TrustManager trustManager() throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(Path.of(caFile))) {
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("ca-" + trusted.size(), authority);
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }
}
