package conformance;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.jcajce.provider.asymmetric.util.ECUtil;

/** SM2, SM3 and SM4, done with Bouncy Castle. */
final class Sm {
    private static final byte[] IDENTITY = "1234567812345678".getBytes(StandardCharsets.US_ASCII);
    private static final int TAG_BITS = 128;

    private Sm() {}

    /** C1 | C3 | C2. */
    static byte[] encrypt(PublicKey key, byte[] plaintext) throws Exception {
        SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
        engine.init(true, new ParametersWithRandom(ECUtil.generatePublicKeyParameter(key), new SecureRandom()));
        return engine.processBlock(plaintext, 0, plaintext.length);
    }

    /** SM3 of Z and the message, Z being that of the default identity (GB/T 32918.2, 5.5). */
    static byte[] digest(ECPublicKey key, byte[] message) {
        return sm3(z(key), message);
    }

    private static byte[] z(ECPublicKey key) {
        var curve = key.getParams().getCurve();
        var base = key.getParams().getGenerator();
        return sm3(
                new byte[] {0, (byte) (IDENTITY.length * 8)},
                IDENTITY,
                LocalCrypto.coordinate(curve.getA()),
                LocalCrypto.coordinate(curve.getB()),
                LocalCrypto.coordinate(base.getAffineX()),
                LocalCrypto.coordinate(base.getAffineY()),
                LocalCrypto.coordinate(key.getW().getAffineX()),
                LocalCrypto.coordinate(key.getW().getAffineY()));
    }

    private static byte[] sm3(byte[]... parts) {
        SM3Digest sm3 = new SM3Digest();
        for (byte[] part : parts) {
            sm3.update(part, 0, part.length);
        }
        byte[] digest = new byte[sm3.getDigestSize()];
        sm3.doFinal(digest, 0);
        return digest;
    }

    static byte[] openGcm(byte[] key, byte[] iv, byte[] sealed) throws Exception {
        GCMBlockCipher gcm = new GCMBlockCipher(new SM4Engine());
        gcm.init(false, new AEADParameters(new KeyParameter(key), TAG_BITS, iv));
        byte[] plaintext = new byte[gcm.getOutputSize(sealed.length)];
        int length = gcm.processBytes(sealed, 0, sealed.length, plaintext, 0);
        gcm.doFinal(plaintext, length);
        return plaintext;
    }
}
