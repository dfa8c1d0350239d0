// RSAES-OAEP with one hash for label and MGF1 and an empty label, through WebCrypto because it runs off the event loop.
// Every ciphertext that does not decrypt fails alike, in one place. Sources: RFC 8017 7.1, data-plane specification 4.4.

import { type KeyObject, webcrypto } from 'node:crypto';
import { type EncryptionCipher, undecryptable } from './cipher.ts';

const { subtle } = webcrypto;
const OAEP = { name: 'RSA-OAEP' } as const;
const NO_IV = Buffer.alloc(0);

export function rsaOaep(hash: 'SHA-256' | 'SHA-1'): EncryptionCipher {
  const algorithm = { ...OAEP, hash };
  const publicKeys = importedOnce(async (key) => {
    return subtle.importKey('spki', key.export({ type: 'spki', format: 'der' }), algorithm, false, [
      'encrypt',
    ]);
  });
  const privateKeys = importedOnce((key) => importPrivateKey(key, algorithm));
  return {
    offLoop: true,
    async encrypt(key, { plaintext }) {
      return {
        ciphertext: Buffer.from(await subtle.encrypt(OAEP, await publicKeys(key), plaintext)),
        iv: NO_IV,
      };
    },
    async decrypt(key, { ciphertext }) {
      const privateKey = await privateKeys(key);
      try {
        return Buffer.from(await subtle.decrypt(OAEP, privateKey, ciphertext));
      } catch {
        throw undecryptable();
      }
    },
  };
}

async function importPrivateKey(
  key: KeyObject,
  algorithm: webcrypto.RsaHashedImportParams,
): Promise<webcrypto.CryptoKey> {
  const der = key.export({ type: 'pkcs8', format: 'der' });
  try {
    return await subtle.importKey('pkcs8', der, algorithm, false, ['decrypt']);
  } finally {
    der.fill(0);
  }
}

/** Imports a key once; what is imported lives as long as the native key it came from. */
function importedOnce(
  load: (key: KeyObject) => Promise<webcrypto.CryptoKey>,
): (key: KeyObject) => Promise<webcrypto.CryptoKey> {
  const imported = new WeakMap<KeyObject, Promise<webcrypto.CryptoKey>>();
  return (key) => {
    const known = imported.get(key);
    if (known !== undefined) return known;
    const loading = load(key);
    imported.set(key, loading);
    return loading;
  };
}
