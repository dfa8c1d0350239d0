// A token on this machine, in a child process: `hsm-node serve --parent` as a member of the cluster, or `hsm-node probe`
// for a report. The PKCS#11 module never runs in the caller's process.

import { execFile } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ProcessEndpoint } from './endpoint.ts';
import { HsmError } from './hsm-error.ts';
import type { ProbeReport } from './probe.ts';
import type { TokenConfiguration } from './token.ts';

const execFileAsync = promisify(execFile);

const EXTENSION = extname(import.meta.url);
const PROGRAM = fileURLToPath(new URL(`./node-process${EXTENSION}`, import.meta.url));
/** The sources run only with a loader; the build runs as it is. */
const LOADER = EXTENSION === '.ts' ? ['--import', 'tsx'] : [];
const PROBE_MS = 120_000;

type Environment = Readonly<Record<string, string>>;

export function localNode(token: TokenConfiguration, env: Environment): ProcessEndpoint {
  return { type: 'process', command: process.execPath, args: argumentsOf(['serve', '--parent'], token), env };
}

/** @throws HsmError UNAVAILABLE: the child crashed, hung, or says what it could not do. */
export async function probeLocalToken(token: TokenConfiguration, env: Environment): Promise<ProbeReport> {
  const limits = { timeout: PROBE_MS, killSignal: 'SIGKILL', maxBuffer: 1024 * 1024 } as const;
  const { stdout } = await execFileAsync(process.execPath, argumentsOf(['probe'], token), {
    ...limits,
    env,
  }).catch((cause: unknown) => {
    throw new HsmError('UNAVAILABLE', `The PKCS#11 module ended the probing process: ${endOf(cause)}.`, {
      cause,
    });
  });
  const answer = JSON.parse(stdout) as ProbeReport | { readonly error: string };
  if ('error' in answer) throw new HsmError('UNAVAILABLE', answer.error);
  return answer;
}

function argumentsOf(
  words: readonly string[],
  { module, token, pinFile, refusedPins }: TokenConfiguration,
): string[] {
  const options = [`--module=${module}`, `--token-label=${token}`, `--pin-file=${pinFile}`];
  const memory = refusedPins === undefined ? [] : [`--refused-pins=${refusedPins}`];
  return [...LOADER, PROGRAM, ...words, ...options, ...memory];
}

/** Exit code or signal: what a child wrote to standard error may be anything. */
function endOf(error: unknown): string {
  const { signal, code } = error as { readonly signal?: string | null; readonly code?: unknown };
  return signal ? `signal ${signal}` : `exit code ${String(code)}`;
}
