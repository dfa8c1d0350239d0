// What is the software key store's own, besides the contract of key stores in test/contract: what is answered at once,
// the bounds on asymmetric work, and the end of its threads.

import { constants, createHash, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import {
  encryption,
  generatedVersion,
  newIdentity,
  signature,
  softwareKeyStore,
  versionOf,
} from '../../support/software-keys.ts';

const NO_IV = Buffer.alloc(0);

const store = softwareKeyStore();
afterAll(() => store.close());

describe('SoftwareKeyStore', () => {
  it('answers AES_GCM at once, not with a promise', async () => {
    const version = await generatedVersion(store, 'Aliyun_AES_256');
    const output = store.encrypt(version, encryption('AES_GCM'), { plaintext: Buffer.alloc(32) });
    expect(output).not.toBeInstanceOf(Promise);
    const { ciphertext, iv } = await output;
    expect(store.decrypt(version, encryption('AES_GCM'), { ciphertext, iv })).toBeInstanceOf(Buffer);
  });

  it('refuses asymmetric work over its bound with Rejected.Throttling and symmetric work never', async () => {
    const bounded = softwareKeyStore({ maxAsymmetricInFlight: 1 });
    const version = await generatedVersion(store, 'EC_P256');
    const input = { type: 'RAW', message: Buffer.of(1) } as const;
    const first = bounded.sign(version, signature('ECDSA_SHA_256'), input);
    const encrypting = async () =>
      bounded.encrypt(version, encryption('ECIES_DH_SHA_1_XOR_HMAC'), { plaintext: NO_IV });
    const refused = [
      bounded.sign(version, signature('ECDSA_SHA_256'), input),
      bounded.verify(version, signature('ECDSA_SHA_256'), input, NO_IV),
      encrypting(),
    ];
    for (const work of refused) await expect(work).rejects.toMatchObject({ code: 'Rejected.Throttling' });
    await bounded.generate(newIdentity('Aliyun_AES_256'));
    await first;
    await bounded.close();
  });

  it('does no asymmetric work in its threads after close', async () => {
    const closed = softwareKeyStore();
    const version = await generatedVersion(store, 'EC_P256');
    await closed.close();
    const digest = Buffer.alloc(32, 1);
    await expect(
      closed.sign(version, signature('ECDSA_SHA_256'), { type: 'DIGEST', digest }),
    ).rejects.toThrow();
  });

  it.each([
    ['RSAES_OAEP_SHA_256', 'sha256'],
    ['RSAES_OAEP_SHA_1', 'sha1'],
  ] as const)('pads for %s as RFC 8017 says, undone here by hand', async (name, hash) => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const version = versionOf('RSA_2048', privateKey.export({ type: 'pkcs8', format: 'der' }), spki);
    const plaintext = Buffer.from('plaintext');
    const { ciphertext } = await store.encrypt(version, encryption(name), { plaintext });
    const raw = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, ciphertext);
    expect(unpadOaep(raw, hash)).toEqual(plaintext);
  });
});

/** RFC 8017 7.1.2 step 3, with an empty label. */
function unpadOaep(encoded: Buffer, hash: string): Buffer {
  const digest = (...parts: Uint8Array[]) =>
    parts.reduce((hashing, part) => hashing.update(part), createHash(hash)).digest();
  const size = digest().length;
  const unmask = (masked: Buffer, seed: Buffer): Buffer => {
    const blocks = Array.from({ length: Math.ceil(masked.length / size) }, (_, index) =>
      digest(seed, Buffer.of(0, 0, 0, index)),
    );
    const mask = Buffer.concat(blocks);
    return Buffer.from(masked.map((byte, index) => byte ^ (mask[index] ?? 0)));
  };
  const maskedBlock = encoded.subarray(1 + size);
  const block = unmask(maskedBlock, unmask(encoded.subarray(1, 1 + size), maskedBlock));
  expect(encoded[0]).toBe(0);
  expect(block.subarray(0, size)).toEqual(digest());
  const end = block.indexOf(1, size);
  expect(block.subarray(size, end).every((byte) => byte === 0)).toBe(true);
  return block.subarray(end + 1);
}
