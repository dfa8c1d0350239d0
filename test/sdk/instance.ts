// A real instance in its own process and its own temporary data directory: the built product, started as a user starts
// it, on free ports; stopped with SIGTERM. What it prints is kept for the failure report.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AdminClient } from './admin-client.ts';

const START_DEADLINE_MS = 60_000;
const STOP_DEADLINE_MS = 20_000;
const POLL_MS = 100;

interface Endpoints {
  readonly dataPlane: string;
  readonly controlPlane: string;
  readonly instanceId: string;
}

export interface Instance {
  readonly dataDirectory: string;
  readonly dataPlane: string;
  readonly controlPlane: string;
  readonly instanceId: string;
  readonly caFile: string;
  readonly admin: AdminClient;
  /** Everything the process has printed so far. */
  output(): string;
  /** Sends SIGTERM, waits for the end and removes the data directory. The exit code; null when it had to be killed. */
  stop(): Promise<number | null>;
}

/** What `npm start` and `npm run start:hsm` run. */
const EDITIONS = { basic: 'dist/appliance/main.js', standard: 'tools/start-hsm.mjs' } as const;

/** Starts an instance of the built product at `root`; `settings` are configuration variables (KMS_…). */
export async function startInstance(
  root: string,
  settings: Readonly<Record<string, string>>,
  edition: keyof typeof EDITIONS = 'basic',
): Promise<Instance> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'kms-sdk-'));
  const child = spawn(process.execPath, [EDITIONS[edition]], {
    cwd: root,
    env: {
      ...withoutSettings(process.env),
      KMS_DATA_DIR: dataDirectory,
      KMS_DATA_PLANE_PORT: '0',
      KMS_CONTROL_PLANE_PORT: '0',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const output = (): string => Buffer.concat(chunks).toString('utf8');
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));

  try {
    const endpoints = await waitForEndpoints(child, join(dataDirectory, 'endpoints.json'));
    const caFile = join(dataDirectory, 'quickstart', 'ca.pem');
    return {
      dataDirectory,
      dataPlane: endpoints.dataPlane,
      controlPlane: endpoints.controlPlane,
      instanceId: endpoints.instanceId,
      caFile,
      admin: await adminClient(dataDirectory, endpoints.controlPlane, caFile),
      output,
      stop: () => stop(child, ended, dataDirectory),
    };
  } catch (error) {
    await stop(child, ended, dataDirectory);
    throw new Error(`the instance did not start:\n${output()}`, { cause: error });
  }
}

/** The environment without configuration of the product that the caller's shell may carry. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('KMS_')));
}

async function waitForEndpoints(child: ChildProcess, file: string): Promise<Endpoints> {
  const deadline = Date.now() + START_DEADLINE_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    try {
      return JSON.parse(await readFile(file, 'utf8')) as Endpoints;
    } catch {
      await delay(POLL_MS);
    }
  }
  throw new Error(`no endpoints.json within ${START_DEADLINE_MS} ms`);
}

async function adminClient(
  dataDirectory: string,
  controlPlane: string,
  caFile: string,
): Promise<AdminClient> {
  const accessKey = JSON.parse(await readFile(join(dataDirectory, 'root-accesskey.json'), 'utf8')) as {
    AccessKeyId: string;
    AccessKeySecret: string;
  };
  const { hostname, port } = new URL(`https://${controlPlane}`);
  return new AdminClient({
    host: hostname,
    port: Number(port),
    ca: await readFile(caFile, 'utf8'),
    accessKeyId: accessKey.AccessKeyId,
    accessKeySecret: accessKey.AccessKeySecret,
  });
}

async function stop(
  child: ChildProcess,
  ended: Promise<number | null>,
  dataDirectory: string,
): Promise<number | null> {
  const kill = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
  child.kill('SIGTERM');
  const code = await ended;
  clearTimeout(kill);
  await rm(dataDirectory, { recursive: true, force: true });
  return code;
}
