// A node on the instance's own machine, as a child process of it: `hsm-node serve --parent`, or `hsm-node probe`.

import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProcessEndpoint } from './endpoint.ts';
import type { TokenConfiguration } from './token.ts';

const EXTENSION = extname(import.meta.url);
const PROGRAM = fileURLToPath(new URL(`./node-process${EXTENSION}`, import.meta.url));
/** The sources run only with a loader; the build runs as it is. */
const LOADER = EXTENSION === '.ts' ? ['--import', 'tsx'] : [];

type Environment = Readonly<Record<string, string>>;

export function localNode(token: TokenConfiguration, env: Environment): ProcessEndpoint {
  return { type: 'process', ...nodeCommand(['serve', '--parent'], token), env };
}

export function nodeCommand(
  words: readonly string[],
  { module, token, pinFile }: TokenConfiguration,
): { readonly command: string; readonly args: readonly string[] } {
  const options = [`--module=${module}`, `--token-label=${token}`, `--pin-file=${pinFile}`];
  return { command: process.execPath, args: [...LOADER, PROGRAM, ...words, ...options] };
}
