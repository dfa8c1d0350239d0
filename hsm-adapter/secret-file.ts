// Secrets from files that only their owner can read: PINs and the passwords of PKCS#12 files.

import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { HsmError } from './hsm-error.ts';

const MAX_BYTES = 1_024;
const OTHERS = 0o077;

/**
 * The first line's worth of a secret file, without its line end.
 * @throws HsmError INVALID_INPUT when others may read the file, when it is empty or too long.
 */
export function readSecretFile(path: string): string {
  const file = openSync(path, 'r');
  try {
    // Of the open file, so that it cannot be another one by the time it is read.
    const { mode, size } = fstatSync(file);
    if ((mode & OTHERS) !== 0) throw refused(path, 'must have mode 0600');
    if (size > MAX_BYTES) throw refused(path, 'is too long');
    const secret = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    if (secret === '') throw refused(path, 'is empty');
    return secret;
  } finally {
    closeSync(file);
  }
}

function refused(path: string, why: string): HsmError {
  return new HsmError('INVALID_INPUT', `The secret file ${path} ${why}.`);
}
