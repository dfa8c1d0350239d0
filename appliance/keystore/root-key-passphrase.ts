// A root key stretched from a passphrase with scrypt (RFC 7914). Salt and cost are public and kept in the store's header.

import { scrypt } from 'node:crypto';
import type { RandomBytes } from '../core/ids.ts';
import type { RootKeyParameters, RootKeySource } from '../core/ports/root-key.ts';
import { ROOT_KEY_BYTES, RootKeyError, requireRootKeyType, SecretRootKey } from './root-key.ts';

const SALT_BYTES = 16;
const MINIMUM_PASSPHRASE_CHARACTERS = 12;
/** 128 MiB and about half a second for each guess. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1 } as const;

export interface PassphraseOptions {
  /** At least 12 characters. */
  readonly passphrase: string;
  readonly randomBytes: RandomBytes;
}

/** @throws RootKeyError PASSPHRASE_TOO_SHORT */
export function rootKeyFromPassphrase(options: PassphraseOptions): RootKeySource {
  // The same passphrase typed on another system may arrive in another Unicode form.
  const passphrase = options.passphrase.normalize('NFC');
  if (Array.from(passphrase).length < MINIMUM_PASSPHRASE_CHARACTERS) {
    throw new RootKeyError(
      'PASSPHRASE_TOO_SHORT',
      `the passphrase needs at least ${MINIMUM_PASSPHRASE_CHARACTERS} characters`,
    );
  }
  return {
    prepare: () =>
      Promise.resolve({
        type: 'passphrase',
        salt: options.randomBytes(SALT_BYTES).toString('base64'),
        ...SCRYPT,
      }),
    async open(parameters) {
      return new SecretRootKey(await stretch(passphrase, saltOf(parameters)));
    },
  };
}

/** The parameters come from outside (the header is read before anything is verified): only our own cost is accepted. */
function saltOf(parameters: RootKeyParameters): Buffer {
  requireRootKeyType(parameters, 'passphrase');
  const salt = Buffer.from(String(parameters['salt']), 'base64');
  const ownCost = Object.entries(SCRYPT).every(([name, value]) => parameters[name] === value);
  if (!ownCost || salt.length !== SALT_BYTES) {
    throw new RootKeyError(
      'ROOT_KEY_SOURCE_MISMATCH',
      'the scrypt parameters of this store are not supported',
    );
  }
  return salt;
}

function stretch(passphrase: string, salt: Buffer): Promise<Buffer> {
  const maxmem = 2 * 128 * SCRYPT.N * SCRYPT.r;
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, ROOT_KEY_BYTES, { ...SCRYPT, maxmem }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
