// What users would pick instead: OpenBao's transit engine, started from a given binary with file storage and TLS on
// loopback, on the core of the servers. Written from its documented HTTP API (sys/init, sys/unseal, sys/mounts, transit);
// no audit device is enabled. HashiCorp Vault has the same API.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { OpenBaoClient } from './openbao-client.ts';
import { canPin, SERVER_CORE } from './pinned-process.ts';
import type { ScenarioName } from './scenarios.ts';
import { type LoadedServer, loopbackCertificate } from './servers.ts';

const START_DEADLINE_MS = 30_000;
const POLL_MS = 100;
const STOP_DEADLINE_MS = 10_000;

export interface OpenBaoServer extends LoadedServer {
  /** The requests of a scenario, ready to be sent; null when it has none that does the same. */
  requests(scenario: ScenarioName): Promise<Buffer[] | null>;
  stop(): Promise<void>;
}

/** @throws Error with the end of its output when it does not start */
export async function startOpenBao(binary: string): Promise<OpenBaoServer> {
  const folder = await mkdtemp(join(tmpdir(), 'kms-bench-openbao-'));
  const { key, certificate, ca } = await loopbackCertificate();
  const port = await freePort();
  const file = (name: string): string => join(folder, name);
  await writeFile(file('key.pem'), key, { mode: 0o600 });
  await writeFile(file('certificate.pem'), certificate);
  const listener = {
    address: `127.0.0.1:${port}`,
    tls_cert_file: file('certificate.pem'),
    tls_key_file: file('key.pem'),
  };
  await writeFile(
    file('config.json'),
    JSON.stringify({
      storage: { file: { path: file('data') } },
      listener: { tcp: listener },
      api_addr: `https://127.0.0.1:${port}`,
      disable_mlock: true,
    }),
  );
  const command = [binary, 'server', `-config=${file('config.json')}`];
  const [program = '', ...args] = canPin ? ['taskset', '-c', String(SERVER_CORE), ...command] : command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = async (): Promise<void> => {
    await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const target = { host: '127.0.0.1', port, ca };
    const client = new OpenBaoClient(target);
    await started(child, client);
    await client.setUp();
    return {
      target,
      pid: child.pid ?? 0,
      loopDelay: () => Promise.resolve(0),
      requests: (scenario) => client.requests(scenario),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function started(child: ChildProcess, client: OpenBaoClient): Promise<void> {
  const end = { output: '', failed: false };
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (end.output = (end.output + chunk.toString()).slice(-4096)));
  child.once('error', ({ message }) => Object.assign(end, { output: message, failed: true }));
  const deadline = Date.now() + START_DEADLINE_MS;
  while (Date.now() < deadline && child.exitCode === null && !end.failed) {
    if (await client.answers()) return;
    await delay(POLL_MS);
  }
  throw new Error(`OpenBao did not start: ${end.output}`);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  const kill = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
  child.kill('SIGTERM');
  await exit;
  clearTimeout(kill);
}

/** Free a moment ago: the server takes no port 0 that it would tell of. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
