// The two servers that are compared, one process each on the same core: the bare echo, and an instance of the built
// product in a temporary data directory, as its users start it, without a rate limit.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createAuthority, issueServerCertificate } from '../certs-tool/index.ts';
import { AdminClient } from '../test/sdk/admin-client.ts';
import { type Credential, readCredential } from './client-key.ts';
import type { Target } from './load-connection.ts';
import { PinnedProcess, SERVER_CORE } from './pinned-process.ts';
import { type KeyNames, MORE_KEYS } from './scenarios.ts';

const START_DEADLINE_MS = 60_000;
const POLL_MS = 50;
const PROBE = ['--import', new URL('loop-probe.js', import.meta.url).href];

/** What load is put on. */
export interface LoadedServer {
  readonly target: Target;
  readonly pid: number;
  /** The 99th percentile of the event-loop delay since it was asked last, milliseconds. */
  loopDelay(): Promise<number>;
}

export interface BenchServer extends LoadedServer {
  readonly process: PinnedProcess;
  stop(): Promise<void>;
}

export interface InstanceServer extends BenchServer {
  /** Of the HSM nodes and their token processes; none in the basic edition. */
  readonly hsmPids: readonly number[];
  readonly dataDirectory: string;
  /** HOST:PORT of the two planes. */
  readonly endpoints: Endpoints;
  readonly credential: Credential;
  readonly keys: KeyNames;
}

interface Endpoints {
  readonly dataPlane: string;
  readonly controlPlane: string;
}

export interface InstanceOptions {
  readonly root: string;
  /** Node's arguments: the program as built, or as its sources. */
  readonly program: readonly string[];
  readonly core?: number | null;
  /** Beyond those of every instance of the bench. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Whether the data plane leaves no audit records. */
  readonly auditOff?: boolean;
  /** What must be in the data directory before. */
  readonly prepare?: (dataDirectory: string) => Promise<void>;
}

interface EchoOptions {
  readonly root: string;
  readonly core?: number | null;
  readonly processes?: number;
}

export async function startEcho(options: EchoOptions): Promise<BenchServer> {
  const { root, core = SERVER_CORE, processes = 1 } = options;
  const { key, certificate, ca } = await loopbackCertificate();
  const echo = new PinnedProcess({
    core,
    args: [...PROBE, 'bench/echo-server.js'],
    env: { ECHO_KEY: key, ECHO_CERT: certificate, ECHO_PROCESSES: String(processes) },
    cwd: root,
  });
  const { port } = await echo.answer<{ port: number }>();
  return { ...probed(echo), target: { host: '127.0.0.1', port, ca }, stop: () => echo.stop() };
}

/** PEM texts of a server that is not an instance: key, certificate with its chain, authorities. */
export async function loopbackCertificate(): Promise<{ key: string; certificate: string; ca: string }> {
  const now = new Date();
  const { root, sub } = await createAuthority({ instanceId: 'bench', now });
  const leaf = await issueServerCertificate({ sub, names: ['127.0.0.1'], now });
  return {
    key: leaf.privateKeyPem,
    certificate: `${leaf.certificatePem}${sub.certificatePem}`,
    ca: `${sub.certificatePem}${root.certificatePem}`,
  };
}

/** A program with loop-probe.js in it. */
function probed(program: PinnedProcess) {
  return {
    process: program,
    pid: program.pid,
    loopDelay: async () => (await program.ask<{ loopDelay: number }>('loop-delay')).loopDelay,
  };
}

export async function startInstance(options: InstanceOptions): Promise<InstanceServer> {
  const { root, program, core = SERVER_CORE, settings = {}, auditOff = false } = options;
  const dataDirectory = await mkdtemp(join(tmpdir(), 'kms-bench-'));
  await options.prepare?.(dataDirectory);
  const instance = new PinnedProcess({
    core,
    args: [...PROBE, ...program],
    cwd: root,
    env: {
      ...withoutSettings(process.env),
      KMS_DATA_DIR: dataDirectory,
      KMS_DATA_PLANE_PORT: '0',
      KMS_CONTROL_PLANE_PORT: '0',
      KMS_PROCESSES: '1',
      KMS_THROTTLE_QPS: '0',
      KMS_LOG_LEVEL: 'warn',
      ...settings,
    },
  });
  const stop = async (): Promise<void> => {
    await instance.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  };
  try {
    const endpoints = await startedEndpoints(instance, join(dataDirectory, 'endpoints.json'));
    const quickstart = (name: string): string => join(dataDirectory, 'quickstart', name);
    const ca = await readFile(quickstart('ca.pem'), 'utf8');
    const admin = await adminClient(dataDirectory, endpoints.controlPlane, ca);
    if (auditOff) await admin.call('DisableAuditLog', {});
    return {
      ...probed(instance),
      hsmPids: [],
      dataDirectory,
      endpoints,
      target: { ...hostAndPort(endpoints.dataPlane), ca },
      credential: await readCredential(quickstart('client-key.json'), quickstart('client-key.password')),
      keys: await createKeys(admin),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startedEndpoints(instance: PinnedProcess, file: string): Promise<Endpoints> {
  const deadline = Date.now() + START_DEADLINE_MS;
  while (Date.now() < deadline && !instance.ended) {
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text !== null) return JSON.parse(text) as Endpoints;
    await delay(POLL_MS);
  }
  throw new Error(`the instance did not start:\n${instance.output}`);
}

async function adminClient(dataDirectory: string, controlPlane: string, ca: string): Promise<AdminClient> {
  const file = await readFile(join(dataDirectory, 'root-accesskey.json'), 'utf8');
  const { AccessKeyId, AccessKeySecret } = JSON.parse(file) as Record<string, string>;
  return new AdminClient({
    ...hostAndPort(controlPlane),
    ca,
    accessKeyId: AccessKeyId ?? '',
    accessKeySecret: AccessKeySecret ?? '',
  });
}

async function createKeys(admin: AdminClient): Promise<KeyNames> {
  const create = async (KeySpec: string, KeyUsage: string): Promise<string> => {
    const { KeyMetadata } = await admin.call('CreateKey', { KeySpec, KeyUsage });
    return (KeyMetadata as { KeyId: string }).KeyId;
  };
  const made = new Map<keyof typeof MORE_KEYS, Promise<string>>();
  return {
    aes: await create('Aliyun_AES_256', 'ENCRYPT/DECRYPT'),
    p256: await create('EC_P256', 'SIGN/VERIFY'),
    rsa2048: await create('RSA_2048', 'SIGN/VERIFY'),
    more(name) {
      const [spec, usage] = MORE_KEYS[name];
      const key = made.get(name) ?? create(spec, usage);
      made.set(name, key);
      return key;
    },
  };
}

function hostAndPort(endpoint: string): { host: string; port: number } {
  const { hostname, port } = new URL(`https://${endpoint}`);
  return { host: hostname, port: Number(port) };
}

/** The environment without settings of the product that the caller's shell may carry. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('KMS_')));
}
