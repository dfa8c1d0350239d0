#!/usr/bin/env node
// The program behind `kms`: gives a run the process's own streams, environment, clock and signals.

import { randomBytes } from 'node:crypto';
import { processEnvironment } from '../../config.ts';
import type { Host } from './host.ts';
import { runCli } from './run-cli.ts';

const host: Host = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  environment: processEnvironment(),
  clock: Date.now,
  randomBytes,
  interruption() {
    const controller = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
    return controller.signal;
  },
};

// `kms key list | head`: the reader has what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCli(process.argv.slice(2), host);
