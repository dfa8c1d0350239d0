// A root key in a file of exactly 32 bytes that only its owner can read or write. The file is made at most once, for a
// new store; a missing file beside an existing store is an error, never a reason to make another. Design section 4.

import { constants } from 'node:fs';
import { type FileHandle, link, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RandomBytes } from '../core/ids.ts';
import type { RootKeySource } from '../core/ports/root-key.ts';
import { ROOT_KEY_BYTES, RootKeyError, requireRootKeyType, SecretRootKey } from './root-key.ts';

const GROUP_AND_OTHERS = 0o077;

export interface RootKeyFileOptions {
  readonly path: string;
  /** Whether the file may be made, with mode 0600, for a new store. */
  readonly mayCreate: boolean;
  readonly randomBytes: RandomBytes;
}

/** The root key in the file at `path`. */
export function rootKeyFromFile(options: RootKeyFileOptions): RootKeySource {
  const { path } = options;
  return {
    async prepare() {
      if (options.mayCreate) await createKeyFile(path, options.randomBytes);
      return { type: 'file' };
    },
    async open(parameters) {
      requireRootKeyType(parameters, 'file');
      return new SecretRootKey(await readKeyFile(path));
    },
  };
}

/** It gets its name when it is whole: neither a crash nor another process meets a part of it. */
async function createKeyFile(path: string, randomBytes: RandomBytes): Promise<void> {
  const unnamed = `${path}.${randomBytes(8).toString('hex')}`;
  const file = await open(unnamed, 'wx', 0o600);
  const key = randomBytes(ROOT_KEY_BYTES);
  try {
    await file.writeFile(key);
    await file.sync();
    await link(unnamed, path);
  } catch (error) {
    if (!isFileError(error, 'EEXIST')) throw error;
  } finally {
    key.fill(0);
    await file.close();
    await rm(unnamed);
  }
  await syncDirectory(dirname(path));
}

/** A new file's name is on disk only when its directory is. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, constants.O_RDONLY);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

async function readKeyFile(path: string): Promise<Buffer> {
  const file = await openKeyFile(path);
  try {
    const stat = await file.stat();
    if ((stat.mode & GROUP_AND_OTHERS) !== 0) {
      throw new RootKeyError(
        'ROOT_KEY_FILE_EXPOSED',
        `${path} is open to others: its mode must be 0600 or 0400`,
      );
    }
    if (!stat.isFile() || stat.size !== ROOT_KEY_BYTES) {
      throw new RootKeyError(
        'ROOT_KEY_FILE_DAMAGED',
        `${path} is not a root key: exactly 32 bytes are expected`,
      );
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}

async function openKeyFile(path: string): Promise<FileHandle> {
  try {
    // A named pipe in the file's place must not hang the start.
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (!isFileError(error, 'ENOENT')) throw error;
    throw new RootKeyError('ROOT_KEY_FILE_MISSING', `the root key file ${path} is missing`, { cause: error });
  }
}

function isFileError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
