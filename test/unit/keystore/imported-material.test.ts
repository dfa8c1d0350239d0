// Importing into the software key store: what was wrapped outside works inside as the very same key, and whatever is
// wrong with it ends in the one refusal. The wrapping side is independent of the product (wrapping-side.ts).

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { newKeyVersionId, newWrappingKeyId } from '../../../appliance/core/ids.ts';
import type { KeyVersion } from '../../../appliance/core/key.ts';
import { KEY_SPECS, type KeySpecName } from '../../../appliance/core/key-specs.ts';
import type { MaterialIdentity } from '../../../appliance/core/ports/key-store.ts';
import { type WrappingAlgorithmName, wrappingAlgorithm } from '../../../appliance/core/wrapping.ts';
import { KmsError } from '../../../appliance/errors.ts';
import { elements } from '../../support/der.ts';
import { expectSameKey } from '../../support/imported-keys.ts';
import { changed, present } from '../../support/present.ts';
import {
  allPairs,
  blocksOf,
  consistent,
  partsOf,
  pkcs8,
  pkcs8Of,
  primeOf,
} from '../../support/rsa-numbers.ts';
import { derInteger, derOf, N, number } from '../../support/sm2-oracle.ts';
import { newIdentity, SLOW, softwareKeyStore } from '../../support/software-keys.ts';
import {
  encryptTo,
  envelopeOf,
  sourceKey,
  WAYS,
  wrap,
  wrappingKeySpecOf,
} from '../../support/wrapping-side.ts';

const RSA_ENVELOPE = 'RSAES_OAEP_SHA_256_AES_256_ECB_PKCS7_PAD';
const keyStore = softwareKeyStore();
afterAll(() => keyStore.close());

const targets = new Map<string, Promise<Target>>();

interface Target {
  readonly identity: MaterialIdentity;
  /** SubjectPublicKeyInfo of the wrapping key. */
  readonly spki: Buffer;
  importing(encryptedKeyMaterial: Uint8Array): Promise<{ version: KeyVersion; fingerprint: Buffer }>;
}

/** Made once for a way: RSA pairs take their time. */
function target(spec: KeySpecName, algorithm: WrappingAlgorithmName): Promise<Target> {
  const made = targets.get(`${spec} ${algorithm}`) ?? newTarget(spec, algorithm);
  targets.set(`${spec} ${algorithm}`, made);
  return made;
}

async function newTarget(spec: KeySpecName, algorithm: WrappingAlgorithmName): Promise<Target> {
  const identity: MaterialIdentity = { ...newIdentity(spec), origin: 'EXTERNAL' };
  const id = newWrappingKeyId(identity.keyId, randomBytes);
  const wrappingIdentity = { id, keyId: identity.keyId, spec: wrappingKeySpecOf(algorithm) };
  const { blob, publicKey } = await keyStore.generateWrappingKey(wrappingIdentity);
  return {
    identity,
    spki: present(publicKey),
    async importing(encryptedKeyMaterial) {
      // Opened keys are remembered by their version's id.
      const version = { ...identity, id: newKeyVersionId(identity.keyId, randomBytes) };
      const wrappingKey = { ...wrappingIdentity, blob };
      const row = wrappingAlgorithm(algorithm);
      const { fingerprint, ...stored } = await keyStore.importMaterial(version, {
        wrappingKey,
        algorithm: row,
        encryptedKeyMaterial,
      });
      return { version: { ...version, createdAt: 0, ...stored }, fingerprint };
    },
  };
}

