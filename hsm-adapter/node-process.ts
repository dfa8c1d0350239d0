#!/usr/bin/env node
// The program hsm-node. `serve` supervises the processes of one token and opens a door to it; `token` is such a process,
// started by `serve` alone; `probe` prints what a token can do, as JSON. Secrets come from files, never from arguments; logs go to standard error.

import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { ADMIT_ANY, readAdmitted } from './admission.ts';
import { createNodeLogger, type NodeLogger } from './node-logger.ts';
import { type NodeServerOptions, openNodeServer } from './node-server.ts';
import { probeToken } from './probe.ts';
import { readSecretFile } from './secret-file.ts';
import { Supervisor } from './supervisor.ts';
import { openToken } from './token.ts';
import { runTokenProcess } from './token-process.ts';

const USAGE = `hsm-node serve --module FILE (--token-label LABEL | --token-serial SERIAL) --pin-file FILE
  one door:  --listen HOST:PORT --server server.p12 --server-password-file FILE
             --client-ca rootca.pem --client-cert client.pem
         or  --listen-unix PATH
         or  --parent               (the socket inherited as file descriptor 3)
  hand-over: --admit FILE|any       (members that may receive the domain key: SHA-256 fingerprints of their keys, one a
             line; any: whoever may connect. Default: nobody with --listen, any with the other doors)
  PIN:       --refused-pins DIR      (remembers there that the token refused a PIN: it is not tried again, by this node or
             a later one, before its file has changed)
  limits:    --processes N (of the token, 1 to 63, default: cores, at most 4)  --hang-ms N (1000, at most 2500)
             --max-keys N (unwrapped keys a process keeps, 2000)  --max-connections N (64)
hsm-node probe --module FILE (--token-label LABEL | --token-serial SERIAL) --pin-file FILE
`;

const OPTIONS = {
  module: { type: 'string' },
  'token-label': { type: 'string' },
  'token-serial': { type: 'string' },
  'pin-file': { type: 'string' },
  'refused-pins': { type: 'string' },
  listen: { type: 'string' },
  'listen-unix': { type: 'string' },
  parent: { type: 'boolean' },
  server: { type: 'string' },
  'server-password-file': { type: 'string' },
  'client-ca': { type: 'string' },
  'client-cert': { type: 'string' },
  admit: { type: 'string' },
  processes: { type: 'string' },
  'hang-ms': { type: 'string' },
  'max-keys': { type: 'string' },
  'max-connections': { type: 'string' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];
type Name = Exclude<keyof Values, 'parent'>;

const PRESET_PROCESSES = 4;
/** With the one for slow work, as many as a node's status may list. */
const MAX_PROCESSES = 63;
/** Below the deadline of the use of keys: a process that hangs is noticed while its work can still be done elsewhere. */
const MAX_HANG_MS = 2_500;

class UsageError extends Error {}

async function main(args: readonly string[]): Promise<void> {
  // Whatever is made here, sockets included, is the owner's alone.
  process.umask(0o077);
  const log = createNodeLogger();
  try {
    const [command, ...rest] = args;
    const { values } = parseArgs({ args: rest, options: OPTIONS, strict: true });
    if (command === 'token') await runTokenProcess({ ...tokenOptions(values), admit: values.admit }, log);
    else if (command === 'serve') await serve(values, log);
    else if (command === 'probe') await probe(values);
    else throw new UsageError('Name a command.');
  } catch (error) {
    const usage = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
    process.stderr.write(usage ? `${error.message}\n${USAGE}` : '');
    if (!usage) log.error({ err: error }, 'hsm-node could not start');
    process.exitCode = usage ? 2 : 1;
  }
}

async function serve(values: Values, log: NodeLogger): Promise<void> {
  const { module, token, pinFile, refusedPins, maxKeys } = tokenOptions(values);
  readSecretFile(pinFile);
  const admit = admitOf(values);
  if (admit !== undefined && admit !== ADMIT_ANY) readAdmitted(admit);
  const supervisor = new Supervisor({
    command: [
      process.execPath,
      ...process.execArgv,
      process.argv[1] ?? '',
      'token',
      `--module=${module}`,
      `--token-label=${token}`,
      `--pin-file=${pinFile}`,
      `--max-keys=${maxKeys}`,
      ...(refusedPins === undefined ? [] : [`--refused-pins=${refusedPins}`]),
      ...(admit === undefined ? [] : [`--admit=${admit}`]),
    ],
    processes: integer(
      values,
      'processes',
      Math.min(PRESET_PROCESSES, availableParallelism()),
      MAX_PROCESSES,
    ),
    hangMs: integer(values, 'hang-ms', 1_000, MAX_HANG_MS),
    monotonic: () => performance.now(),
    random: () => randomInt(2 ** 32) / 2 ** 32,
    log,
  });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void server.close().then(() => supervisor.close());
  };
  const server = await openNodeServer({
    door: await doorOf(values, stop),
    maxConnections: integer(values, 'max-connections', 64),
    handle: (request) => supervisor.answer(request),
    log,
  });
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  log.info({ port: server.port }, 'listening');
  await supervisor.start();
}

