// Material of the software key store: made, opened, bound to its version; and the bounds on asymmetric work.

import { afterAll, describe, expect, it } from 'vitest';
import type { EncryptionAlgorithmName } from '../../../appliance/core/algorithms.ts';
import type { KeyVersion } from '../../../appliance/core/key.ts';
import type { DecryptInput, EncryptInput } from '../../../appliance/core/ports/key-store.ts';
import { KmsError } from '../../../appliance/errors.ts';
import { present } from '../../support/present.ts';
import {
  encryption,
  generatedVersion,
  newIdentity,
  publicKeyOf,
  signature,
  softwareKeyStore,
  TESTED_SPECS,
  versionPerSpec,
} from '../../support/software-keys.ts';

const NO_IV = Buffer.alloc(0);

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

describe('SoftwareKeyStore', () => {
  it.each(TESTED_SPECS)(
    'generates material of $name with the public key that belongs to it',
    async ({ name, material }) => {
      const version = await versionFor(name);
      if (material.type === 'symmetric') expect(version.publicKey).toBeNull();
      else {
        const { modulusLength, namedCurve } = present(publicKeyOf(version).asymmetricKeyDetails);
        if (material.type === 'rsa') expect(modulusLength).toBe(material.modulusBits);
        if (material.type === 'ec') expect(namedCurve).toBe(material.curve);
      }
    },
  );

  it('opens its material again after forget and in a new process', async () => {
    const version = await versionFor('Aliyun_AES_256');
    const { ciphertext, iv } = await encrypt(version, 'AES_GCM', { plaintext: Buffer.of(1) });
    store.forget();
    expect(await decrypt(version, 'AES_GCM', { ciphertext, iv })).toEqual(Buffer.of(1));
    expect(softwareKeyStore().decrypt(version, encryption('AES_GCM'), { ciphertext, iv })).toEqual(
      Buffer.of(1),
    );
  });

  it('fails with a plain Error for material of another version, another spec or a foreign public key', async () => {
    const aes = await versionFor('Aliyun_AES_256');
    const ec = await versionFor('EC_P256');
    const foreign = await generatedVersion(store, 'EC_P256');
    store.forget();
    const moved = { ...aes, id: newIdentity('Aliyun_AES_256').id };
    const faults = [
      encrypt(moved, 'AES_GCM', { plaintext: Buffer.of(1) }),
      encrypt({ ...ec, spec: 'EC_P256K' }, 'ECIES_DH_SHA_1_XOR_HMAC', { plaintext: Buffer.of(1) }),
      encrypt({ ...ec, publicKey: foreign.publicKey }, 'ECIES_DH_SHA_1_XOR_HMAC', {
        plaintext: Buffer.of(1),
      }),
      decrypt({ ...ec, publicKey: null }, 'ECIES_DH_SHA_1_XOR_HMAC', {
        ciphertext: Buffer.alloc(99),
        iv: NO_IV,
      }),
    ];
    for (const fault of faults) {
      const error = await failureOf(fault);
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(KmsError);
    }
  });

  it('fails with a plain Error when the spec does not offer the algorithm', async () => {
    const rsa = await versionFor('RSA_2048');
    const wrong = store.verify(rsa, signature('ECDSA_SHA_256'), { type: 'RAW', message: NO_IV }, NO_IV);
    const faults = [encrypt(rsa, 'AES_GCM', { plaintext: NO_IV }), wrong];
    for (const fault of faults) expect(await failureOf(fault)).not.toBeInstanceOf(KmsError);
    for (const fault of faults) await expect(fault).rejects.toThrow();
  });

  it('refuses asymmetric work over its bound with Rejected.Throttling and symmetric work never', async () => {
    const bounded = softwareKeyStore({ maxAsymmetricInFlight: 1 });
    const version = await versionFor('EC_P256');
    const input = { type: 'RAW', message: Buffer.of(1) } as const;
    const first = bounded.sign(version, signature('ECDSA_SHA_256'), input);
    const refused = [
      bounded.sign(version, signature('ECDSA_SHA_256'), input),
      bounded.verify(version, signature('ECDSA_SHA_256'), input, NO_IV),
      settled(() => bounded.encrypt(version, encryption('ECIES_DH_SHA_1_XOR_HMAC'), { plaintext: NO_IV })),
    ];
    for (const work of refused) await expect(work).rejects.toMatchObject({ code: 'Rejected.Throttling' });
    await bounded.generate(newIdentity('Aliyun_AES_256'));
    await first;
    await bounded.close();
  });

  it('does no asymmetric work in its threads after close', async () => {
    const closed = softwareKeyStore();
    const version = await versionFor('EC_P256');
    await closed.close();
    const digest = Buffer.alloc(32, 1);
    await expect(
      closed.sign(version, signature('ECDSA_SHA_256'), { type: 'DIGEST', digest }),
    ).rejects.toThrow();
  });
});
