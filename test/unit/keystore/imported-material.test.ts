// Importing into the software key store: what was wrapped outside works inside as the very same key, and whatever is
// wrong with its wrapping ends in the one refusal. The wrapping side is independent of the product (wrapping-side.ts).

import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { newWrappingKeyId } from '../../../appliance/core/ids.ts';
import { KEY_SPECS, type KeySpecName } from '../../../appliance/core/key-specs.ts';
import { type WrappingAlgorithmName, wrappingAlgorithm } from '../../../appliance/core/wrapping.ts';
import { KmsError } from '../../../appliance/errors.ts';
import { expectRefusal, targetPerWay } from '../../support/import-targets.ts';
import { present } from '../../support/present.ts';
import { allPairs, blocksOf } from '../../support/rsa-numbers.ts';
import { N } from '../../support/sm2-oracle.ts';
import { SLOW, softwareKeyStore } from '../../support/software-keys.ts';
import { encryptTo, envelopeOf, sourceKey, waysOf, wrap } from '../../support/wrapping-side.ts';

const RSA_ENVELOPE = 'RSAES_OAEP_SHA_256_AES_256_ECB_PKCS7_PAD';
const keyStore = softwareKeyStore();
const target = targetPerWay(keyStore);
afterAll(() => keyStore.close());

const CASES = [...KEY_SPECS.keys()]
  .map((name) => name as KeySpecName)
  .filter((name) => SLOW || name !== 'RSA_4096')
  .flatMap((spec) => waysOf(spec).map((algorithm) => [spec, algorithm] as const));

describe('symmetric material', () => {
  test.each(CASES.filter(([spec]) => waysOf(spec).includes('SM2PKE')))(
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
