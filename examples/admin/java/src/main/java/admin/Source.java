package admin;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.jcajce.provider.asymmetric.util.ECUtil;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** A key pair outside the instance, and its private key wrapped for the way in. */
final class Source {
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String IDENTITY = "1234567812345678";
    private static final int SCALAR_BYTES = 32;

    private final boolean sm2;
    private final KeyPair pair;
    private final Signature verifier;

    private Source(String spec, KeyPair pair, Signature verifier) {
        this.sm2 = spec.equals("EC_SM2");
        this.pair = pair;
        this.verifier = verifier;
    }

    /** Java's own providers where they know the kind: they write EC keys without the public half. */
    static Source generate(String spec) throws Exception {
        return switch (spec) {
            case "RSA_2048" -> {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                yield new Source(spec, generator.generateKeyPair(), Signature.getInstance("SHA256withRSA"));
            }
            case "EC_P256" -> curve(spec, "secp256r1", Security.getProvider("SunEC"), "SHA256withECDSA");
            case "EC_P256K" -> curve(spec, "secp256k1", BOUNCY_CASTLE, "SHA256withECDSA");
            case "EC_SM2" -> curve(spec, "sm2p256v1", BOUNCY_CASTLE, "SM3withSM2");
            default -> throw new AssertionError("unknown spec " + spec);
        };
    }

    private static Source curve(String spec, String name, Provider provider, String signature) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec(name));
        return new Source(spec, generator.generateKeyPair(), Signature.getInstance(signature, provider));
    }

    /** Cipher(ESK) | Cipher(private key), ESK being a key for this once. */
    byte[] wrap(byte[] wrappingKey) throws Exception {
        byte[] esk = new byte[sm2 ? 16 : 32];
        RANDOM.nextBytes(esk);
        ByteArrayOutputStream wrapped = new ByteArrayOutputStream();
        if (sm2) {
            wrapped.writeBytes(sm2Encrypt(wrappingKey, esk));
            wrapped.writeBytes(encrypt("SM4/ECB/NoPadding", esk, fixed(((ECPrivateKey) pair.getPrivate()).getS())));
        } else {
            wrapped.writeBytes(rsaEncrypt(wrappingKey, esk));
            wrapped.writeBytes(encrypt("AES/ECB/PKCS7Padding", esk, pair.getPrivate().getEncoded()));
        }
        return wrapped.toByteArray();
    }

    private static byte[] sm2Encrypt(byte[] wrappingKey, byte[] esk) throws Exception {
        PublicKey key = KeyFactory.getInstance("EC", BOUNCY_CASTLE)
                .generatePublic(new X509EncodedKeySpec(wrappingKey));
        SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
        engine.init(true, new ParametersWithRandom(ECUtil.generatePublicKeyParameter(key), RANDOM));
        return engine.processBlock(esk, 0, esk.length);
    }

    /** The name says SHA-1, as in the documentation; the parameters say SHA-256 for both hashes, and they count. */
    private static byte[] rsaEncrypt(byte[] wrappingKey, byte[] esk) throws Exception {
        PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(wrappingKey));
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding", BOUNCY_CASTLE);
        cipher.init(Cipher.ENCRYPT_MODE, key,
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        return cipher.doFinal(esk);
    }

    private static byte[] encrypt(String transformation, byte[] key, byte[] plaintext) throws Exception {
        Cipher cipher = Cipher.getInstance(transformation, BOUNCY_CASTLE);
        String algorithm = transformation.substring(0, transformation.indexOf('/'));
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, algorithm));
        return cipher.doFinal(plaintext);
    }

    /** What the instance signs for a message. */
    byte[] digest(byte[] message) throws Exception {
        if (!sm2) {
            return MessageDigest.getInstance("SHA-256").digest(message);
        }
        MessageDigest sm3 = MessageDigest.getInstance("SM3", BOUNCY_CASTLE);
        sm3.update(z((ECPublicKey) pair.getPublic()));
        return sm3.digest(message);
    }

    /** The hash of signer and curve that SM2 puts before the message (GB/T 32918.2, 5.5). */
    private static byte[] z(ECPublicKey key) throws Exception {
        MessageDigest sm3 = MessageDigest.getInstance("SM3", BOUNCY_CASTLE);
        sm3.update(new byte[] {0, (byte) (IDENTITY.length() * 8)});
        sm3.update(IDENTITY.getBytes(StandardCharsets.US_ASCII));
        sm3.update(fixed(key.getParams().getCurve().getA()));
        sm3.update(fixed(key.getParams().getCurve().getB()));
        for (ECPoint point : new ECPoint[] {key.getParams().getGenerator(), key.getW()}) {
            sm3.update(fixed(point.getAffineX()));
            sm3.update(fixed(point.getAffineY()));
        }
        return sm3.digest();
    }

    boolean verifies(byte[] message, byte[] signature) throws Exception {
        verifier.initVerify(pair.getPublic());
        verifier.update(message);
        return verifier.verify(signature);
    }

    /** Exactly 32 bytes, big-endian. */
    private static byte[] fixed(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[SCALAR_BYTES];
        int length = Math.min(bytes.length, SCALAR_BYTES);
        System.arraycopy(bytes, bytes.length - length, fixed, SCALAR_BYTES - length, length);
        return fixed;
    }
}
