// A whole instance without a quickstart, in a folder of its own that goes with it.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestInstance } from './instance.ts';

export interface RunningInstance {
  readonly dataDir: string;
  readonly controlPlane: string;
  readonly instanceId: string;
  stop(): Promise<void>;
}

export async function runningInstance(
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningInstance> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dedicated-kms-'));
  const instance = await startTestInstance(dataDir, { settings: { KMS_QUICKSTART: 'false', ...settings } });
  return {
    dataDir,
    controlPlane: instance.controlPlane,
    instanceId: instance.instanceId,
    stop: async () => {
      await instance.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
