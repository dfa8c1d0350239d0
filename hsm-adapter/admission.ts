// To whom a node hands the domain key: members whose key an operator compared and admitted, by its fingerprint. Whoever
// may connect can offer a key of his own, so the connection says nothing about it; only the operator does. The list is
// read at each hand-over, and whatever is wrong with it admits nobody. Source: HSM specification, section B.

import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { HsmError } from './hsm-error.ts';
import type { NodeLogger } from './node-logger.ts';

/** Admits every key: for the set-up ceremony, for trying out, and for doors that only the token's own user reaches. */
export const ADMIT_ANY = 'any';

const MAX_BYTES = 64 * 1_024;
const WRITABLE_BY_OTHERS = 0o022;
const FINGERPRINT = /^[0-9a-f]{64}$/;

/** SHA-256 of a SubjectPublicKeyInfo, as the list has it. */
export function fingerprintOf(spki: Uint8Array): string {
  return createHash('sha256').update(spki).digest('hex');
}

/**
 * The fingerprints of a list: one a line, `#` begins a comment.
 * @throws HsmError INVALID_INPUT when others may write the file, when it is too long or a line is no fingerprint.
 */
export function readAdmitted(path: string): ReadonlySet<string> {
  const file = openSync(path, 'r');
  try {
    const { mode, size } = fstatSync(file);
    if ((mode & WRITABLE_BY_OTHERS) !== 0) throw refused(path, 'must be writable by its owner alone');
    if (size > MAX_BYTES) throw refused(path, 'is too long');
    const lines = readFileSync(file, 'utf8').split('\n');
    const fingerprints = lines.map((line) => line.replace(/#.*/, '').trim()).filter((line) => line !== '');
    if (!fingerprints.every((line) => FINGERPRINT.test(line))) {
      throw refused(path, 'must have one SHA-256 fingerprint a line, in lower-case hex');
    }
    return new Set(fingerprints);
  } finally {
    closeSync(file);
  }
}

export class Admission {
  readonly #admit: string | undefined;
  readonly #log: NodeLogger;

  /** `admit` is the path of a list, or ADMIT_ANY; without it nobody is admitted. */
  constructor(admit: string | undefined, log: NodeLogger) {
    this.#admit = admit;
    this.#log = log;
  }

  /** Says in the log by which fingerprint this member's own key can be admitted by the others. */
  announce(ownKey: Buffer): void {
    this.#log.info({ fingerprint: fingerprintOf(ownKey) }, 'this member offered its key for the domain key');
  }

  /** @throws HsmError NOT_ADMITTED */
  check(peerKey: Buffer): void {
    const fingerprint = fingerprintOf(peerKey);
    if (this.#admits(fingerprint)) {
      this.#log.info({ fingerprint }, 'the domain key is handed over');
      return;
    }
    this.#log.warn({ fingerprint }, 'a key that is not admitted asked for the domain key: it was refused');
    throw new HsmError('NOT_ADMITTED', 'The node does not admit the key that asks for the domain key.');
  }

  #admits(fingerprint: string): boolean {
    if (this.#admit === undefined) return false;
    if (this.#admit === ADMIT_ANY) return true;
    try {
      return readAdmitted(this.#admit).has(fingerprint);
    } catch (err) {
      this.#log.error({ err }, 'the list of admitted keys cannot be used: nobody is admitted');
      return false;
    }
  }
}

function refused(path: string, why: string): HsmError {
  return new HsmError('INVALID_INPUT', `The list ${path} ${why}.`);
}
