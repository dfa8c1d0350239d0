// `npm run start:hsm` as an operator uses it: started, used with what it leaves in its directory, stopped, started again,
// and with its HSM gone at the start.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { kms } from '../support/cli.ts';
import type { DkmsClient } from '../support/dkms-client.ts';
import { startHsmNode } from '../support/hsm-node.ts';
import { until } from '../support/hsm-rig.ts';
import { type Endpoints, quickstartClient } from '../support/instance.ts';
import { runInstance } from '../support/instance-process.ts';
import { present } from '../support/present.ts';
import { softHsmModule } from '../support/softhsm.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const AES = 'alias/quickstart-aes';
const SIGN = 'alias/quickstart-sign';
const DATA = Buffer.from('data');

interface Lab {
  readonly child: ChildProcess;
  readonly printed: () => string;
  readonly endpoints: Endpoints & { readonly instanceId: string };
  /** Process ids of the two nodes. */
  readonly nodes: readonly number[];
  stop(): Promise<void>;
}

/** Resolves when the instance serves. */
async function startLab(dataDir: string): Promise<Lab> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('KMS_'));
  const settings = { KMS_DATA_DIR: dataDir, KMS_DATA_PLANE_PORT: '0', KMS_CONTROL_PLANE_PORT: '0' };
  const child = spawn(process.execPath, ['--import', 'tsx', 'tools/start-hsm.mjs', '--sources'], {
    cwd: ROOT,
    env: { ...Object.fromEntries(inherited), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
    });
  }
  const ended = once(child, 'close');
  onTestFinished(() => void child.kill('SIGTERM'));
  const file = join(dataDir, 'endpoints.json');
  await until(() => existsSync(file) || child.exitCode !== null, 60_000);
  if (child.exitCode !== null) throw new Error(printed);
  return {
    child,
    printed: () => printed,
    endpoints: JSON.parse(readFileSync(file, 'utf8')) as Lab['endpoints'],
    nodes: [...printed.matchAll(/process (\d+)/g)].map(([, pid]) => Number(pid)),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function clientOf(dataDir: string, endpoints: Endpoints): DkmsClient {
  const client = quickstartClient(dataDir, endpoints);
  onTestFinished(() => client.close());
  return client;
}

/** As `kms hsm connect` and hsm-node take them. */
function labFiles(dataDir: string) {
  const lab = join(dataDir, 'hsm-lab');
  const certificate = (name: string) => join(lab, 'certs', name);
  const passwordFile = join(lab, 'certs.password');
  const domain = {
    caFile: certificate('rootca.pem'),
    server: { p12: certificate('server.p12'), passwordFile },
    client: { p12: certificate('client.p12'), pem: certificate('client.pem'), passwordFile },
  };
  const home = join(lab, 'token-a');
  const token = {
    label: 'kms-a',
    module: present(softHsmModule()),
    pinFile: join(home, 'pin'),
    env: { SOFTHSM2_CONF: join(home, 'softhsm2.conf') },
  };
  return { domain, token };
}

it('starts, works with what it leaves, starts again, and waits for its HSM when that is gone', async () => {
  const dataDir = temporaryFolder();
  const first = await startLab(dataDir);
  const client = clientOf(dataDir, first.endpoints);
  const { CiphertextBlob, Iv } = await client.ok('Encrypt', { KeyId: AES, Plaintext: DATA });
  expect((await client.ok('Decrypt', { KeyId: AES, CiphertextBlob, Iv })).Plaintext).toEqual(DATA);
  const message = { KeyId: SIGN, Message: DATA, MessageType: 'RAW' };
  const { Signature } = await client.ok('Sign', message);
  expect((await client.ok('Verify', { ...message, Signature })).Value).toBe(true);
  const status = await kms(['hsm', 'status', '--data-dir', dataDir]);
  expect(status.stdout).toMatch(/^Keys usable: +on 2 of 2 members$/m);
  expect(first.printed()).toContain('(standard edition) is ready');
  expect(first.nodes).toHaveLength(2);
  await first.stop();
  expect(first.nodes.filter(isRunning)).toEqual([]);
  expect(first.child.exitCode).toBe(0);

  const second = await startLab(dataDir);
  expect(second.endpoints.instanceId).toBe(first.endpoints.instanceId);
  const again = clientOf(dataDir, second.endpoints);
  expect((await again.ok('Decrypt', { KeyId: AES, CiphertextBlob, Iv })).Plaintext).toEqual(DATA);
  for (const pid of second.nodes) process.kill(pid, 'SIGKILL');
  await until(async () => (await again.code('Encrypt', { KeyId: AES, Plaintext: DATA })) !== 'none');
  expect(await again.code('Encrypt', { KeyId: AES, Plaintext: DATA })).toBe('ServiceUnavailableTemporary');
  await second.stop();

  // Started alone, as a service is when the HSM has not come up yet.
  const alone = runInstance({ KMS_DATA_DIR: dataDir, KMS_EDITION: 'standard', KMS_LOG_LEVEL: 'warn' });
  const at = ['--data-dir', dataDir];
  await until(async () => (await kms(['hsm', 'status', ...at])).stdout.includes('ECONNREFUSED'));
  await until(() => alone.printed().includes('waiting for the HSM cluster'));
  expect(existsSync(join(dataDir, 'endpoints.json'))).toBe(false);
  const { domain, token } = labFiles(dataDir);
  const node = await startHsmNode({ token, domain });
  onTestFinished(() => node.stop());
  const credentials = ['--client', domain.client.p12, '--ca', domain.caFile];
  const cluster = ['--cluster', `a=127.0.0.1:${node.port}`, '--password-file', domain.client.passwordFile];
  expect((await kms(['hsm', 'connect', ...cluster, ...credentials, ...at])).code).toBe(0);
  await until(() => existsSync(join(dataDir, 'endpoints.json')));
  const endpoints = JSON.parse(readFileSync(join(dataDir, 'endpoints.json'), 'utf8')) as Endpoints;
  const last = clientOf(dataDir, endpoints);
  expect((await last.ok('Decrypt', { KeyId: AES, CiphertextBlob, Iv })).Plaintext).toEqual(DATA);
  alone.child.kill('SIGTERM');
  await alone.ended;
  expect(alone.child.exitCode).toBe(0);
}, 180_000);

it('leaves an instance of the basic edition alone', async () => {
  const dataDir = temporaryFolder();
  writeFileSync(join(dataDir, 'root.key'), Buffer.alloc(32));
  await expect(startLab(dataDir)).rejects.toThrow('basic edition');
  expect(readdirSync(dataDir)).toEqual(['root.key']);
});
