// Delivery into a directory (another disk, a share): folders 0700, files 0600. A file gets its name only when it is
// whole and on disk, so what a crash left half is never taken for a delivered one. A share that is dead holds the thread of
// an operation for good; threads are few, and the log's own writes need one: all targets of a process take turns.

import { constants } from 'node:fs';
import { access, mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DeliveryFailure } from '../core/ports/audit-status.ts';
import {
  compareExisting,
  type DeliveredObject,
  DeliveryError,
  type DeliveryTarget,
} from './delivery-target.ts';
import { syncDirectory } from './sync-directory.ts';
import { createTurns } from './turns.ts';

const FAILURES: Readonly<Record<string, DeliveryFailure>> = {
  EACCES: 'refused',
  EPERM: 'refused',
  EROFS: 'refused',
  ENOENT: 'target-missing',
  ENOTDIR: 'target-missing',
};

const FILES = { access, mkdir, open, readFile, rename, stat };
export type TargetFiles = typeof FILES;

/** Of the whole process: one operation of this kind at a time. */
const inTurn = createTurns();

/** `directory` itself must be there: a share that is not mounted must not be taken for an empty one. */
export function createDirectoryTarget(directory: string, files: TargetFiles = FILES): DeliveryTarget {
  const put = async (object: DeliveredObject, signal: AbortSignal): Promise<void> => {
    await files.access(directory, constants.W_OK);
    const path = join(directory, object.name);
    if (await isThere(files, path, object)) return;
    // Given up meanwhile: no file is begun.
    signal.throwIfAborted();
    await write(files, path, object.body);
  };
  return {
    async put(object, signal) {
      try {
        await inTurn(() => put(object, signal), signal);
      } catch (error) {
        throw deliveryError(error);
      }
    },
    close: () => undefined,
  };
}

async function isThere(files: TargetFiles, path: string, object: DeliveredObject): Promise<boolean> {
  const size = await files.stat(path).then(
    (file) => file.size,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    },
  );
  if (size === null) return false;
  const existing = await compareExisting(object, size, () => files.readFile(path));
  if (existing === 'other') throw new DeliveryError('conflict', 'a file with other content has the name');
  return existing === 'same';
}

async function write(files: TargetFiles, path: string, body: Buffer): Promise<void> {
  await files.mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.part`;
  const file = await files.open(draft, 'w', 0o600);
  try {
    await file.writeFile(body);
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(draft, path);
  await syncDirectory(dirname(path));
}

function deliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return new DeliveryError(FAILURES[code] ?? 'unreachable', code);
}
