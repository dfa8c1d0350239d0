// Files that only the instance's own user may read: directories 0700, files 0600, replaced in one step so that a reader
// (or a crash) never meets half a file.

import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

export async function makePrivateDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
}

/** Durable when it resolves. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  await makePrivateDirectory(dirname(path));
  const draft = `${path}.new`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  // A new name is on disk only when its directory is.
  const directory = await open(dirname(path), 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
