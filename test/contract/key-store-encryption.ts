// The contract of key stores, part Encrypt and Decrypt: properties of every spec and algorithm, and what node:crypto
// makes of the same material. Published vectors are in test/vectors.

import {
  type CipherGCMTypes,
  constants,
  createCipheriv,
  createDecipheriv,
  generateKeyPairSync,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EncryptionAlgorithmName, PaddingMode } from '../../appliance/core/algorithms.ts';
import { type KeySpecName, keySpec, maxPlaintextBytes } from '../../appliance/core/key-specs.ts';
import type { DecryptInput } from '../../appliance/core/ports/key-store.ts';
import { ERROR_TABLE, KmsError } from '../../appliance/errors.ts';
import { changed, present } from '../support/present.ts';
import { rawToDer } from '../support/sm2-oracle.ts';
import { smCryptoPeer } from '../support/sm2-peers.ts';
import { encryption, generatedVersion, SLOW } from '../support/software-keys.ts';
import { type ContractBench, failureOf, NO_IV } from './key-store-bench.ts';

const BLOCK_BYTES = 16;

interface Case {
  readonly spec: KeySpecName;
  readonly name: EncryptionAlgorithmName;
}

export function encryptionContract(bench: ContractBench): void {
  const { specs, lacks } = bench.subject;
  const cases: readonly Case[] = specs.flatMap((spec) =>
    [...spec.encryption, ...spec.openApiEncryption]
      .filter((name) => !lacks.has(name))
      .map((name) => ({ spec: spec.name, name })),
  );
  const padded = ({ name }: Case) => encryption(name).paddingModes.length > 0;
  describe.each(cases.filter((each) => !padded(each)))('$name with $spec', (each) => {
    authenticContract(bench, each);
  });
  describe.each(cases.filter(padded))('$name with $spec', (each) => blockContract(bench, each));
  const isGcm = ({ name }: Case) => name.endsWith('_GCM');
  describe.each(cases.filter(isGcm))('$name with $spec', (each) => gcmContract(bench, each));
  // SM4-GCM is none of node:crypto's; test/vectors and test/hsm hold it against published vectors.
  describe.each(cases.filter(({ name }) => name === 'AES_GCM'))('AES_GCM with $spec', (each) => {
    nativeGcmContract(bench, each);
  });
  describe.each(cases.filter(({ name }) => name === 'SM2PKE'))('$name', () => sm2Contract(bench));
  describe.each(cases.filter(({ spec, name }) => spec === 'RSA_2048' && name in OAEP))('$name', (each) => {
    oaepContract(bench, each);
  });
}

/** Algorithms that notice every change of a ciphertext. */
function authenticContract(
  { opened, versionFor, encrypt, decrypt }: ContractBench,
  { spec, name }: Case,
): void {
  const numRuns = SLOW ? 300 : 25;
  const maxLength = Math.min(4096, maxPlaintextBytes(keySpec(spec), encryption(name)));
  // Of SM2 an empty message would be its own ciphertext.
  const minLength = name === 'SM2PKE' ? 1 : 0;

  it('decrypts what it encrypted, whatever its length', async () => {
    const version = await versionFor(spec);
    const bytes = fc.uint8Array({ minLength, maxLength });
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
          const longer = Buffer.concat([ciphertext, altered.subarray(0, 1)]);
          for (const bad of [altered, ciphertext.subarray(0, at), longer])
            expectUndecryptable(await failureOf(decrypt(version, name, { ciphertext: bad, iv })));
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
    const other = await generatedVersion(opened().store, spec);
    expectUndecryptable(await failureOf(decrypt(other, name, { ciphertext, iv })));
  });
}

function expectUndecryptable(error: unknown): void {
  expect(error).toBeInstanceOf(KmsError);
  expect(error).toMatchObject({ code: 'InvalidParameter', message: ERROR_TABLE.InvalidParameter.message });
  expect((error as Error).cause).toBeUndefined();
}

