// SM2, SM3 and SM4 against the examples of their standards and against Wycheproof.

import { createCipheriv, createHash, createHmac, createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { decrypt, digestMessage, encrypt, signDigest, verifyDigest } from '../../sm/index.js';
import { openPortable, sealPortable } from '../../sm/sm4-gcm.js';
import { at } from '../support/der.ts';
import { encryption, SLOW, softwareKeyStore, versionOf } from '../support/software-keys.ts';
import { type AeadCase, type AeadTest, hex, type VectorTest, vectorGroups } from '../support/vectors.ts';

interface Sm2 {
  readonly private: string;
  readonly point: string;
  readonly k: string;
  readonly signature: Readonly<Record<'message' | 'e' | 'r' | 's', string>>;
  readonly encryption: Readonly<Record<'message' | 'c1' | 'c3' | 'c2', string>>;
}

interface Standards {
  readonly sm2: Sm2;
  readonly sm3: readonly { readonly message: string; readonly hash: string }[];
  readonly sm4: Readonly<Record<'key' | 'plaintext' | 'once' | 'millionTimes', string>>;
  readonly sm4Gcm: Readonly<Record<'key' | 'iv' | 'aad' | 'plaintext' | 'ciphertext' | 'tag', string>>;
}

const { sm2, sm3, sm4, sm4Gcm } = JSON.parse(
  readFileSync(new URL('./gm-standards.json', import.meta.url), 'utf8'),
) as Standards;
const point = hex(sm2.point);
const scalar = hex(sm2.private);
const nextScalar = () => BigInt(`0x${sm2.k}`);

describe('GB/T 32918.5', () => {
  it('annex A: e, r and s of the given k', () => {
    const { message, e, r, s } = sm2.signature;
    const digest = digestMessage({ point, message: Buffer.from(message) });
    expect(digest.toString('hex')).toBe(e);
    const signature = signDigest({ scalar, digest }, nextScalar);
    // Both integers have their highest bit set, so a zero goes in front.
    expect(at(signature, 0, 0).toString('hex')).toBe(`00${r}`);
    expect(at(signature, 0, 1).toString('hex')).toBe(`00${s}`);
    expect(verifyDigest({ point, digest, signature })).toBe(true);
  });

  it('annex C: C1, C3 and C2 of the given k', () => {
    const { message, c1, c3, c2 } = sm2.encryption;
    const ciphertext = encrypt({ point, plaintext: Buffer.from(message) }, nextScalar);
    expect(ciphertext.toString('hex')).toBe(c1 + c3 + c2);
    expect(decrypt({ scalar, ciphertext }).toString()).toBe(message);
  });
});

it.each(sm3)('GB/T 32905: the SM3 of $message', ({ message, hash }) => {
  expect(createHash('sm3').update(hex(message)).digest('hex')).toBe(hash);
});

describe('GB/T 32907', () => {
  const encryptTimes = (times: number): string => {
    let block = hex(sm4.plaintext);
    const cipher = createCipheriv('sm4-ecb', hex(sm4.key), null);
    for (let count = 0; count < times; count += 1) block = cipher.update(block);
    return block.toString('hex');
  };

  it('one encryption', () => expect(encryptTimes(1)).toBe(sm4.once));
  it.runIf(SLOW)('a million encryptions', () => expect(encryptTimes(1_000_000)).toBe(sm4.millionTimes));
});

describe('SM4_GCM', () => {
  const store = softwareKeyStore();
  afterAll(() => store.close());

  const outcome = (work: () => unknown): unknown => {
    try {
      return work();
    } catch {
      return 'refused';
    }
  };

  const check = (test: AeadCase, valid: boolean): void => {
    const [iv, aad, plaintext, sealed] = [test.iv, test.aad, test.msg, test.ct + test.tag].map(hex) as [
      Buffer,
      Buffer,
      Buffer,
      Buffer,
    ];
    const algorithm = encryption('SM4_GCM');
    const version = versionOf('Aliyun_SM4', hex(test.key), null);
    const key = createSecretKey(hex(test.key));
    const expected = valid ? plaintext : 'refused';
    expect(outcome(() => store.decrypt(version, algorithm, { ciphertext: sealed, iv, aad }))).toEqual(
      expected,
    );
    expect(outcome(() => openPortable({ key, iv, aad, sealed }))).toEqual(expected);
    if (!valid) return;
    expect(store.encrypt(version, algorithm, { plaintext, iv, aad })).toEqual({ ciphertext: sealed, iv });
    expect(sealPortable({ key, iv, aad, plaintext })).toEqual(sealed);
  };

  it('RFC 8998 appendix A.1', () => {
    check({ ...sm4Gcm, msg: sm4Gcm.plaintext, ct: sm4Gcm.ciphertext }, true);
  });

  const groups = vectorGroups('wycheproof-sm4-gcm') as readonly {
    readonly tests: readonly AeadTest[];
  }[];
  it.each(groups.flatMap(({ tests }) => tests))('Wycheproof test $tcId ($flags) is $result', (test) => {
    check(test, test.result === 'valid');
  });
});

describe('HMAC-SM3 against Wycheproof', () => {
  const groups = vectorGroups('wycheproof-hmac-sm3') as readonly {
    readonly tagSize: number;
    readonly tests: readonly (VectorTest & Readonly<Record<'key' | 'msg' | 'tag', string>>)[];
  }[];
  const tests = groups.flatMap(({ tagSize, tests }) =>
    tests.map((test) => ({ ...test, bytes: tagSize / 8 })),
  );
  it.each(tests)('test $tcId ($flags) is $result', ({ key, msg, tag, bytes, result }) => {
    const mac = createHmac('sm3', hex(key)).update(hex(msg)).digest().subarray(0, bytes);
    expect(mac.equals(hex(tag))).toBe(result === 'valid');
  });
});
