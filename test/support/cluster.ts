// The processes of an instance with two workers, steady load on its data plane, and where records of answers are found.

import { createPublicKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { type Verification, verifyAuditLog } from '../../appliance/audit/verify.ts';
import { DkmsClient, type DkmsClientOptions } from './dkms-client.ts';
import { type Endpoints, quickstartCredentials, rootClient } from './instance.ts';
import { type KillableInstance, killableInstance } from './killable-instance.ts';
import { present } from './present.ts';
import type { RpcClient } from './rpc-client.ts';

export const WORKERS = 2;
const AES = { KeyId: 'alias/quickstart-aes', Plaintext: Buffer.from('text') };

export interface Cluster extends KillableInstance {
  readonly dataDir: string;
  readonly admin: RpcClient;
  /** Process ids of the workers that were started, in order. */
  workers(): number[];
  /** A client with connections of its own. */
  newClient(options?: Partial<DkmsClientOptions>): DkmsClient;
}

export async function startCluster(
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Cluster> {
  const instance = await killableInstance(dataDir, {
    KMS_PROCESSES: String(WORKERS),
    KMS_LOG_LEVEL: 'info',
    ...settings,
  });
  // Workers end after their primary; the folder goes when nobody writes there.
  onTestFinished(async () => {
    instance.child.kill('SIGKILL');
    await instance.ended;
  });
  const endpoints = JSON.parse(readFileSync(join(dataDir, 'endpoints.json'), 'utf8')) as Endpoints;
  const admin = rootClient(dataDir, endpoints);
  onTestFinished(() => admin.close());
  return {
    ...instance,
    dataDir,
    admin,
    workers: () =>
      Array.from(instance.printed().matchAll(/"pid":(\d+),"msg":"worker serves"/g), ([, pid]) => Number(pid)),
    newClient(options = {}) {
      const client = new DkmsClient({
        port: instance.client.options.port,
        ca: instance.client.options.ca,
        credentials: quickstartCredentials(dataDir),
        now: Date.now,
        ...options,
      });
      onTestFinished(() => client.close());
      return client;
    },
  };
}

/** Whether the process is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export interface Load {
  /** Request ids of the successful answers. */
  readonly answered: string[];
  /** Error codes, and messages of what broke. */
  readonly failures: string[];
  /** Resolves when there are so many more answers. */
  more(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** Lanes with a connection each, that encrypt one text after the other. */
export function encryptLoad(cluster: Cluster, lanes: number): Load {
  const answered: string[] = [];
  const failures: string[] = [];
  let stopped = false;
  const lane = async (client: DkmsClient): Promise<void> => {
    while (!stopped) {
      try {
        const { code, reply } = await client.call('Encrypt', AES);
        if (code === 'none') answered.push(reply.RequestId);
        else failures.push(code);
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
    }
  };
  const running = Array.from({ length: lanes }, () => lane(cluster.newClient({ maxSockets: 1 })));
  const stop = async (): Promise<void> => {
    stopped = true;
    await Promise.all(running);
  };
  onTestFinished(stop);
  return {
    answered,
    failures,
    async more(count) {
      const wanted = answered.length + count;
      await vi.waitUntil(() => answered.length >= wanted, { timeout: 60_000, interval: 5 });
    },
    stop,
  };
}

/** Request ids by the chain that has their record. */
export function recordedIds(dataDir: string): ReadonlyMap<string, string> {
  const directory = join(dataDir, 'audit');
  const chains = new Map<string, string>();
  for (const name of readdirSync(directory).filter((each) => each.endsWith('.jsonl'))) {
    const [, chain = ''] = /-(p\d+)-\d+\.jsonl$/.exec(name) ?? [];
    for (const [, id] of readFileSync(join(directory, name), 'utf8').matchAll(/"request_id":"([^"]+)"/g)) {
      chains.set(present(id), chain);
    }
  }
  return chains;
}

/** Of every chain of the log, against the heads that are kept apart. */
export function verifyChains(dataDir: string, asOf = Date.now()): Promise<Verification[]> {
  const heads = readdirSync(dataDir).filter((name) => /^audit-head.*\.json$/.test(name));
  return verifyAuditLog({
    directory: join(dataDir, 'audit'),
    publicKey: createPublicKey(readFileSync(join(dataDir, 'audit', 'public-key.pem'))),
    head: heads.map((name) => readFileSync(join(dataDir, name), 'utf8')).join(''),
    asOf,
    maxAgeMs: 300_000,
  });
}