/** CBC and ECB, with and without padding. */
function blockContract({ opened, encrypt, decrypt }: ContractBench, { spec, name }: Case): void {
  const { ivBytes, paddingModes } = encryption(name);
  const { material } = keySpec(spec);
  const bits = material.type === 'symmetric' ? material.bytes * 8 : 0;
  const native = `${spec === 'Aliyun_SM4' ? 'sm4' : `aes-${bits}`}-${ivBytes > 0 ? 'cbc' : 'ecb'}`;
  const nativeIv = (iv: Buffer) => (ivBytes > 0 ? iv : null);
  const sizes = (padding: PaddingMode | undefined) =>
    padding === 'NO_PADDING' ? [16, 32, 4096] : [0, 1, 15, 16, 17, 4096];
  const versionWithSecret = async () => {
    const secret = randomBytes(bits / 8);
    return { secret, version: await opened().versionOf(spec, Buffer.from(secret), null) };
  };

  it.each([undefined, ...paddingModes])('agrees with node:crypto both ways, padding %s', async (padding) => {
    const { secret, version } = await versionWithSecret();
    const extra = padding === undefined ? {} : { padding };
    for (const size of sizes(padding)) {
      const plaintext = randomBytes(size);
      const { ciphertext, iv } = await encrypt(version, name, { plaintext, ...extra });
      expect(iv).toHaveLength(ivBytes);
      const pads = padding !== 'NO_PADDING';
      expect(ciphertext).toHaveLength(pads ? size + BLOCK_BYTES - (size % BLOCK_BYTES) : size);
      const decipher = createDecipheriv(native, secret, nativeIv(iv)).setAutoPadding(pads);
      expect(Buffer.concat([decipher.update(ciphertext), decipher.final()])).toEqual(plaintext);
      const cipher = createCipheriv(native, secret, nativeIv(iv)).setAutoPadding(pads);
      const theirs = Buffer.concat([cipher.update(plaintext), cipher.final()]);
      expect(await decrypt(version, name, { ciphertext: theirs, iv, ...extra })).toEqual(plaintext);
    }
  });

  it('uses the IV it is given, and ignores one where none belongs', async () => {
    const { secret, version } = await versionWithSecret();
    const plaintext = randomBytes(40);
    const given = randomBytes(16);
    const { ciphertext, iv } = await encrypt(version, name, { plaintext, iv: given });
    expect(iv).toEqual(ivBytes > 0 ? given : NO_IV);
    const cipher = createCipheriv(native, secret, nativeIv(given));
    expect(ciphertext).toEqual(Buffer.concat([cipher.update(plaintext), cipher.final()]));
    expect(await decrypt(version, name, { ciphertext, iv: given })).toEqual(plaintext);
  });

  it('answers InvalidParameter with the one text for bad padding and for what is no whole blocks', async () => {
    const { secret, version } = await versionWithSecret();
    const iv = Buffer.alloc(ivBytes);
    const raw = (plaintext: Buffer) =>
      createCipheriv(native, secret, nativeIv(iv)).setAutoPadding(false).update(plaintext);
    const badPadding = [0, 17, 255].map((last) => raw(Buffer.alloc(16, last)));
    const uneven = raw(Buffer.from([...Buffer.alloc(14), 3, 2]));
    for (const ciphertext of [...badPadding, uneven, raw(Buffer.alloc(32)).subarray(0, 17), Buffer.alloc(15)])
      expectUndecryptable(await failureOf(decrypt(version, name, { ciphertext, iv })));
    const cut = { ciphertext: raw(Buffer.alloc(32)).subarray(0, 31), iv, padding: 'NO_PADDING' } as const;
    expectUndecryptable(await failureOf(decrypt(version, name, cut)));
  });
}

function nativeGcmContract({ opened, encrypt, decrypt }: ContractBench, { spec }: Case): void {
  it('agrees with node:crypto both ways', async () => {
    const { material } = keySpec(spec);
    const secret = randomBytes(material.type === 'symmetric' ? material.bytes : 0);
    const version = await opened().versionOf(spec, Buffer.from(secret), null);
    const native = `aes-${secret.length * 8}-gcm` as CipherGCMTypes;
    const aad = randomBytes(20);
    for (const size of [0, 1, 16, 5000]) {
      const plaintext = randomBytes(size);
      const { ciphertext, iv } = await encrypt(version, 'AES_GCM', { plaintext, aad });
      const cipher = createCipheriv(native, secret, iv).setAAD(aad);
      expect(ciphertext).toEqual(
        Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]),
      );
      expect(await decrypt(version, 'AES_GCM', { ciphertext, iv, aad })).toEqual(plaintext);
    }
  });
}

