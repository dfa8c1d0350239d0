// What a directory remembers of PINs that tokens refused, for processes that come later: a PIN is not tried again before
// its file has changed, because tokens lock after a few tries. Of the PIN itself nothing is kept.

import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TokenConfiguration } from './token.ts';

type Subject = Pick<TokenConfiguration, 'token' | 'pinFile'>;

export class RefusedPins {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Whether the token refused what is in the file now. */
  includes(subject: Subject): boolean {
    try {
      return readFileSync(this.#fileOf(subject), 'utf8') === versionOf(subject);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  }

  add(subject: Subject): void {
    writeFileSync(this.#fileOf(subject), versionOf(subject), { mode: 0o600, flush: true });
  }

  #fileOf({ token, pinFile }: Subject): string {
    const name = createHash('sha256')
      .update(JSON.stringify([token, pinFile]))
      .digest('hex')
      .slice(0, 16);
    return join(this.#directory, `hsm-pin-refused-${name}`);
  }
}

function versionOf({ pinFile }: Subject): string {
  const { ino, mtimeNs } = statSync(pinFile, { bigint: true });
  return `${ino} ${mtimeNs}\n`;
}
