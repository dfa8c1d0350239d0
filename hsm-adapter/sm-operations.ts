// The use of SM keys beside the token, each opened for one operation and wiped after it (sm-envelope.ts). The algorithms
// are in sm/, the SM4 block modes node:crypto's. Sources: HSM specification, section I; GB/T 32918, 32907; RFC 8998.

import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';
import { decrypt, openGcm, randomScalar, sealGcm, signDigest, Undecryptable } from '../sm/index.js';
import { HsmError } from './hsm-error.ts';
import type { CachedKey } from './key-cache.ts';
import { drawMixed } from './mixed-random.ts';
import { withSealedKey } from './sm-envelope.ts';
import { type CipherParameters, type CipherRow, invalidCiphertext, pad, unpad } from './symmetric-ciphers.ts';
import type { Token } from './token.ts';

type CipherInput = CipherParameters & { readonly data: Buffer };

export class SmOperations {
  readonly #token: Token;

  constructor(token: Token) {
    this.#token = token;
  }

  /** Lengths are checked. */
  encrypt(key: CachedKey, row: CipherRow, { iv, aad, data }: CipherInput): Buffer {
    return this.#withSecret(key, (secret) => {
      if (row.mode === 'gcm') return sealGcm({ key: createSecretKey(secret), iv, aad, plaintext: data });
      const cipher = createCipheriv(`sm4-${row.mode}`, secret, ivOf(iv)).setAutoPadding(false);
      return Buffer.concat([cipher.update(row.padded ? pad(data) : data), cipher.final()]);
    });
  }

  /** Lengths are checked. @throws HsmError INVALID_CIPHERTEXT. */
  decrypt(key: CachedKey, row: CipherRow, { iv, aad, data }: CipherInput): Buffer {
    return this.#withSecret(key, (secret) => {
      if (row.mode === 'gcm') return openGcm({ key: createSecretKey(secret), iv, aad, sealed: data });
      const decipher = createDecipheriv(`sm4-${row.mode}`, secret, ivOf(iv)).setAutoPadding(false);
      const plaintext = Buffer.concat([decipher.update(data), decipher.final()]);
      return row.padded ? unpad(plaintext) : plaintext;
    });
  }

  /** SM2, of e; in DER. */
  sign(key: CachedKey, digest: Buffer): Buffer {
    const nextScalar = () => randomScalar((bytes) => drawMixed(this.#token.sessions, bytes));
    return this.#withSecret(key, (scalar) => signDigest({ scalar, digest }, nextScalar));
  }

  /** @throws HsmError INVALID_CIPHERTEXT. */
  decryptSm2(key: CachedKey, ciphertext: Buffer): Buffer {
    return this.#withSecret(key, (scalar) => decrypt({ scalar, ciphertext }));
  }

  #withSecret(key: CachedKey, work: (secret: Buffer) => Buffer): Buffer {
    const { spec, handle: sealing, sealed } = key;
    if (sealed === null) throw new HsmError('INVALID_INPUT', 'The key is not of that kind.');
    try {
      return withSealedKey(this.#token.sessions, { spec, sealing, sealed }, work);
    } catch (error) {
      throw error instanceof Undecryptable ? invalidCiphertext() : error;
    }
  }
}

function ivOf(iv: Buffer): Buffer | null {
  return iv.length === 0 ? null : iv;
}
