// Key pairs that are imported: which forms are taken, and that everything in them must agree.
// Source: control-plane specification 3.4.3.

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import type { KeyVersion } from '../../../appliance/core/key.ts';
import type { KeySpecName } from '../../../appliance/core/key-specs.ts';
import { elements } from '../../support/der.ts';
import { expectRefusal, targetPerWay } from '../../support/import-targets.ts';
import { expectSameKey } from '../../support/imported-keys.ts';
import { present } from '../../support/present.ts';
import {
  allPairs,
  blocksOf,
  consistent,
  partsOf,
  pkcs8,
  pkcs8Of,
  primeOf,
} from '../../support/rsa-numbers.ts';
import { derInteger, derOf, number } from '../../support/sm2-oracle.ts';
import { softwareKeyStore } from '../../support/software-keys.ts';
import { envelopeOf, sourceKey, wrap } from '../../support/wrapping-side.ts';

const RSA_ENVELOPE = 'RSAES_OAEP_SHA_256_AES_256_ECB_PKCS7_PAD';
const keyStore = softwareKeyStore();
const target = targetPerWay(keyStore);
afterAll(() => keyStore.close());

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
      pkcs8Of(generateKeyPairSync('ec', { namedCurve: 'prime256v1', paramEncoding: 'explicit' }).privateKey),
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

  test('without its public key, its blocks in another order, is refused', async () => {
    const { spki, importing } = await target('EC_P256', RSA_ENVELOPE);
    const { key, content } = envelopeOf(spki, RSA_ENVELOPE, privateKey(derOf(4, scalar)));
    const blocks = blocksOf(content);
    for (const [left, right] of allPairs(blocks.length)) {
      const mixed = [...blocks];
      [mixed[left], mixed[right]] = [present(blocks[right]), present(blocks[left])];
      await expectRefusal(importing(Buffer.concat([key, ...mixed])));
    }
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
