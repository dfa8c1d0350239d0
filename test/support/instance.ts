// A whole instance in this process, in a folder of its own on free ports.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../appliance/config.ts';
import { startInstance } from '../../appliance/instance.ts';
import { createLogger } from '../../appliance/ops/logger.ts';

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
  const config = loadConfig(null, {
    KMS_DATA_DIR: dataDir,
    KMS_DATA_PLANE_PORT: '0',
    KMS_CONTROL_PLANE_PORT: '0',
    KMS_LOG_LEVEL: 'silent',
    KMS_QUICKSTART: 'false',
    ...settings,
  });
  const instance = await startInstance({ config, logger: createLogger('silent') });
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
