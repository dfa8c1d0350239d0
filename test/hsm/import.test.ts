// Outside material in the HSM: every wrapping of the matrix, made as its owner makes it; what is refused, and always in
// the same way; and the fingerprint that tells whether material came before.

import {
  createCipheriv,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  verify,
} from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HsmImportedKey, HsmKey, HsmKeySpec, HsmWrapping } from '../../hsm-adapter/index.ts';
import { createHsmRig, type HsmRig } from '../support/hsm-rig.ts';
import { changed, present } from '../support/present.ts';
import { bytes32, derOf, digestOf, multipleOfBase, N, number } from '../support/sm2-oracle.ts';
import { smCryptoPeer } from '../support/sm2-peers.ts';
import { envelopeOf, wrapForHsm } from '../support/wrapping-side.ts';

const MESSAGE = Buffer.from('the message that is signed');
const DIGEST = createHash('sha256').update(MESSAGE).digest();
const CIPHERS = {
  AES_128: 'aes-128-ecb',
  AES_192: 'aes-192-ecb',
  AES_256: 'aes-256-ecb',
  SM4: 'sm4-ecb',
} as const;
const BYTES = { AES_128: 16, AES_192: 24, AES_256: 32, SM4: 16 } as const;

let rig: HsmRig;
let wrappingKeys: Readonly<Record<'rsa' | 'sm2', HsmKey>>;
beforeAll(async () => {
  rig = await createHsmRig({ members: 2, args: ['--processes', '1'] });
  wrappingKeys = { rsa: await rig.cluster.generate('RSA_2048'), sm2: await rig.cluster.generate('SM2') };
});
afterAll(() => rig.close());

function keyFor(wrapping: HsmWrapping): HsmKey {
  return wrappingKeys[wrapping.startsWith('SM2') ? 'sm2' : 'rsa'];
}

function importAs(spec: HsmKeySpec, wrapping: HsmWrapping, wrapped: Buffer): Promise<HsmImportedKey> {
  return rig.cluster.importWrapped({ spec, wrapping, wrapped, wrappingKey: keyFor(wrapping) });
}

function wrap(wrapping: HsmWrapping, material: Buffer): Buffer {
  return wrapForHsm(present(keyFor(wrapping).publicKey), wrapping, material);
}

function pkcs8(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'pkcs8' });
}

async function refused(importing: Promise<unknown>): Promise<void> {
  await expect(importing).rejects.toMatchObject({
    code: 'INVALID_KEY_MATERIAL',
    message: 'The key material is not of its spec.',
  });
}

