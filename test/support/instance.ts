// A whole instance in the test's own process, on free ports and a temporary data directory, as `npm start` makes it; and
// clients made from the files it leaves, as a user has them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../appliance/config.ts';
import { type Instance, startInstance } from '../../appliance/instance.ts';
import { createLogger, type Logger } from '../../appliance/ops/logger.ts';
import { type Credentials, openClientKey } from './client-key-file.ts';
import { DkmsClient } from './dkms-client.ts';
import { RpcClient } from './rpc-client.ts';

export interface TestInstanceOptions {
  readonly settings?: Readonly<Record<string, string>>;
  readonly clock?: () => number;
  /** Silent by default. */
  readonly logger?: Logger;
  /** Ends a start that waits for its HSM cluster. */
  readonly signal?: AbortSignal;
}

export function startTestInstance(dataDir: string, options: TestInstanceOptions = {}): Promise<Instance> {
  const config = loadConfig(null, {
    KMS_DATA_DIR: dataDir,
    KMS_DATA_PLANE_PORT: '0',
    KMS_CONTROL_PLANE_PORT: '0',
    KMS_PROCESSES: '1',
    ...options.settings,
  });
  return startInstance({
    config,
    logger: options.logger ?? createLogger('silent'),
    ...(options.clock && { clock: options.clock }),
    ...(options.signal && { signal: options.signal }),
  });
}

/** Where an instance listens, as it says and as it writes to its file. */
export type Endpoints = Pick<Instance, 'dataPlane' | 'controlPlane'>;

const portOf = (endpoint: string): number => Number(endpoint.slice(endpoint.lastIndexOf(':') + 1));

export function quickstartCredentials(dataDir: string): Credentials {
  const read = (name: string): string => readFileSync(join(dataDir, 'quickstart', name), 'utf8');
  const file = JSON.parse(read('client-key.json')) as { KeyId: string; PrivateKeyData: string };
  return openClientKey(file.KeyId, file.PrivateKeyData, read('client-key.password'));
}

export function quickstartClient(dataDir: string, instance: Endpoints, now = Date.now): DkmsClient {
  return new DkmsClient({
    port: portOf(instance.dataPlane),
    ca: readFileSync(join(dataDir, 'quickstart', 'ca.pem'), 'utf8'),
    credentials: quickstartCredentials(dataDir),
    now,
  });
}

export function rootClient(dataDir: string, instance: Endpoints): RpcClient {
  const file = JSON.parse(readFileSync(join(dataDir, 'root-accesskey.json'), 'utf8')) as {
    AccessKeyId: string;
    AccessKeySecret: string;
  };
  return new RpcClient({
    port: portOf(instance.controlPlane),
    ca: readFileSync(join(dataDir, 'ca.pem'), 'utf8'),
    accessKeyId: file.AccessKeyId,
    secret: file.AccessKeySecret,
    now: Date.now,
  });
}
