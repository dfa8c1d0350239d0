// Encrypt and Decrypt of the software key store: properties of every spec, and independent implementations.
// Published vectors are in test/vectors.

import { constants, createHash, generateKeyPairSync, privateDecrypt, publicEncrypt } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { EncryptionAlgorithmName } from '../../../appliance/core/algorithms.ts';
import type { KeyVersion } from '../../../appliance/core/key.ts';
import { type KeySpecName, keySpec } from '../../../appliance/core/key-specs.ts';
import type { DecryptInput, EncryptInput } from '../../../appliance/core/ports/key-store.ts';
import { ERROR_TABLE, KmsError } from '../../../appliance/errors.ts';
import { changed } from '../../support/present.ts';
import {
  encryption,
  generatedVersion,
  SLOW,
  softwareKeyStore,
  TESTED_SPECS,
  versionOf,
  versionPerSpec,
} from '../../support/software-keys.ts';

const NO_IV = Buffer.alloc(0);
const encrypting = TESTED_SPECS.flatMap((spec) =>
  [...spec.encryption, ...spec.openApiEncryption].map((name) => ({ spec: spec.name, name })),
);

const store = softwareKeyStore();
const versionFor = versionPerSpec(store);
afterAll(() => store.close());

/** The outcome as a promise, whether the store answers at once or later. */
const settled = async <T>(work: () => T | Promise<T>): Promise<T> => await work();
const encrypt = (version: KeyVersion, name: EncryptionAlgorithmName, input: EncryptInput) =>
  settled(() => store.encrypt(version, encryption(name), input));
const decrypt = (version: KeyVersion, name: EncryptionAlgorithmName, input: DecryptInput) =>
  settled(() => store.decrypt(version, encryption(name), input));
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

function maxLength(spec: KeySpecName): number {
  const { material } = keySpec(spec);
  return material.type === 'rsa' ? material.modulusBits / 8 - 66 : 4096;
}

describe.each(encrypting)('$name with $spec', ({ spec, name }) => {
  const numRuns = SLOW ? 300 : 25;

  it('decrypts what it encrypted, whatever its length', async () => {
    const version = await versionFor(spec);
    const bytes = fc.uint8Array({ maxLength: maxLength(spec) });
    await fc.assert(
      fc.asyncProperty(bytes, fc.uint8Array({ maxLength: 100 }), async (plaintext, aad) => {
        const extra = encryption(name).aad ? { aad } : {};
        const { ciphertext, iv } = await encrypt(version, name, { plaintext, ...extra });
        expect(iv).toHaveLength(encryption(name).ivBytes);
        expect(await decrypt(version, name, { ciphertext, iv, ...extra })).toEqual(Buffer.from(plaintext));
      }),
      { numRuns },
    );
  });

  it('answers InvalidParameter with the one text when any byte of the ciphertext is changed or missing', async () => {
    const version = await versionFor(spec);
    const { ciphertext, iv } = await encrypt(version, name, { plaintext: Buffer.from('plaintext') });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(ciphertext.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const altered = changed(ciphertext, at, change);
          for (const bad of [
            altered,
            ciphertext.subarray(0, at),
            Buffer.concat([ciphertext, altered.subarray(0, 1)]),
          ]) {
            const error = await failureOf(decrypt(version, name, { ciphertext: bad, iv }));
            expect(error).toBeInstanceOf(KmsError);
            expect(error).toMatchObject({
              code: 'InvalidParameter',
              message: ERROR_TABLE.InvalidParameter.message,
            });
            expect((error as Error).cause).toBeUndefined();
          }
        },
      ),
      { numRuns },
    );
  });

  it('encrypts the same text differently each time', async () => {
    const version = await versionFor(spec);
    const [one, two] = await Promise.all(
      [1, 2].map(() => encrypt(version, name, { plaintext: Buffer.alloc(9) })),
    );
    expect(one?.ciphertext).not.toEqual(two?.ciphertext);
  });

  it('does not decrypt with another key of the spec', async () => {
    const { ciphertext, iv } = await encrypt(await versionFor(spec), name, { plaintext: Buffer.alloc(9) });
    const other = await generatedVersion(store, spec);
    await expect(decrypt(other, name, { ciphertext, iv })).rejects.toMatchObject({
      code: 'InvalidParameter',
    });
  });
});

describe('AES_GCM', () => {
  it('answers at once, not with a promise', async () => {
    const version = await versionFor('Aliyun_AES_256');
    const output = store.encrypt(version, encryption('AES_GCM'), { plaintext: Buffer.alloc(32) });
    expect(output).not.toBeInstanceOf(Promise);
    const { ciphertext, iv } = await output;
    expect(store.decrypt(version, encryption('AES_GCM'), { ciphertext, iv })).toBeInstanceOf(Buffer);
  });

  it('never hands out an IV twice, over several refills of its pool', async () => {
    const version = await versionFor('Aliyun_AES_256');
    const seen = new Set<string>();
    for (let count = 0; count < 2_000; count += 1) {
      const { iv } = await store.encrypt(version, encryption('AES_GCM'), { plaintext: Buffer.alloc(1) });
      seen.add(iv.toString('hex'));
    }
    expect(seen.size).toBe(2_000);
  });

  it('refuses another IV and other additional data', async () => {
    const version = await versionFor('Aliyun_AES_256');
    const aad = Buffer.from('context');
    const { ciphertext, iv } = await encrypt(version, 'AES_GCM', { plaintext: Buffer.alloc(9), aad });
    const bad: DecryptInput[] = [
      { ciphertext, iv },
      { ciphertext, iv, aad: Buffer.from('other') },
      { ciphertext, iv: Buffer.alloc(12), aad },
    ];
    for (const input of bad) {
      await expect(decrypt(version, 'AES_GCM', input)).rejects.toMatchObject({ code: 'InvalidParameter' });
    }
  });
});

describe.each([
  { name: 'RSAES_OAEP_SHA_256', hash: 'sha256', longest: 190 },
  { name: 'RSAES_OAEP_SHA_1', hash: 'sha1', longest: 214 },
] as const)('$name', ({ name, hash, longest }) => {
  it('refuses a plaintext too long for the modulus with InvalidParameter', async () => {
    const version = await versionFor('RSA_2048');
    await encrypt(version, name, { plaintext: Buffer.alloc(longest) });
    const tooLong = encrypt(version, name, { plaintext: Buffer.alloc(longest + 1) });
    await expect(tooLong).rejects.toMatchObject({ code: 'InvalidParameter' });
  });

  it('pads as RFC 8017 says, undone here by hand', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const version = versionOf('RSA_2048', privateKey.export({ type: 'pkcs8', format: 'der' }), spki);
    const plaintext = Buffer.from('plaintext');
    const { ciphertext } = await encrypt(version, name, { plaintext });
    const raw = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, ciphertext);
    expect(unpadOaep(raw, hash)).toEqual(plaintext);
  });

  it('agrees with node:crypto both ways', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const version = versionOf('RSA_2048', privateKey.export({ type: 'pkcs8', format: 'der' }), spki);
    const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash };
    const plaintext = Buffer.from('plaintext');
    const { ciphertext } = await encrypt(version, name, { plaintext });
    expect(privateDecrypt({ key: privateKey, ...oaep }, ciphertext)).toEqual(plaintext);
    const theirs = publicEncrypt({ key: publicKey, ...oaep }, plaintext);
    expect(await decrypt(version, name, { ciphertext: theirs, iv: NO_IV })).toEqual(plaintext);
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