describe.each(['RSA_PKCS1_V1_5', 'RSA_OAEP_SHA_256', 'SM2PKE'] as const)('%s', (wrapping) => {
  it.each(Object.keys(CIPHERS) as (keyof typeof CIPHERS)[])('brings in a %s', async (spec) => {
    const secret = randomBytes(BYTES[spec]);
    const key = await importAs(spec, wrapping, wrap(wrapping, secret));
    const mode = spec === 'SM4' ? 'SM4_ECB' : 'AES_ECB';
    const { ciphertext } = await rig.cluster.encrypt(key, mode, { plaintext: Buffer.alloc(16) });
    expect(ciphertext.equals(createCipheriv(CIPHERS[spec], secret, null).update(Buffer.alloc(16)))).toBe(
      true,
    );
  });

  it('refuses what was changed, cut, is of another length or comes under another key', async () => {
    const wrapped = wrap(wrapping, randomBytes(32));
    for (const bad of [
      changed(wrapped, 20),
      wrapped.subarray(1),
      Buffer.alloc(0),
      wrap(wrapping, randomBytes(16)),
    ]) {
      await refused(importAs('AES_256', wrapping, bad));
    }
    const other = await rig.cluster.generate(wrapping.startsWith('SM2') ? 'SM2' : 'RSA_2048');
    await refused(rig.cluster.importWrapped({ spec: 'AES_256', wrapping, wrapped, wrappingKey: other }));
  });

  it('takes no key pair, and no wrapping key of another kind', async () => {
    const wrapped = wrap(wrapping, randomBytes(32));
    await expect(importAs('EC_P256', wrapping, wrapped)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const wrappingKey = wrappingKeys[wrapping.startsWith('SM2') ? 'rsa' : 'sm2'];
    const importing = rig.cluster.importWrapped({ spec: 'AES_256', wrapping, wrapped, wrappingKey });
    await expect(importing).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

// Refusing before the way into the token, half of the whole work or more, would make the ratio 0.5 or less.
it.each(['RSA_PKCS1_V1_5', 'RSA_OAEP_SHA_256'] as const)(
  'what does not open under %s is refused in the time that an import takes',
  async (wrapping) => {
    const good = wrap(wrapping, randomBytes(32));
    const bad = changed(good, 30);
    const times: { readonly good: number[]; readonly bad: number[] } = { good: [], bad: [] };
    for (let round = 0; round < 25; round += 1) {
      times.good.push(await elapsed(() => importAs('AES_256', wrapping, good)));
      times.bad.push(await elapsed(() => refused(importAs('AES_256', wrapping, bad))));
    }
    const ratio = median(times.bad) / median(times.good);
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.5);
  },
);

describe('key pairs in an RSA envelope', () => {
  const wrapping = 'RSA_OAEP_SHA_256_AES_256_ECB_PKCS7';

  it.each([2048, 3072, 4096])('RSA of %i bits signs as its owner', async (modulusLength) => {
    const pair = generateKeyPairSync('rsa', { modulusLength });
    const key = await importAs(
      `RSA_${modulusLength}` as HsmKeySpec,
      wrapping,
      wrap(wrapping, pkcs8(pair.privateKey)),
    );
    const signature = await rig.cluster.sign(key, 'RSA_PKCS1_SHA_256', DIGEST);
    expect(verify('sha256', MESSAGE, pair.publicKey, signature)).toBe(true);
  });

  it.each([
    ['EC_P256', 'prime256v1', '06082a8648ce3d030107'],
    ['EC_P256K', 'secp256k1', '06052b8104000a'],
  ] as const)(
    '%s signs as its owner, with the public key in the PKCS#8 or without',
    async (spec, curve, oid) => {
      const pair = generateKeyPairSync('ec', { namedCurve: curve });
      const whole = await importAs(spec, wrapping, wrap(wrapping, pkcs8(pair.privateKey)));
      const bare = await importAs(spec, wrapping, wrap(wrapping, withoutPublicKey(pair.privateKey, oid)));
      for (const key of [whole, bare]) {
        const signature = await rig.cluster.sign(key, 'ECDSA_SHA_256', DIGEST);
        expect(verify('sha256', MESSAGE, pair.publicKey, signature)).toBe(true);
        const spki = createPublicKey({ key: present(key.publicKey), format: 'der', type: 'spki' });
        expect(spki.equals(pair.publicKey)).toBe(true);
      }
      expect(bare.fingerprint.equals(whole.fingerprint)).toBe(true);
    },
  );

  it('refuses rubbish, another curve or size, a byte more, and blocks in another order', async () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
    const good = pkcs8(ec);
    const wrapped = wrap(wrapping, good);
    const swapped = Buffer.concat([
      wrapped.subarray(0, 256),
      wrapped.subarray(272, 288),
      wrapped.subarray(256, 272),
      wrapped.subarray(288),
    ]);
    await refused(importAs('EC_P256', wrapping, swapped));
    await refused(importAs('EC_P256', wrapping, wrapped.subarray(0, -16)));
    await refused(importAs('EC_P256', wrapping, changed(wrapped, 9)));
    await refused(importAs('EC_P256', wrapping, wrap(wrapping, Buffer.concat([good, Buffer.of(0)]))));
    await refused(importAs('EC_P256K', wrapping, wrapped));
    await refused(importAs('RSA_2048', wrapping, wrapped));
    await refused(importAs('EC_P256', wrapping, wrap(wrapping, randomBytes(138))));
    await expect(importAs('EC_P256', wrapping, wrapped)).resolves.toMatchObject({});
  });
});

describe('SM2 keys in an SM2 envelope', () => {
  const wrapping = 'SM2PKE_SM4_ECB';

  it.each(['raw', 'der'] as const)('sign as their owner, their SM2 ciphertext being %s', async (form) => {
    for (const d of [1n, N - 2n, number(randomBytes(32)) % (N - 2n), number(randomBytes(31))]) {
      const wrapped = wrapForHsm(present(wrappingKeys.sm2.publicKey), wrapping, bytes32(d), form);
      const key = await importAs('SM2', wrapping, wrapped);
      const point = present(key.publicKey).subarray(-65);
      expect(point.equals(multipleOfBase(d))).toBe(true);
      const signature = await rig.cluster.sign(key, 'SM2DSA', digestOf(point, MESSAGE));
      expect(smCryptoPeer.verify({ scalar: bytes32(d), point }, MESSAGE, signature)).toBe(true);
    }
  });

  it('are refused when cut, changed, of another length, out of range or wrapped C1 C2 C3', async () => {
    const scalar = bytes32(number(randomBytes(31)) + 1n);
    const wrapped = wrap(wrapping, scalar);
    const c2c3 = Buffer.concat([
      wrapped.subarray(0, 65),
      wrapped.subarray(97, 113),
      wrapped.subarray(65, 97),
      wrapped.subarray(113),
    ]);
    const bad = [
      changed(wrapped, 64),
      changed(wrapped, 100),
      wrapped.subarray(0, -1),
      wrapped.subarray(0, -16),
      Buffer.concat([wrapped, Buffer.alloc(16)]),
      c2c3,
      Buffer.alloc(0),
      ...[Buffer.alloc(32), bytes32(N - 1n), bytes32(N), Buffer.alloc(32, 0xff)].map((other) =>
        wrap(wrapping, other),
      ),
      wrap(wrapping, Buffer.alloc(16, 1)),
      wrap(wrapping, Buffer.alloc(48, 1)),
    ];
    for (const one of bad) await refused(importAs('SM2', wrapping, one));
    await expect(importAs('SM2', wrapping, wrapped)).resolves.toMatchObject({});
  });

  it('with a key in the envelope that is no SM4 key are refused', async () => {
    const spki = present(wrappingKeys.sm2.publicKey);
    const head = wrapForHsm(spki, 'SM2PKE', Buffer.alloc(32, 1));
    const { content } = envelopeOf(spki, wrapping, bytes32(5n), Buffer.alloc(16, 1));
    await refused(importAs('SM2', wrapping, Buffer.concat([head, content])));
  });
});

describe('the fingerprint', () => {
  it.each(['AES_256', 'SM4', 'SM2'] as const)(
    'of a %s is the same on every member, and another for other material',
    async (spec) => {
      const secret = randomBytes(spec === 'SM4' ? 16 : 32).fill(1, 0, 1);
      const prints = await Promise.all(
        rig.members().map(async (member) => {
          const one = rig.connect({ members: [member], domainCheckValue: rig.domainCheckValue });
          await one.firstContact();
          return (await one.importKey(spec, secret)).fingerprint.toString('hex');
        }),
      );
      expect(prints[0]).toMatch(/^[0-9a-f]{64}$/);
      expect(prints[1]).toBe(prints[0]);
      const other = await rig.cluster.importKey(spec, changed(secret, 9));
      expect(other.fingerprint.toString('hex')).not.toBe(prints[0]);
    },
  );

  it('of the same bytes as a key of another spec is another', async () => {
    const secret = randomBytes(16);
    const [aes, sm4] = await Promise.all(
      (['AES_128', 'SM4'] as const).map((spec) => rig.cluster.importKey(spec, secret)),
    );
    expect(present(aes).fingerprint.equals(present(sm4).fingerprint)).toBe(false);
  });

  it('is no hash of the material, and another under another domain key', async () => {
    const secret = randomBytes(16);
    const foreign = await createHsmRig({ members: 1, args: ['--processes', '1'] });
    try {
      const [here, there] = await Promise.all(
        [rig.cluster, foreign.cluster].map((one) => one.importKey('AES_128', secret)),
      );
      expect(present(here).fingerprint.equals(present(there).fingerprint)).toBe(false);
    } finally {
      await foreign.close();
    }
  });
});

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function median(values: readonly number[]): number {
  return present([...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]);
}

/** PKCS#8 as Java's own provider writes it: RFC 5915 without the public key. */
function withoutPublicKey(key: KeyObject, curve: string): Buffer {
  const scalar = Buffer.from(present(key.export({ format: 'jwk' }).d), 'base64url');
  const inner = derOf(0x30, derOf(0x02, Buffer.of(1)), derOf(0x04, scalar));
  const algorithm = derOf(0x30, Buffer.from('06072a8648ce3d0201', 'hex'), Buffer.from(curve, 'hex'));
  return derOf(0x30, derOf(0x02, Buffer.of(0)), algorithm, derOf(0x04, inner));
}