/** The other doors are for the token's own user, who needs no node to use it. */
function admitOf({ admit, listen }: Values): string | undefined {
  return admit ?? (listen === undefined ? ADMIT_ANY : undefined);
}

/** Ends the process: a module may keep it alive. */
async function probe(values: Values): Promise<never> {
  let answer: object;
  try {
    answer = probeToken(await openToken(tokenOptions(values)));
  } catch (error) {
    answer = { error: error instanceof Error ? error.message : 'The token could not be opened.' };
  }
  writeFileSync(1, `${JSON.stringify(answer)}\n`);
  process.exit(0);
}

async function doorOf(values: Values, onParentGone: () => void): Promise<NodeServerOptions['door']> {
  const doors = [values.listen, values['listen-unix'], values.parent].filter((door) => door !== undefined);
  if (doors.length !== 1) throw new UsageError('Name one door: --listen, --listen-unix or --parent.');
  if (values.parent === true) return { type: 'parent', onGone: onParentGone };
  if (values.listen === undefined) return { type: 'unix', path: required(values, 'listen-unix') };
  const colon = values.listen.lastIndexOf(':');
  const port = Number(values.listen.slice(colon + 1));
  if (colon < 1 || !Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError('--listen takes HOST:PORT.');
  }
  return {
    type: 'tls',
    host: values.listen.slice(0, colon).replace(/^\[(.*)\]$/, '$1'),
    port,
    pfx: await readFile(required(values, 'server')),
    passphrase: readSecretFile(required(values, 'server-password-file')),
    clientCa: await readFile(required(values, 'client-ca')),
    clientCertificate: await readFile(required(values, 'client-cert')),
  };
}

function tokenOptions(values: Values) {
  const token = values['token-label'] ?? values['token-serial'];
  if (token === undefined) throw new UsageError('Name the token: --token-label or --token-serial.');
  return {
    module: required(values, 'module'),
    token,
    pinFile: required(values, 'pin-file'),
    refusedPins: values['refused-pins'],
    maxKeys: integer(values, 'max-keys', 2_000),
  };
}

function required(values: Values, name: Name): string {
  const value = values[name];
  if (value === undefined) throw new UsageError(`--${name} is missing.`);
  return value;
}

function integer(values: Values, name: Name, preset: number, max = 9_999_999): number {
  const text = values[name];
  if (text === undefined) return preset;
  if (!/^[1-9][0-9]{0,6}$/.test(text)) throw new UsageError(`--${name} takes a whole number.`);
  if (Number(text) > max) throw new UsageError(`--${name} takes at most ${max}.`);
  return Number(text);
}

await main(process.argv.slice(2));
