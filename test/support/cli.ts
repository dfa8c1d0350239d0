// The `kms` command in this process: words, environment and standard input in, exit code and outputs out.

import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import type { Host, InputStream } from '../../appliance/control-plane/cli/host.ts';
import { runCli } from '../../appliance/control-plane/cli/run-cli.ts';

export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Text on standard input, or a stream of the test's own. */
  readonly stdin?: string | InputStream;
  /** Standard error and standard output are terminals. */
  readonly terminal?: boolean;
  readonly interruption?: AbortSignal;
}

export async function kms(words: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const { environment = {}, stdin = '', terminal = false, interruption } = options;
  const stdout = capture(terminal);
  const stderr = capture(terminal);
  const host: Host = {
    stdin: typeof stdin === 'string' ? textStream(stdin) : stdin,
    stdout: stdout.stream,
    stderr: stderr.stream,
    environment,
    clock: Date.now,
    randomBytes,
    interruption: () => interruption ?? new AbortController().signal,
  };
  const code = await runCli(words, host);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function capture(isTTY: boolean) {
  const chunks: string[] = [];
  const stream = new PassThrough({ encoding: 'utf8' });
  stream.on('data', (chunk: string) => chunks.push(chunk));
  return {
    stream: Object.assign(stream, { isTTY }),
    text: () => chunks.join('') + String(stream.read() ?? ''),
  };
}

function textStream(text: string): PassThrough {
  const stream = new PassThrough();
  stream.end(text);
  return stream;
}
