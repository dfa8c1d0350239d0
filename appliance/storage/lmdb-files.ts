// The two files of an LMDB environment, made or checked before the library opens them: private, and of its format.

import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
} from 'node:fs';
import { join } from 'node:path';
import { StoreError } from './store-error.ts';

const DATA_FILE = 'data.mdb';
const LOCK_FILE = 'lock.mdb';

/** Where every data file of this format has the same four bytes (mdb.c, MDB_meta of page 0). */
const MAGIC_OFFSET = 24;
const MAGIC = Buffer.from('dec0efbe', 'hex');

/** The library would make the files readable for everyone, and crash the process on one that is not its own. */
export function prepareLmdbFiles(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  makePrivate(join(path, LOCK_FILE));
  makePrivate(join(path, DATA_FILE));
  const isNew = withFile(join(path, DATA_FILE), 'r', (file) => {
    if (fstatSync(file).size === 0) return true;
    const magic = Buffer.alloc(MAGIC.length);
    readSync(file, magic, 0, magic.length, MAGIC_OFFSET);
    if (!magic.equals(MAGIC))
      throw new StoreError('NOT_A_STORE', `${path} does not hold an LMDB environment`);
    return false;
  });
  // The name of a new file is on disk only when its directory is.
  if (isNew) withFile(path, 'r', fsyncSync);
}

/** An existing lock file is not opened: closing it again would drop the locks that this process may hold on it. */
function makePrivate(path: string): void {
  if (existsSync(path)) chmodSync(path, 0o600);
  else withFile(path, 'a', () => undefined);
}

function withFile<T>(path: string, flags: string, use: (file: number) => T): T {
  const file = openSync(path, flags, 0o600);
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}
