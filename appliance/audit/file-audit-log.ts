// Audit records in two daily files of a directory (0700, files 0600): `audit-<date>.log` (text) and `.jsonl` (its twin).
// `append` returns when the operating system has the lines; it throws when any of them could not be written, and the
// caller then gives no success. Dates are UTC, of the time of writing.

import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditLog } from '../core/ports/audit-log.ts';
import type { Clock } from '../core/ports/clock.ts';
import { type AuditOrigin, jsonLine, textLine } from './event.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface FileAuditLogOptions {
  readonly directory: string;
  readonly origin: AuditOrigin;
  readonly clock: Clock;
}

interface LineFile {
  /** Writes all of the text, or throws. */
  write(text: string): void;
  close(): void;
}

export function openFileAuditLog({ directory, origin, clock }: FileAuditLogOptions): AuditLog {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  let day = -1;
  let files: { readonly text: LineFile; readonly json: LineFile } | null = null;

  const closeFiles = (): void => {
    files?.text.close();
    files?.json.close();
    files = null;
  };

  const filesOf = (now: number) => {
    const today = Math.floor(now / DAY_MS);
    if (files && today === day) return files;
    closeFiles();
    const path = join(directory, `audit-${new Date(now).toISOString().slice(0, 10)}`);
    const text = openLineFile(`${path}.log`);
    files = { text, json: openLineFile(`${path}.jsonl`) };
    day = today;
    return files;
  };
  filesOf(clock());

  return {
    append(records) {
      const { text, json } = filesOf(clock());
      text.write(records.map((record) => textLine(record, origin)).join(''));
      json.write(records.map((record) => jsonLine(record, origin)).join(''));
    },
    close: closeFiles,
  };
}

function openLineFile(path: string): LineFile {
  const file = openSync(path, 'a', 0o600);
  // After a write that broke off in mid-line, the next one starts on a line of its own.
  let torn = false;
  return {
    write(text) {
      const bytes = Buffer.from(torn ? `\n${text}` : text, 'utf8');
      let written = 0;
      try {
        while (written < bytes.length) written += writeSync(file, bytes, written);
        torn = false;
      } catch (error) {
        torn = torn || written > 0;
        throw error;
      }
    },
    close: () => closeSync(file),
  };
}
