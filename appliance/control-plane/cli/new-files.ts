// Files a command hands secrets out in: mode 0600, never over an existing file. They are made, empty, before the service
// is asked for the secret, so that a name that is taken or a folder that cannot be written fails while nothing is lost.

import { mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { configurationError } from './failures.ts';
import { reason } from './input.ts';

export interface NewFiles {
  /** Durable when it resolves. `path` is one of those reserved. */
  readonly write: (path: string, content: string | Uint8Array) => Promise<void>;
  /** Removes all of them. */
  readonly discard: () => Promise<void>;
}

/** @throws CliError naming the file; none is left then */
export async function reserveFiles(paths: readonly string[]): Promise<NewFiles> {
  const made: string[] = [];
  const discard = async (): Promise<void> => {
    for (const path of made.splice(0)) await rm(path, { force: true });
  };
  try {
    for (const path of paths) {
      await reserve(path);
      made.push(path);
    }
  } catch (error) {
    await discard();
    throw error;
  }
  return { write, discard };
}

async function reserve(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await (await open(path, 'wx', 0o600)).close();
  } catch (error) {
    throw configurationError(`${path}: ${reason(error)}`, error);
  }
}

async function write(path: string, content: string | Uint8Array): Promise<void> {
  try {
    const file = await open(path, 'r+');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw configurationError(`${path}: ${reason(error)}`, error);
  }
}