/** The refusal, which is the same in every respect whatever is wrong. */
async function expectRefusal(work: Promise<unknown>): Promise<void> {
  const error: unknown = await work.then(
    () => 'imported',
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(KmsError);
  const { code, message, cause } = error as KmsError;
  expect({ code, message, cause }).toEqual({
    code: 'InvalidKeyMaterial',
    message: 'The key material is not valid for this key.',
    cause: undefined,
  });
}

const CASES = [...KEY_SPECS.keys()]
  .map((name) => name as KeySpecName)
  .filter((name) => SLOW || name !== 'RSA_4096')
  .flatMap((spec) => WAYS[spec].map((algorithm) => [spec, algorithm] as const));

describe.each(CASES)('%s by %s', (spec, algorithm) => {
  const forms = algorithm.startsWith('SM2') ? (['raw', 'der'] as const) : (['raw'] as const);

  test.each(forms)('works inside as it does outside (%s)', async (form) => {
    const source = sourceKey(spec);
    const { spki, importing } = await target(spec, algorithm);
    const { version, fingerprint } = await importing(wrap(spki, algorithm, source.material, form));
    await expectSameKey(keyStore, version, source);
    expect(fingerprint).toHaveLength(32);
    expect(version.blob.includes(source.material.subarray(-16))).toBe(false);
  });

  test('has one fingerprint, and other material another', async () => {
    const [source, other] = [sourceKey(spec), sourceKey(spec)];
    const { spki, importing } = await target(spec, algorithm);
    const once = await importing(wrap(spki, algorithm, source.material));
    const again = await importing(wrap(spki, algorithm, source.material));
    const different = await importing(wrap(spki, algorithm, other.material));
    expect(again.fingerprint).toEqual(once.fingerprint);
    expect(different.fingerprint).not.toEqual(once.fingerprint);
  });

  test('truncated, extended, altered, empty or wrapped for another is refused', async () => {
    const { spki, importing } = await target(spec, algorithm);
    const wrapped = wrap(spki, algorithm, sourceKey(spec).material);
    const other = await newTarget(spec, algorithm);
    const bad = [
      wrapped.subarray(0, -1),
      wrapped.subarray(1),
      wrapped.subarray(0, 10),
      Buffer.concat([wrapped, Buffer.alloc(1)]),
      Buffer.concat([wrapped, wrapped]),
      changed(wrapped, 0),
      changed(wrapped, 70),
      Buffer.of(0x30),
      Buffer.alloc(256, 0xff),
      wrap(other.spki, algorithm, sourceKey(spec).material),
    ];
    for (const each of bad) await expectRefusal(importing(each));
  });
});

describe('symmetric material', () => {
  test.each(CASES.filter(([spec]) => WAYS[spec].includes('SM2PKE')))(
    'for %s by %s of another length is refused',
    async (spec, algorithm) => {
      const { spki, importing } = await target(spec, algorithm);
      const right = sourceKey(spec).material.length;
      for (const length of [1, 15, 16, 17, 24, 31, 32, 33, 48].filter((each) => each !== right))
        await expectRefusal(importing(wrap(spki, algorithm, randomBytes(length))));
    },
  );

  test('wrapped by another padding than was agreed is refused', async () => {
    const { spki, importing } = await target('Aliyun_AES_256', 'RSAES_PKCS1_V1_5');
    await expectRefusal(importing(encryptTo(spki, 'RSAES_OAEP_SHA_256', randomBytes(32))));
    const oaep = await target('Aliyun_AES_256', 'RSAES_OAEP_SHA_256');
    await expectRefusal(oaep.importing(encryptTo(oaep.spki, 'RSAES_PKCS1_V1_5', randomBytes(32))));
  });

  test('as SM2 ciphertext in the order C1 C2 C3 is refused', async () => {
    const { spki, importing } = await target('Aliyun_SM4', 'SM2PKE');
    const raw = wrap(spki, 'SM2PKE', randomBytes(16));
    const reordered = Buffer.concat([raw.subarray(0, 65), raw.subarray(97), raw.subarray(65, 97)]);
    await expectRefusal(importing(reordered));
  });
});

describe('an envelope', () => {
  const halves = async (spec: KeySpecName, algorithm: WrappingAlgorithmName, material: Buffer) => {
    const made = await target(spec, algorithm);
    return { ...made, envelope: envelopeOf(made.spki, algorithm, material) };
  };

  test.each([
    ['EC_P256', RSA_ENVELOPE],
    ['RSA_2048', RSA_ENVELOPE],
    ['EC_SM2', 'SM2PKE_SM4_ECB'],
  ] as const)('of %s with its halves swapped, or one of another envelope, is refused', async (spec, way) => {
    const { spki, importing, envelope } = await halves(spec, way, sourceKey(spec).material);
    const second = envelopeOf(spki, way, sourceKey(spec).material);
    await expectRefusal(importing(Buffer.concat([envelope.content, envelope.key])));
    await expectRefusal(importing(envelope.key));
    await expectRefusal(importing(envelope.content));
    if (spec !== 'EC_SM2') await expectRefusal(importing(Buffer.concat([envelope.key, second.content])));
  });

  test.each(['EC_P256', 'EC_P256K', 'RSA_2048'] as const)(
    'of %s with its blocks in another order is refused',
    async (spec) => {
      const { importing, envelope } = await halves(spec, RSA_ENVELOPE, sourceKey(spec).material);
      const blocks = blocksOf(envelope.content);
      const last = blocks.length - 1;
      const pairs =
        blocks.length > 20
          ? [
              [0, 1],
              [5, 6],
              [30, 60],
              [last - 1, last],
            ]
          : allPairs(blocks.length);
      for (const [left = 0, right = 0] of pairs) {
        const mixed = [...blocks];
        [mixed[left], mixed[right]] = [present(blocks[right]), present(blocks[left])];
        await expectRefusal(importing(Buffer.concat([envelope.key, ...mixed])));
      }
      for (const gone of [0, 1, last]) {
        const fewer = blocks.filter((_, index) => index !== gone);
        await expectRefusal(importing(Buffer.concat([envelope.key, ...fewer])));
      }
    },
  );

  test('of SM2 holds exactly one scalar of 32 bytes from 1 to n - 2', async () => {
    const scalar = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
    const bad = [scalar(0n), scalar(N - 1n), scalar(N), scalar(N + 1n), Buffer.alloc(32, 0xff)];
    for (const material of [
      ...bad,
      Buffer.alloc(16, 1),
      Buffer.alloc(48, 1),
      sourceKey('EC_P256').material.subarray(0, 64),
    ]) {
      const { importing, envelope } = await halves('EC_SM2', 'SM2PKE_SM4_ECB', material);
      await expectRefusal(importing(Buffer.concat([envelope.key, envelope.content])));
    }
    for (const value of [1n, N - 2n]) {
      const { importing, envelope } = await halves('EC_SM2', 'SM2PKE_SM4_ECB', scalar(value));
      await importing(Buffer.concat([envelope.key, envelope.content]));
    }
  });

  test.each([
    ['no padding', (content: Buffer) => content],
    ['padding of 0', (content: Buffer) => Buffer.concat([content, Buffer.alloc(16)])],
    ['padding of 17', (content: Buffer) => Buffer.concat([content, Buffer.alloc(16, 17)])],
    ['uneven padding', (content: Buffer) => Buffer.concat([content, Buffer.alloc(15, 7), Buffer.of(16)])],
  ])('with %s is refused', async (_, padded) => {
    const { spki, importing } = await target('RSA_2048', RSA_ENVELOPE);
    const pkcs8 = sourceKey('RSA_2048').material;
    const whole = pkcs8.subarray(0, pkcs8.length - (pkcs8.length % 16));
    const { key, content } = envelopeOf(spki, RSA_ENVELOPE, padded(whole));
    // Without the block of padding that the cipher added.
    await expectRefusal(importing(Buffer.concat([key, content.subarray(0, -16)])));
  });
});

describe('a key pair', () => {
  const refused = async (spec: KeySpecName, material: Buffer): Promise<void> => {
    const { spki, importing } = await target(spec, RSA_ENVELOPE);
    await expectRefusal(importing(wrap(spki, RSA_ENVELOPE, material)));
  };
  const accepted = async (spec: KeySpecName, material: Buffer): Promise<KeyVersion> => {
    const { spki, importing } = await target(spec, RSA_ENVELOPE);
    return (await importing(wrap(spki, RSA_ENVELOPE, material))).version;
  };
  const p256 = sourceKey('EC_P256');
  const rsa = sourceKey('RSA_2048');

  test('of another spec is refused', async () => {
    for (const [spec, material] of [
      ['RSA_2048', p256.material],
      ['RSA_3072', rsa.material],
      ['EC_P256', rsa.material],
      ['EC_P256K', p256.material],
      ['EC_P256', sourceKey('EC_P256K').material],
      ['EC_P256', sourceKey('EC_SM2').material],
      ['EC_P256', randomBytes(138)],
      ['RSA_2048', pkcs8Of(generateKeyPairSync('rsa', { modulusLength: 2046 }).privateKey)],
      ['RSA_2048', pkcs8Of(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey)],
      [
        'EC_P256',
        pkcs8Of(
          generateKeyPairSync('ec', { namedCurve: 'prime256v1', paramEncoding: 'explicit' }).privateKey,
        ),
      ],
      ['EC_P256', pkcs8Of(generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey)],
      ['EC_P256', pkcs8Of(generateKeyPairSync('ed25519').privateKey)],
      ['EC_P256', pkcs8Of(present(p256.pair).privateKey, 'sec1')],
      ['RSA_2048', pkcs8Of(present(rsa.pair).privateKey, 'pkcs1')],
    ] as const)
      await refused(spec, material);
  });

  test('with anything behind the DER, or lengths longer than they need be, is refused', async () => {
    await refused('EC_P256', Buffer.concat([p256.material, Buffer.of(0)]));
    await refused('RSA_2048', Buffer.concat([rsa.material, Buffer.of(5, 0)]));
    const [whole] = elements(p256.material);
    const { content } = present(whole);
    await refused('EC_P256', Buffer.concat([Buffer.of(0x30, 0x82, 0, content.length), content]));
    const { algorithm, inner } = partsOf(p256.material);
    await refused('EC_P256', pkcs8(1n, algorithm, inner));
    await refused('EC_P256', pkcs8(0n, algorithm, Buffer.concat([inner, Buffer.of(5, 0)])));
    await accepted('EC_P256', pkcs8(0n, algorithm, inner));
  });

  test('with attributes is the same key as without', async () => {
    const { algorithm, inner } = partsOf(p256.material);
    const attributes = derOf(0xa0, derOf(0x30));
    const body = [derInteger(0n), algorithm, derOf(4, inner), attributes];
    await expectSameKey(keyStore, await accepted('EC_P256', derOf(0x30, ...body)), p256);
  });

  describe('of an elliptic curve', () => {
    const { algorithm, inner } = partsOf(p256.material);
    const [, scalarElement, pointElement] = elements(present(elements(inner)[0]).content);
    const scalar = present(scalarElement).content;
    const point = present(pointElement).raw;
    const curve = present(elements(present(elements(algorithm)[0]).content)[1]).raw;
    const privateKey = (...parts: Buffer[]) => pkcs8(0n, algorithm, derOf(0x30, derInteger(1n), ...parts));

    test('without its public key gets it computed', async () => {
      await expectSameKey(keyStore, await accepted('EC_P256', privateKey(derOf(4, scalar))), p256);
      const named = privateKey(derOf(4, scalar), derOf(0xa0, curve), point);
      await expectSameKey(keyStore, await accepted('EC_P256', named), p256);
    });

    test('with a short scalar, leading zeros left out, is the key that it means', async () => {
      const short = Buffer.of(1, 2, 3, 4, 5);
      const padded = Buffer.concat([Buffer.alloc(27), short]);
      const [left, right] = [
        await accepted('EC_P256', privateKey(derOf(4, short))),
        await accepted('EC_P256', privateKey(derOf(4, padded))),
      ];
      expect(left.publicKey).toEqual(right.publicKey);
    });

    test('with its public key compressed is accepted', async () => {
      const { content } = present(elements(present(elements(point)[0]).content)[0]);
      const uncompressed = content.subarray(1);
      const compressed = Buffer.concat([
        Buffer.of(0, 2 + (present(uncompressed.at(-1)) % 2)),
        uncompressed.subarray(1, 33),
      ]);
      const material = privateKey(derOf(4, scalar), derOf(0xa1, derOf(3, compressed)));
      await expectSameKey(keyStore, await accepted('EC_P256', material), p256);
    });

    test('with a scalar out of range or a public key of another is refused', async () => {
      const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
      for (const value of [0n, order, order + 1n, (1n << 256n) - 1n])
        await refused(
          'EC_P256',
          privateKey(derOf(4, Buffer.from(value.toString(16).padStart(64, '0'), 'hex'))),
        );
      await refused('EC_P256', privateKey(derOf(4, Buffer.concat([Buffer.alloc(1), scalar]))));
      await refused('EC_P256', privateKey(derOf(4)));
      const otherInner = partsOf(sourceKey('EC_P256').material).inner;
      const otherPoint = present(elements(present(elements(otherInner)[0]).content)[2]).raw;
      await refused('EC_P256', privateKey(derOf(4, scalar), otherPoint));
      await refused('EC_P256', privateKey(derOf(4, scalar), derOf(0xa1, derOf(3, Buffer.of(0)))));
      await refused('EC_P256', privateKey(derOf(4, scalar), point, point));
      await refused('EC_P256', privateKey(derOf(4, scalar), point, derOf(0xa0, curve)));
      const k1 = derOf(0xa0, derOf(6, Buffer.from('2b8104000a', 'hex')));
      await refused('EC_P256', privateKey(derOf(4, scalar), k1, point));
      const version2 = derOf(0x30, derInteger(2n), derOf(4, scalar));
      await refused('EC_P256', pkcs8(0n, algorithm, version2));
    });
  });

  describe('of RSA', () => {
    const { algorithm, inner } = partsOf(rsa.material);
    const numbers = elements(present(elements(inner)[0]).content).map(({ content }) => number(content));
    const rsaKey = (changes: Readonly<Record<number, bigint>>): Buffer =>
      pkcs8(0n, algorithm, derOf(0x30, ...numbers.map((each, index) => derInteger(changes[index] ?? each))));
    const [, n = 0n, e = 0n, d = 0n, p = 0n, q = 0n] = numbers;

    test('with any number that does not agree with the others is refused', async () => {
      await accepted('RSA_2048', rsaKey({}));
      for (const [index, value] of numbers.entries()) {
        for (const wrong of [value + 1n, value + 2n, value === 0n ? 3n : 0n])
          await refused('RSA_2048', rsaKey({ [index]: wrong }));
      }
      await refused('RSA_2048', rsaKey({ 4: q, 5: p }));
      await refused('RSA_2048', rsaKey({ 3: d + (p - 1n) * (q - 1n) }));
    });

    test('with a number too many, one too few, or one of them negative is refused', async () => {
      const encoded = numbers.map(derInteger);
      await refused('RSA_2048', pkcs8(0n, algorithm, derOf(0x30, ...encoded, derInteger(3n))));
      await refused('RSA_2048', pkcs8(0n, algorithm, derOf(0x30, ...encoded.slice(0, -1))));
      const negative = derOf(2, Buffer.concat([Buffer.of(0x80), Buffer.alloc(255)]));
      await refused('RSA_2048', pkcs8(0n, algorithm, derOf(0x30, ...encoded.with(1, negative))));
      const padded = derOf(2, Buffer.of(0, 1, 0, 1));
      await refused('RSA_2048', pkcs8(0n, algorithm, derOf(0x30, ...encoded.with(2, padded))));
    });

    test('with primes in the other order, consistently, has the same fingerprint', async () => {
      const { spki, importing } = await target('RSA_2048', RSA_ENVELOPE);
      const swapped = consistent(algorithm, { p: q, q: p, e });
      const left = await importing(wrap(spki, RSA_ENVELOPE, rsa.material));
      const right = await importing(wrap(spki, RSA_ENVELOPE, swapped));
      expect(left.fingerprint).toEqual(right.fingerprint);
    });

    test('with exponents of 1, 2 or an even one, and of what is no prime, is refused', async () => {
      await accepted('RSA_2048', consistent(algorithm, { p, q, e: 65539n }));
      for (const bad of [1n, 2n, 65536n, (1n << 64n) + 13n])
        await refused('RSA_2048', consistent(algorithm, { p, q, e: bad }));
      // Consistent in every number, with a factor that is a product.
      const [a, b] = [primeOf(512), primeOf(512)];
      const composite = a * b;
      const phi = (a - 1n) * (b - 1n);
      await refused('RSA_2048', consistent(algorithm, { p, q: composite, e }, phi));
      await refused('RSA_2048', consistent(algorithm, { p, q: p, e }));
    });

    test('with primes of unlike length is refused', async () => {
      await refused('RSA_2048', consistent(algorithm, { p: primeOf(1280), q: primeOf(768), e }));
      expect(n.toString(2)).toHaveLength(2048);
    });
  });
});

test('a blob of material does not open as a wrapping key', async () => {
  const made = await target('RSA_2048', RSA_ENVELOPE);
  const stranger = await keyStore.generate({ ...made.identity });
  const id = newWrappingKeyId(made.identity.keyId, randomBytes);
  const wrappingKey = { id, keyId: made.identity.keyId, spec: 'RSA_2048', blob: stranger.blob } as const;
  const algorithm = wrappingAlgorithm(RSA_ENVELOPE);
  const importing = keyStore.importMaterial(made.identity, {
    wrappingKey,
    algorithm,
    encryptedKeyMaterial: Buffer.alloc(300),
  });
  await expect(importing).rejects.not.toBeInstanceOf(KmsError);
});
