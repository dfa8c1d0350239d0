// RSAES_OAEP_SHA_256 decryption through the key store port.

import { createPrivateKey, createPublicKey } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { encryption, softwareKeyStore, versionOf } from '../support/software-keys.ts';
import { hex, type VectorTest, vectorGroups } from '../support/vectors.ts';

interface OaepTest extends VectorTest {
  readonly msg: string;
  readonly ct: string;
  readonly label: string;
}

const store = softwareKeyStore();
const groups = vectorGroups('wycheproof-rsa-oaep-2048-sha256') as readonly {
  privateKeyPkcs8: string;
  tests: OaepTest[];
}[];

afterAll(() => store.close());

describe.each(groups)('RSAES_OAEP_SHA_256 against Wycheproof', ({ privateKeyPkcs8, tests }) => {
  const pkcs8 = hex(privateKeyPkcs8);
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const version = versionOf('RSA_2048', pkcs8, spki);

  it.each(tests)('test $tcId ($flags) is $result', async (test) => {
    const decrypted = Promise.resolve(
      store.decrypt(version, encryption('RSAES_OAEP_SHA_256'), {
        ciphertext: hex(test.ct),
        iv: Buffer.alloc(0),
      }),
    );
    // The label is empty here, always: a ciphertext made with another one must not decrypt.
    if (test.result === 'valid' && test.label === '') expect(await decrypted).toEqual(hex(test.msg));
    else await expect(decrypted).rejects.toMatchObject({ code: 'InvalidParameter' });
  });
});
