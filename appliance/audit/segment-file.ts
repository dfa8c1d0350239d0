// The two files of an open segment (0600): JSON lines, which are chained and count, and their text twin. Lines go into
// both or into neither: what a failed write left is cut off again before anything else is written.

import {
  closeSync,
  fdatasync as fdatasyncCallback,
  fstatSync,
  ftruncateSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { JSON_SUFFIX, TEXT_SUFFIX } from './segment-name.ts';
import { syncDirectory } from './sync-directory.ts';

const fdatasync = promisify(fdatasyncCallback);

export interface SegmentFile {
  /** All of both, handed to the operating system. @throws when any of it could not be written */
  write(json: string, text: string): void;
  /** Resolves when the JSON lines written before the call are on disk. */
  readonly sync: () => Promise<void>;
  /** Whether both files are still the ones under their names. */
  isInPlace(): boolean;
  close(): void;
  /** Closes and removes both. */
  discard(): void;
}

/** @throws when it exists, or cannot be made */
export function createSegmentFile(path: string): SegmentFile {
  const json = createLines(`${path}${JSON_SUFFIX}`);
  let text: Lines;
  try {
    text = createLines(`${path}${TEXT_SUFFIX}`);
  } catch (error) {
    json.discard();
    throw error;
  }
  const rewind = (): void => {
    json.rewind();
    text.rewind();
  };
  return {
    write(jsonLines, textLines) {
      // What an earlier failure left, if it could not be cut off then.
      rewind();
      try {
        json.write(jsonLines);
        text.write(textLines);
      } catch (error) {
        rewind();
        throw error;
      }
      json.keep();
      text.keep();
    },
    sync: json.sync,
    isInPlace: () => json.isInPlace() && text.isInPlace(),
    close() {
      json.close();
      text.close();
    },
    discard() {
      json.discard();
      text.discard();
    },
  };
}

interface Lines {
  /** Cuts off what was written and not kept. */
  rewind(): void;
  write(lines: string): void;
  keep(): void;
  readonly sync: () => Promise<void>;
  isInPlace(): boolean;
  close(): void;
  discard(): void;
}

function createLines(path: string): Lines {
  const file = openSync(path, 'ax', 0o600);
  let kept = 0;
  let written = 0;
  let named = false;
  const rewind = (): void => {
    if (written === kept) return;
    ftruncateSync(file, kept);
    written = kept;
  };
  return {
    rewind,
    write(lines) {
      const bytes = Buffer.from(lines, 'utf8');
      const end = kept + bytes.length;
      while (written < end) written += writeSync(file, bytes, written - kept);
    },
    keep() {
      kept = written;
    },
    async sync() {
      await fdatasync(file);
      if (named) return;
      await syncDirectory(dirname(path));
      named = true;
    },
    isInPlace() {
      const there = statSync(path, { throwIfNoEntry: false });
      return there?.ino === fstatSync(file).ino;
    },
    close() {
      try {
        rewind();
      } finally {
        closeSync(file);
      }
    },
    discard() {
      closeSync(file);
      rmSync(path, { force: true });
    },
  };
}