function gcmContract({ versionFor, encrypt, decrypt }: ContractBench, { spec, name }: Case): void {
  it('never hands out an IV twice', async () => {
    const version = await versionFor(spec);
    const seen = new Set<string>();
    for (let count = 0; count < 2_000; count += 1) {
      const { iv } = await encrypt(version, name, { plaintext: Buffer.alloc(1) });
      seen.add(iv.toString('hex'));
    }
    expect(seen.size).toBe(2_000);
  });

  it('refuses another IV and other additional data', async () => {
    const version = await versionFor(spec);
    const aad = Buffer.from('context');
    const { ciphertext, iv } = await encrypt(version, name, { plaintext: Buffer.alloc(9), aad });
    const bad: DecryptInput[] = [
      { ciphertext, iv },
      { ciphertext, iv, aad: Buffer.from('other') },
      { ciphertext, iv: Buffer.alloc(12), aad },
    ];
    for (const input of bad) expectUndecryptable(await failureOf(decrypt(version, name, input)));
  });
}

function sm2Contract({ versionFor, encrypt, decrypt }: ContractBench): void {
  it('decrypts what sm-crypto encrypted, raw and in DER', async () => {
    const version = await versionFor('EC_SM2');
    const point = present(version.publicKey).subarray(-65);
    const plaintext = Buffer.from('plaintext');
    for (let round = 0; round < 5; round += 1) {
      const raw = smCryptoPeer.encrypt({ scalar: NO_IV, point }, plaintext);
      for (const ciphertext of [raw, rawToDer(raw)])
        expect(await decrypt(version, 'SM2PKE', { ciphertext, iv: NO_IV })).toEqual(plaintext);
    }
  });

  it('refuses the empty plaintext and one over 6047 bytes with InvalidParameter', async () => {
    const version = await versionFor('EC_SM2');
    expect((await encrypt(version, 'SM2PKE', { plaintext: Buffer.alloc(6047) })).ciphertext).toHaveLength(
      6144,
    );
    for (const length of [0, 6048]) {
      const refused = encrypt(version, 'SM2PKE', { plaintext: Buffer.alloc(length) });
      await expect(refused).rejects.toMatchObject({ code: 'InvalidParameter' });
    }
  });
}

const OAEP: Readonly<Record<string, { readonly hash: string; readonly longest: number }>> = {
  RSAES_OAEP_SHA_256: { hash: 'sha256', longest: 190 },
  RSAES_OAEP_SHA_1: { hash: 'sha1', longest: 214 },
};

function oaepContract({ opened, versionFor, encrypt, decrypt }: ContractBench, { name }: Case): void {
  const { hash = '', longest = 0 } = OAEP[name] ?? {};

  it('refuses a plaintext too long for the modulus with InvalidParameter', async () => {
    const version = await versionFor('RSA_2048');
    await encrypt(version, name, { plaintext: Buffer.alloc(longest) });
    const tooLong = encrypt(version, name, { plaintext: Buffer.alloc(longest + 1) });
    await expect(tooLong).rejects.toMatchObject({ code: 'InvalidParameter' });
  });

  it('agrees with node:crypto both ways', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
    const version = await opened().versionOf('RSA_2048', pkcs8, spki);
    const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash };
    const plaintext = Buffer.from('plaintext');
    const { ciphertext } = await encrypt(version, name, { plaintext });
    expect(privateDecrypt({ key: privateKey, ...oaep }, ciphertext)).toEqual(plaintext);
    const theirs = publicEncrypt({ key: publicKey, ...oaep }, plaintext);
    expect(await decrypt(version, name, { ciphertext: theirs, iv: NO_IV })).toEqual(plaintext);
  });
}
