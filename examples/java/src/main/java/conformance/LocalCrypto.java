package conformance;

import static conformance.Report.equal;
import static conformance.Report.isTrue;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * A public key and the other side of each algorithm, done with the JDK's own crypto and nothing of the server's.
 * secp256k1, which the JDK dropped, and SM2, SM3, SM4, which it never had, are done with Bouncy Castle.
 */
final class LocalCrypto {
    private static final Map<String, Integer> RSA_BITS =
            Map.of("RSA_2048", 2048, "RSA_3072", 3072, "RSA_4096", 4096);
    private static final Map<String, String> CURVES =
            Map.of("EC_P256", "secp256r1", "EC_P256K", "secp256k1", "EC_SM2", "sm2p256v1");
    private static final Provider JDK_EC = Security.getProvider("SunEC");
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final int SHA1_BYTES = 20;

    private final String spec;
    private final PublicKey key;

    private LocalCrypto(String spec, PublicKey key) {
        this.spec = spec;
        this.key = key;
    }

    /** Parses a SubjectPublicKeyInfo and makes sure that it is a key of the spec. */
    static LocalCrypto parse(byte[] data, String format, String spec) throws Exception {
        X509EncodedKeySpec encoded = new X509EncodedKeySpec(unarmour(data, format, "PUBLIC KEY"));
        PublicKey key = keyFactory(spec).generatePublic(encoded);
        if (key instanceof RSAPublicKey rsa) {
            equal("bits of the modulus", rsa.getModulus().bitLength(), RSA_BITS.get(spec));
        } else {
            ECPublicKey reference = (ECPublicKey) generate(spec).getPublic();
            isTrue("the key is on the curve of " + spec,
                    ((ECPublicKey) key).getParams().getCurve().equals(reference.getParams().getCurve())
                            && ((ECPublicKey) key).getParams().getGenerator()
                                    .equals(reference.getParams().getGenerator()));
        }
        return new LocalCrypto(spec, key);
    }

    byte[] encrypt(byte[] plaintext) throws Exception {
        if (spec.equals("EC_SM2")) {
            return Sm.encrypt(key, plaintext);
        }
        return key instanceof RSAPublicKey ? oaep(plaintext) : ecies(plaintext);
    }

    /** What MessageType DIGEST takes. */
    byte[] digest(byte[] message) throws Exception {
        return spec.equals("EC_SM2")
                ? Sm.digest((ECPublicKey) key, message)
                : MessageDigest.getInstance("SHA-256").digest(message);
    }

    /** What AES_GCM or SM4_GCM made with a key. */
    static byte[] openGcm(String spec, byte[] key, byte[] iv, byte[] sealed) throws Exception {
        if (spec.equals("Aliyun_SM4")) {
            return Sm.openGcm(key, iv, sealed);
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, iv));
        return cipher.doFinal(sealed);
    }

    boolean signatureIsGood(String algorithm, byte[] message, byte[] signature) throws Exception {
        Signature verifier = switch (algorithm) {
            case "RSA_PSS_SHA_256" -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                yield pss;
            }
            case "RSA_PKCS1_SHA_256" -> Signature.getInstance("SHA256withRSA");
            case "ECDSA_SHA_256" -> Signature.getInstance("SHA256withECDSA", ecProvider(spec));
            // With the default identity.
            case "SM2DSA" -> Signature.getInstance("SM3withSM2", BOUNCY_CASTLE);
            default -> throw new AssertionError("unknown algorithm " + algorithm);
        };
        verifier.initVerify(key);
        verifier.update(message);
        return verifier.verify(signature);
    }

    /** Parses a PKCS#8 private key and tells whether it is this key's other half. */
    boolean matches(byte[] data, String format) throws Exception {
        PrivateKey other = keyFactory(spec).generatePrivate(
                new PKCS8EncodedKeySpec(unarmour(data, format, "PRIVATE KEY")));
        if (other instanceof RSAPrivateCrtKey rsa) {
            RSAPublicKey own = (RSAPublicKey) key;
            return rsa.getModulus().equals(own.getModulus())
                    && rsa.getPublicExponent().equals(own.getPublicExponent())
                    && rsa.getPrimeP().multiply(rsa.getPrimeQ()).equals(own.getModulus());
        }
        byte[] probe = "probe".getBytes(StandardCharsets.US_ASCII);
        Signature signer = Signature.getInstance("SHA256withECDSA", ecProvider(spec));
        signer.initSign(other);
        signer.update(probe);
        return signatureIsGood("ECDSA_SHA_256", probe, signer.sign());
    }

    private static byte[] unarmour(byte[] data, String format, String type) {
        if (format.equals("DER")) {
            return data;
        }
        String text = new String(data, StandardCharsets.US_ASCII);
        String head = "-----BEGIN " + type + "-----\n";
        String foot = "\n-----END " + type + "-----\n";
        isTrue("there is one PEM block of type " + type, text.startsWith(head) && text.endsWith(foot));
        String body = text.substring(head.length(), text.length() - foot.length());
        return Base64.getDecoder().decode(body.replace("\n", ""));
    }

    private static KeyFactory keyFactory(String spec) throws Exception {
        return RSA_BITS.containsKey(spec)
                ? KeyFactory.getInstance("RSA")
                : KeyFactory.getInstance("EC", ecProvider(spec));
    }

    private static Provider ecProvider(String spec) {
        return spec.equals("EC_P256") ? JDK_EC : BOUNCY_CASTLE;
    }

    private static KeyPair generate(String spec) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", ecProvider(spec));
        generator.initialize(new ECGenParameterSpec(CURVES.get(spec)));
        return generator.generateKeyPair();
    }

    private byte[] oaep(byte[] plaintext) throws Exception {
        // Named parameters: the JDK's short name for OAEP with SHA-256 means MGF1 with SHA-1.
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key,
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        return cipher.doFinal(plaintext);
    }

    /** ECIES_DH_SHA_1_XOR_HMAC (SEC 1, 5.1): ephemeral point, text XOR key stream, HMAC-SHA-1. */
    private byte[] ecies(byte[] plaintext) throws Exception {
        KeyPair ephemeral = generate(spec);
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", ecProvider(spec));
        agreement.init(ephemeral.getPrivate());
        agreement.doPhase(key, true);
        byte[] keys = deriveKeys(agreement.generateSecret(), plaintext.length + SHA1_BYTES);

        byte[] masked = new byte[plaintext.length];
        for (int i = 0; i < masked.length; i++) {
            masked[i] = (byte) (plaintext[i] ^ keys[i]);
        }
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(keys, plaintext.length, SHA1_BYTES, "HmacSHA1"));
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        blob.write(0x04);
        blob.writeBytes(coordinate(((ECPublicKey) ephemeral.getPublic()).getW().getAffineX()));
        blob.writeBytes(coordinate(((ECPublicKey) ephemeral.getPublic()).getW().getAffineY()));
        blob.writeBytes(masked);
        blob.writeBytes(mac.doFinal(masked));
        return blob.toByteArray();
    }

    /** The key derivation of ANSI X9.63 with SHA-1. */
    private static byte[] deriveKeys(byte[] shared, int length) throws Exception {
        ByteBuffer keys = ByteBuffer.allocate(length + SHA1_BYTES);
        for (int counter = 1; keys.position() < length; counter++) {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(shared);
            keys.put(sha1.digest(ByteBuffer.allocate(4).putInt(counter).array()));
        }
        return keys.array();
    }

    static byte[] coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] padded = new byte[32];
        int length = Math.min(bytes.length, padded.length);
        System.arraycopy(bytes, bytes.length - length, padded, padded.length - length, length);
        return padded;
    }
}
