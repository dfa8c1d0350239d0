// The contract of the KeyStore port, run against every implementation: material, encryption, signatures and imports,
// checked by node:crypto, noble and sm-crypto. What is opened is made once for all tests of a subject.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KmsError } from '../../appliance/errors.ts';
import { present } from '../support/present.ts';
import { isOnSm2Curve } from '../support/sm2-oracle.ts';
import {
  encryption,
  generatedVersion,
  newIdentity,
  publicKeyOf,
  signature,
  versionPerSpec,
} from '../support/software-keys.ts';
import {
  type ContractBench,
  failureOf,
  type KeyStoreSubject,
  NO_IV,
  type OpenedKeyStore,
} from './key-store-bench.ts';
import { encryptionContract } from './key-store-encryption.ts';
import { importContract } from './key-store-imports.ts';
import { signatureContract } from './key-store-signatures.ts';

export function keyStoreContract(subject: KeyStoreSubject): void {
  let opened: OpenedKeyStore | undefined;
  let versions: ReturnType<typeof versionPerSpec> | undefined;
  beforeAll(async () => {
    opened = await subject.open();
    versions = versionPerSpec(opened.store);
  });
  afterAll(() => opened?.close());
  // Promises, whether the store answers at once or later.
  const bench: ContractBench = {
    subject,
    opened: () => present(opened),
    versionFor: (spec) => present(versions)(spec),
    encrypt: async (version, name, input) => present(opened).store.encrypt(version, encryption(name), input),
    decrypt: async (version, name, input) => present(opened).store.decrypt(version, encryption(name), input),
  };
  describe(subject.name, () => {
    materialContract(bench);
    encryptionContract(bench);
    signatureContract(bench);
    importContract(bench);
  });
}

function materialContract({ subject, opened, versionFor, encrypt, decrypt }: ContractBench): void {
  it.each(subject.specs)(
    'generates material of $name with the public key that belongs to it',
    async ({ name, material }) => {
      const version = await versionFor(name);
      if (material.type === 'symmetric') expect(version.publicKey).toBeNull();
      else {
        const { modulusLength, namedCurve } = publicKeyOf(version).asymmetricKeyDetails ?? {};
        if (material.type === 'rsa') expect(modulusLength).toBe(material.modulusBits);
        if (material.type === 'ec') expect(namedCurve).toBe(material.curve);
        if (material.type === 'sm2')
          expect(isOnSm2Curve(present(version.publicKey).subarray(-65))).toBe(true);
      }
    },
  );

  it('opens its material again after forget and in a new process', async () => {
    const version = await versionFor('Aliyun_AES_256');
    const { ciphertext, iv } = await encrypt(version, 'AES_GCM', { plaintext: Buffer.of(1) });
    opened().store.forget();
    expect(await decrypt(version, 'AES_GCM', { ciphertext, iv })).toEqual(Buffer.of(1));
    const other = opened().again();
    expect(await other.decrypt(version, encryption('AES_GCM'), { ciphertext, iv })).toEqual(Buffer.of(1));
    await other.close();
  });

  it('fails with a plain Error for material of another version, another spec or a foreign public key', async () => {
    const aes = await versionFor('Aliyun_AES_256');
    const ec = await versionFor('EC_P256');
    const foreign = await generatedVersion(opened().store, 'EC_P256');
    opened().store.forget();
    const ecies = 'ECIES_DH_SHA_1_XOR_HMAC';
    const plaintext = Buffer.of(1);
    const faults = [
      encrypt({ ...aes, id: newIdentity('Aliyun_AES_256').id }, 'AES_GCM', { plaintext }),
      encrypt({ ...ec, spec: 'EC_P256K' }, ecies, { plaintext }),
      encrypt({ ...ec, publicKey: foreign.publicKey }, ecies, { plaintext }),
      decrypt({ ...ec, publicKey: null }, ecies, { ciphertext: Buffer.alloc(99), iv: NO_IV }),
    ];
    for (const fault of faults) {
      const error = await failureOf(fault);
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(KmsError);
    }
  });

  it('fails with a plain Error when the spec does not offer the algorithm', async () => {
    const rsa = await versionFor('RSA_2048');
    const input = { type: 'RAW', message: NO_IV } as const;
    const wrong = async () => opened().store.verify(rsa, signature('ECDSA_SHA_256'), input, NO_IV);
    for (const fault of [encrypt(rsa, 'AES_GCM', { plaintext: NO_IV }), wrong()]) {
      const error = await failureOf(fault);
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(KmsError);
    }
  });

  it('refuses with UnsupportedOperation what the specs offer and it lacks', async () => {
    for (const { name, encryption: own, openApiEncryption } of subject.specs) {
      const lacking = [...own, ...openApiEncryption].filter((algorithm) => subject.lacks.has(algorithm));
      const version = await versionFor(name);
      for (const algorithm of lacking) {
        const attempts = [
          encrypt(version, algorithm, { plaintext: Buffer.alloc(16) }),
          decrypt(version, algorithm, { ciphertext: Buffer.alloc(256), iv: Buffer.alloc(16) }),
        ];
        for (const attempt of attempts)
          await expect(attempt).rejects.toMatchObject({ code: 'UnsupportedOperation' });
      }
    }
  });
}
