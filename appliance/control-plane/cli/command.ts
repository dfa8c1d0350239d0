// What a command is. The table of commands (command-table.ts) holds them all; program.ts makes a command line of it,
// completion.ts the completion scripts, and the tests hold every row to having a summary and an example.

import type { ApiClient } from './api-client.ts';
import type { Host } from './host.ts';
import type { Terminal } from './terminal.ts';

export interface Argument {
  /** `key-id` */
  readonly name: string;
  readonly description: string;
  readonly optional?: true;
  readonly choices?: readonly string[];
  /** Takes all that follow. */
  readonly variadic?: true;
}

export interface Option {
  /** `--days` */
  readonly flag: `--${string}`;
  /** What the value is, `NUMBER`; absent for a switch. */
  readonly value?: string;
  readonly description: string;
  readonly required?: true;
  /** May be given several times, or once with commas. */
  readonly repeatable?: true;
  readonly choices?: readonly string[];
  readonly fallback?: string;
}

/** Values by argument name and option flag; a switch that was given is `['true']`. */
export type Values = ReadonlyMap<string, readonly string[]>;

export interface CommandCall {
  readonly values: Values;
  /** The value of what is given once; undefined when it was not given. */
  readonly value: (name: string) => string | undefined;
  readonly host: Host;
  /** For progress and notes; results are returned. */
  readonly terminal: Terminal;
  /** Connects on first use. */
  readonly api: ApiClient['call'];
  /** Data directory of a local instance that does not serve; null when there is an instance to ask. */
  readonly unserved: () => string | null;
}

/** What a command found out or did. */
export interface Result {
  /** What `--json` prints. */
  readonly json?: unknown;
  /** What people see. */
  readonly show: (terminal: Terminal) => void;
}

export interface Command {
  /** `key policy get` */
  readonly path: string;
  readonly summary: string;
  /** What follows `kms` on the command line, with a word on it where that helps: `key list  # all keys`. */
  readonly examples: readonly string[];
  readonly args?: readonly Argument[];
  readonly options?: readonly Option[];
  /** Whether it talks to an instance: such commands share the connection options. */
  readonly connects: boolean;
  /** Whether there is a `--json` form. */
  readonly json: boolean;
  readonly run: (call: CommandCall) => Result | Promise<Result>;
}
