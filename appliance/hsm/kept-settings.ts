// What an instance keeps about its HSM cluster: hsm.json in its data directory, mode 0600. Not in the store, because the
// store opens only when the HSM is there. The password of client.p12 lies beside it, as every process that connects by
// itself must have it: the file's mode protects both, as it does the PIN file of a node.

import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writePrivateFile } from '../ops/private-files.ts';
import { HsmSettingsError } from './hsm-settings-error.ts';

const OTHERS = 0o077;

const KEPT = z.strictObject({
  members: z.array(z.string()).nullable(),
  serverName: z.string().nullable(),
  credentials: z.strictObject({ clientP12: z.string(), password: z.string(), rootCa: z.string() }).nullable(),
  /** Of the cluster's domain key; null before there is one. */
  domainCheckValue: z
    .string()
    .regex(/^[0-9a-f]{12}$/)
    .nullable(),
  /** False after an administrator disconnected. */
  connect: z.boolean(),
});

export type KeptSettings = Readonly<z.infer<typeof KEPT>>;

const NOTHING_KEPT: KeptSettings = {
  members: null,
  serverName: null,
  credentials: null,
  domainCheckValue: null,
  connect: true,
};

export function keptFile(dataDir: string): string {
  return join(dataDir, 'hsm.json');
}

/** @throws HsmSettingsError when the file is damaged or others may read it; messages never repeat its content */
export function readKept(dataDir: string): KeptSettings {
  const path = keptFile(dataDir);
  const text = readPrivateFile(path);
  if (text === null) return NOTHING_KEPT;
  try {
    return KEPT.parse(JSON.parse(text));
  } catch {
    throw new HsmSettingsError(null, `${path} is damaged: give it again with kms hsm connect, or remove it`);
  }
}

/** Durable when it resolves. */
export async function writeKept(dataDir: string, kept: KeptSettings): Promise<void> {
  await writePrivateFile(keptFile(dataDir), `${JSON.stringify(kept)}\n`);
}

/** Null when there is none. */
function readPrivateFile(path: string): string | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    if ((fstatSync(file).mode & OTHERS) !== 0)
      throw new HsmSettingsError(null, `${path} is open to others: its mode must be 0600`);
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}
