// SM keys of an HSM without SM: SM4-GCM and SM2 held against implementations that are not the product's (Wycheproof, an
// SM2 written for tests on OpenSSL's curve, sm-crypto), and what a blob gives away to those who hold it.

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HsmKey, HsmKeySpec } from '../../hsm-adapter/index.ts';
import { verifyDigest } from '../../sm/index.js';
import { createHsmRig, type HsmRig } from '../support/hsm-rig.ts';
import { changed, present } from '../support/present.ts';
import { bytes32, digestOf, multipleOfBase, N, number, oracleEncrypt } from '../support/sm2-oracle.ts';
import { smCryptoPeer } from '../support/sm2-peers.ts';
import { type AeadTest, hex, vectorGroups } from '../support/vectors.ts';

const MESSAGE = Buffer.from('the message that is signed');
const SIZES = [0, 1, 15, 16, 17, 4096, 1024 * 1024];
// Head, wrapped secret, and in the sealed part the hash of the public key and the IV.
const SEALED_AT = 9 + 72;

let rig: HsmRig;
beforeAll(async () => {
  rig = await createHsmRig({ members: 2, args: ['--processes', '1'] });
});
afterAll(() => rig.close());

function pointOf({ publicKey }: HsmKey): Buffer {
  return present(publicKey).subarray(-65);
}

/** Every member's answer: each cluster has one. */
async function onEach<T>(ask: (member: HsmRig['cluster']) => Promise<T>): Promise<T[]> {
  const clusters = rig.members().map((member) => {
    return rig.connect({ members: [member], domainCheckValue: rig.domainCheckValue });
  });
  await Promise.all(clusters.map((cluster) => cluster.firstContact()));
  return Promise.all(clusters.map(ask));
}

describe('SM4', () => {
  it('SM4_GCM gives what Wycheproof expects, in both directions', async () => {
    for (const { tests } of gcmGroups) {
      for (const { key: secret, iv, aad, msg, ct, tag, result } of tests) {
        if (hex(iv).length !== 12 || hex(tag).length !== 16) continue;
        const key = await rig.cluster.importKey('SM4', hex(secret));
        const sealed = Buffer.concat([hex(ct), hex(tag)]);
        const parameters = { iv: hex(iv), aad: hex(aad) };
        const opening = rig.cluster.decrypt(key, 'SM4_GCM', { ciphertext: sealed, ...parameters });
        if (result === 'invalid') {
          await expect(opening).rejects.toMatchObject({ code: 'INVALID_CIPHERTEXT' });
          continue;
        }
        expect((await opening).equals(hex(msg))).toBe(true);
        const { ciphertext } = await rig.cluster.encrypt(key, 'SM4_GCM', {
          plaintext: hex(msg),
          ...parameters,
        });
        expect(ciphertext.equals(sealed)).toBe(true);
      }
    }
  });

  it('a generated key works on every member, with an IV of the token', async () => {
    const key = await rig.cluster.generate('SM4');
    const aad = randomBytes(20);
    for (const size of SIZES) {
      const plaintext = randomBytes(size);
      const { iv, ciphertext } = await rig.cluster.encrypt(key, 'SM4_GCM', { plaintext, aad });
      const opened = await onEach((one) => one.decrypt(key, 'SM4_GCM', { ciphertext, iv, aad }));
      expect(opened.map((each) => each.equals(plaintext))).toEqual([true, true]);
    }
  });
});

describe('SM2', () => {
  it('signatures of a generated key, made on every member, verify elsewhere', async () => {
    const key = await rig.cluster.generate('SM2');
    const peerKey = { scalar: Buffer.alloc(32), point: pointOf(key) };
    for (let round = 0; round < 10; round += 1) {
      const message = randomBytes(20);
      const digest = digestOf(pointOf(key), message);
      for (const signature of await onEach((member) => member.sign(key, 'SM2DSA', digest))) {
        expect(smCryptoPeer.verify(peerKey, message, signature)).toBe(true);
        expect(verifyDigest({ point: pointOf(key), digest, signature })).toBe(true);
      }
    }
  });

  it('an imported scalar is the key that its owner had', async () => {
    for (const d of [1n, 255n, N - 2n, number(randomBytes(31)) + 1n]) {
      const key = await rig.cluster.importKey('SM2', bytes32(d));
      expect(pointOf(key).equals(multipleOfBase(d))).toBe(true);
      const signature = await rig.cluster.sign(key, 'SM2DSA', digestOf(pointOf(key), MESSAGE));
      expect(smCryptoPeer.verify({ scalar: bytes32(d), point: pointOf(key) }, MESSAGE, signature)).toBe(true);
      for (const form of ['raw', 'der'] as const) {
        const { [form]: ciphertext } = oracleEncrypt(d, MESSAGE, [number(randomBytes(31)) + 1n]);
        expect((await rig.cluster.decrypt(key, 'SM2PKE', { ciphertext })).equals(MESSAGE)).toBe(true);
      }
    }
  });

  it('opens what sm-crypto encrypted, and nothing that was changed', async () => {
    const key = await rig.cluster.generate('SM2');
    const ciphertext = smCryptoPeer.encrypt({ scalar: Buffer.alloc(32), point: pointOf(key) }, MESSAGE);
    expect((await rig.cluster.decrypt(key, 'SM2PKE', { ciphertext })).equals(MESSAGE)).toBe(true);
    const offCurve = changed(ciphertext, 64);
    const attempts = [offCurve, changed(ciphertext, 70), changed(ciphertext, 97), ciphertext.subarray(0, 97)];
    for (const bad of [...attempts, Buffer.alloc(0), Buffer.alloc(200, 4), Buffer.alloc(200, 0x30)]) {
      const opening = rig.cluster.decrypt(key, 'SM2PKE', { ciphertext: bad });
      await expect(opening).rejects.toMatchObject({ code: 'INVALID_CIPHERTEXT' });
    }
  });

  it.each([
    ['0', Buffer.alloc(32)],
    ['n - 1, which cannot sign', bytes32(N - 1n)],
    ['n', bytes32(N)],
    ['33 bytes', Buffer.alloc(33, 1)],
    ['31 bytes', Buffer.alloc(31, 1)],
  ])('the scalar %s is INVALID_KEY_MATERIAL', async (_what, scalar) => {
    const importing = rig.cluster.importKey('SM2', scalar);
    await expect(importing).rejects.toMatchObject({ code: 'INVALID_KEY_MATERIAL' });
  });

  it('does no other kind of work, nor takes another digest', async () => {
    const key = await rig.cluster.generate('SM2');
    const invalid = { code: 'INVALID_INPUT' };
    await expect(rig.cluster.sign(key, 'ECDSA_SHA_256', Buffer.alloc(32))).rejects.toMatchObject(invalid);
    await expect(rig.cluster.sign(key, 'SM2DSA', Buffer.alloc(31))).rejects.toMatchObject(invalid);
    await expect(rig.cluster.agree(key, pointOf(key))).rejects.toMatchObject(invalid);
    const ec = await rig.cluster.generate('EC_P256');
    await expect(rig.cluster.sign(ec, 'SM2DSA', Buffer.alloc(32))).rejects.toMatchObject(invalid);
  });
});

