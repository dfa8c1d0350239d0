// What an instance says while it waits for its HSM cluster and has no listener to be asked on: hsm-status.json in its data
// directory, for `kms hsm status` and the health check. It is gone as soon as the instance serves, or stops.

import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { HsmDescription } from '../core/ports/hsm-administration.ts';
import { writePrivateFile } from './private-files.ts';

export interface WaitingInstance extends HsmDescription {
  /** When it was written, ISO 8601. */
  readonly time: string;
}

const waitingFile = (dataDir: string): string => join(dataDir, 'hsm-status.json');

export async function writeWaiting(dataDir: string, description: HsmDescription, now: number): Promise<void> {
  const waiting: WaitingInstance = { ...description, time: new Date(now).toISOString() };
  await writePrivateFile(waitingFile(dataDir), `${JSON.stringify(waiting)}\n`);
}

/** Null: no instance waits there. */
export function readWaiting(dataDir: string): WaitingInstance | null {
  try {
    return JSON.parse(readFileSync(waitingFile(dataDir), 'utf8')) as WaitingInstance;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export async function removeWaiting(dataDir: string): Promise<void> {
  await rm(waitingFile(dataDir), { force: true });
}
