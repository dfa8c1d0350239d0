// Real hsm-node processes for tests, and the endpoints that lead to them.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TlsEndpoint } from '../../hsm-adapter/index.ts';
import { type P12, P12_PASSWORD, type SecurityDomain } from './hsm-certificates.ts';
import { present } from './present.ts';
import type { SoftHsmToken } from './softhsm.ts';

const STOP_MS = 20_000;

export const NODE_PROGRAM = fileURLToPath(new URL('../../hsm-adapter/node-process.ts', import.meta.url));
export const TSX = ['--import', 'tsx'];

export interface LogLine {
  readonly msg: string;
  readonly lane?: string;
  /** Of the token process that the line is about. */
  readonly process?: number;
  /** Of a member's key. */
  readonly fingerprint?: string;
  readonly port?: number;
}

export interface HsmNode {
  readonly port: number;
  readonly pid: number;
  readonly log: readonly LogLine[];
  /** Process ids of the token processes that run now, the first ones first. */
  tokenProcesses(lane: 'fast' | 'slow'): number[];
  signal(signal: NodeJS.Signals): void;
  /** Resolves when the node and all it started are gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export interface HsmNodeOptions {
  readonly token: Pick<SoftHsmToken, 'module' | 'label' | 'pinFile' | 'env'>;
  /** Files of the server, and of the one client. */
  readonly domain: Pick<SecurityDomain, 'caFile'> & {
    readonly server: Pick<P12, 'p12' | 'passwordFile'>;
    readonly client: Pick<P12, 'pem'>;
  };
  /** 0 for any. */
  readonly port?: number;
  readonly args?: readonly string[];
  /** The one client certificate; the domain's by default. */
  readonly client?: Pick<P12, 'pem'>;
  /** What --admit of the TLS door says; by default any, null for no such option. */
  readonly admit?: string | null;
  /** A door other than the TLS port. */
  readonly door?: readonly string[];
}

export function tokenArguments({ module, label, pinFile }: HsmNodeOptions['token']): string[] {
  return ['--module', module, '--token-label', label, '--pin-file', pinFile];
}

/** Resolves when the node listens. */
export async function startHsmNode(options: HsmNodeOptions): Promise<HsmNode> {
  const { token, domain, port = 0, args = [], client = domain.client, admit = 'any' } = options;
  const tlsDoor = [
    ...['--listen', `127.0.0.1:${port}`, '--server', domain.server.p12],
    ...['--server-password-file', domain.server.passwordFile],
    ...['--client-ca', domain.caFile, '--client-cert', client.pem],
    ...(admit === null ? [] : ['--admit', admit]),
  ];
  const child = spawn(
    process.execPath,
    [...TSX, NODE_PROGRAM, 'serve', ...tokenArguments(token), ...(options.door ?? tlsDoor), ...args],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...token.env },
    },
  );
  // A test that ends in the middle leaves nothing running.
  const end = () => void child.kill('SIGKILL');
  process.once('exit', end);
  child.once('close', () => process.removeListener('exit', end));
  const log: LogLine[] = [];
  const listening = listenTo(child, log);
  return {
    port: await listening,
    pid: present(child.pid),
    log,
    tokenProcesses: (lane) => {
      const pids = (msg: string) =>
        log.filter((line) => line.msg === msg && line.lane === lane).map((line) => present(line.process));
      const ended = pids('a token process ended');
      return pids('a token process started').filter((pid) => !ended.includes(pid));
    },
    signal: (signal) => void child.kill(signal),
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'close');
      child.kill('SIGCONT');
      child.kill(signal);
      // One that waits for a token process that a test has stopped would never end.
      const force = setTimeout(end, STOP_MS);
      await gone;
      clearTimeout(force);
    },
  };
}

export function endpointOf(
  node: { readonly port: number },
  domain: SecurityDomain,
  client = domain.client,
): TlsEndpoint {
  return {
    type: 'tls',
    host: '127.0.0.1',
    port: node.port,
    pfx: client.pfx,
    passphrase: P12_PASSWORD,
    ca: domain.ca,
  };
}

/** The port of the log line that says so; rejects with the log when the process ends before. */
function listenTo(child: ChildProcess, log: LogLine[]): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines.filter((line) => line.startsWith('{'))) {
        const entry = JSON.parse(line) as LogLine;
        log.push(entry);
        if (entry.msg === 'listening') resolve(present(entry.port));
      }
    });
    child.once('close', () => reject(new Error(`hsm-node ended: ${JSON.stringify(log)} ${text}`)));
  });
}