describe('the blob of an SM key', () => {
  it.each(['SM4', 'SM2'] as const)('of %s that was changed anywhere is KEY_DAMAGED', async (spec) => {
    const key = await rig.cluster.generate(spec);
    const use = (blob: Buffer) => {
      const other = { ...key, blob };
      return spec === 'SM4'
        ? rig.cluster.encrypt(other, 'SM4_GCM', { plaintext: MESSAGE })
        : rig.cluster.sign(other, 'SM2DSA', Buffer.alloc(32));
    };
    const last = key.blob.length - 1;
    const places = [0, 1, 9, SEALED_AT - 1, SEALED_AT, SEALED_AT + 32, SEALED_AT + 44, last];
    const blobs = places.map((at) => changed(key.blob, at));
    for (const blob of [...blobs, key.blob.subarray(0, last), Buffer.concat([key.blob, Buffer.of(0)])]) {
      await expect(use(blob)).rejects.toMatchObject({ code: 'KEY_DAMAGED' });
    }
    await expect(use(key.blob)).resolves.toBeDefined();
  });

  it('does not open as a key of another spec, whose operations would undo the sealing', async () => {
    const { blob } = await rig.cluster.generate('SM4');
    const codes = { AES_128: 1, AES_192: 2, AES_256: 3, RSA_2048: 16, EC_P256: 32, EC_P256K: 33, SM2: 49 };
    for (const code of Object.values(codes)) {
      for (const format of [1, 2]) {
        for (const end of [SEALED_AT, blob.length]) {
          const forged = Buffer.concat([Buffer.of(0x48, format, code), blob.subarray(3, end)]);
          for (const attempt of await attempts({ blob: forged, publicKey: null })) {
            expect(attempt).toMatch(/KEY_DAMAGED|INVALID_INPUT/);
          }
        }
      }
    }
  });

  it('holds neither the key, nor the same bytes twice for the same key', async () => {
    const secret = randomBytes(16);
    const [one, other] = await Promise.all([0, 1].map(() => rig.cluster.importKey('SM4', secret)));
    expect(present(one).blob.includes(secret)).toBe(false);
    expect(present(one).blob.subarray(9).equals(present(other).blob.subarray(9))).toBe(false);
  });
});

it('says that SM is done with the node, and offers its specs', () => {
  const { specs, operations } = rig.cluster.capabilities();
  expect(specs).toEqual(expect.arrayContaining<HsmKeySpec>(['SM4', 'SM2']));
  const rows = operations.filter(({ operation }) => /SM[24]/.test(operation));
  expect(rows).toHaveLength(9);
  expect(new Set(rows.map(({ where }) => where))).toEqual(new Set(['token+node']));
});

const gcmGroups = vectorGroups('wycheproof-sm4-gcm') as readonly { readonly tests: readonly AeadTest[] }[];

/** The error codes, or OPENED, of every use that gives the sealing secret or something made with it. */
async function attempts(key: HsmKey): Promise<string[]> {
  const { cluster } = rig;
  const input = { plaintext: Buffer.alloc(16) };
  const uses = [
    () => cluster.encrypt(key, 'AES_ECB', input),
    () => cluster.encrypt(key, 'SM4_ECB', input),
    () => cluster.sign(key, 'ECDSA_SHA_256', Buffer.alloc(32)),
    () => cluster.sign(key, 'RSA_PKCS1_SHA_256', Buffer.alloc(32)),
    () => cluster.sign(key, 'SM2DSA', Buffer.alloc(32)),
  ];
  return Promise.all(
    uses.map((use) =>
      use().then(
        () => 'OPENED',
        (error: unknown) => (error as { code: string }).code,
      ),
    ),
  );
}
