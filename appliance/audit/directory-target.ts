// Delivery into a directory (another disk, a share): folders 0700, files 0600. A file gets its name only when it is
// whole and on disk, so what a crash left half is never taken for a delivered one.

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

const FAILURES: Readonly<Record<string, DeliveryFailure>> = {
  EACCES: 'refused',
  EPERM: 'refused',
  EROFS: 'refused',
  ENOENT: 'target-missing',
  ENOTDIR: 'target-missing',
};

/** `directory` itself must be there: a share that is not mounted must not be taken for an empty one. */
export function createDirectoryTarget(directory: string): DeliveryTarget {
  return {
    async put(object) {
      try {
        await access(directory, constants.W_OK);
        const path = join(directory, object.name);
        if (await isThere(path, object)) return;
        await write(path, object.body);
      } catch (error) {
        throw deliveryError(error);
      }
    },
    close: () => undefined,
  };
}

async function isThere(path: string, object: DeliveredObject): Promise<boolean> {
  const size = await stat(path).then(
    (file) => file.size,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    },
  );
  if (size === null) return false;
  const existing = await compareExisting(object, size, () => readFile(path));
  if (existing === 'other') throw new DeliveryError('conflict', 'a file with other content has the name');
  return existing === 'same';
}

async function write(path: string, body: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.part`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(body);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  await syncDirectory(dirname(path));
}

function deliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return new DeliveryError(FAILURES[code] ?? 'unreachable', code);
}
