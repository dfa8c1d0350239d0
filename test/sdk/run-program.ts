// Runs one of the example programs to its end.

import { join } from 'node:path';
import { type Finished, runProgram } from './child.ts';
import type { Instance } from './instance.ts';
import type { Command } from './toolchains.ts';

const PROGRAM_DEADLINE_MS = 600_000;

export function runExample(
  { command, args }: Command,
  own: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  return runProgram(command, [...args, ...own], {
    env: { ...withoutProxies(process.env), ...environment },
    deadline: PROGRAM_DEADLINE_MS,
  });
}

/** The instance is on loopback: a proxy of the caller's shell must not stand in between. */
function withoutProxies(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/_proxy$/i.test(name)));
}

interface ClientKeyFiles {
  readonly clientKeyFile: string;
  readonly passwordFile: string;
}

/** Arguments of a quickstart program; without a Client Key the one that the instance made when it started. */
export function quickstartArguments(instance: Instance, clientKey?: ClientKeyFiles): readonly string[] {
  const folder = join(instance.dataDirectory, 'quickstart');
  const flags = {
    endpoint: instance.dataPlane,
    'client-key': clientKey?.clientKeyFile ?? join(folder, 'client-key.json'),
    'password-file': clientKey?.passwordFile ?? join(folder, 'client-key.password'),
    ca: instance.caFile,
  };
  return Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
}
