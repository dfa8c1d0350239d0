// The command line made of the table of commands: parsing, help, and what a command gets to run with.

import { Argument, type Command as CommanderCommand, Option, Command as Program } from 'commander';
import { type ApiClient, createApiClient } from './api-client.ts';
import type { Argument as ArgumentRow, Command, CommandCall, Option as OptionRow } from './command.ts';
import { COMMANDS, GROUPS } from './command-table.ts';
import { CONNECTION_VARIABLES, resolveConnection, unservedDataDir } from './connection.ts';
import { connectionOptionsOf, JSON_OPTION } from './flags.ts';
import type { Host } from './host.ts';
import { createTerminal, type Terminal } from './terminal.ts';

const HELP_WIDTH = 100;

/** Thrown errors are the caller's: CliError, CommanderError, ConfigError. */
export function createProgram(host: Host): CommanderCommand {
  const program = new Program('kms')
    .description('Administer a Dedicated KMS instance.')
    .exitOverride()
    .showHelpAfterError('(--help shows what is possible)')
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      writeErr: (text) => host.stderr.write(text),
      getOutHelpWidth: () => host.stdout.columns ?? HELP_WIDTH,
      getErrHelpWidth: () => host.stderr.columns ?? HELP_WIDTH,
    })
    .addHelpText('after', epilogue());
  const nodes = new Map<string, CommanderCommand>([['', program]]);
  for (const command of COMMANDS) addCommand(nodes, command, host);
  return program;
}

function addCommand(nodes: Map<string, CommanderCommand>, command: Command, host: Host): void {
  const node = nodeAt(nodes, command.path).description(sentence(command.summary));
  for (const argument of command.args ?? []) node.addArgument(argumentOf(argument));
  for (const option of command.options ?? []) node.addOption(optionOf(option));
  if (command.json) node.addOption(optionOf(JSON_OPTION));
  for (const option of connectionOptionsOf(command)) {
    node.addOption(optionOf(option).helpGroup('Connection (default: the instance of the data directory):'));
  }
  node.addHelpText('after', `\nExamples:\n${command.examples.map((each) => `  $ kms ${each}`).join('\n')}`);
  node.action(async () => {
    const clients: ApiClient[] = [];
    const terminal = createTerminal(host);
    try {
      const result = await command.run(callOf(command, { node, host, terminal, clients }));
      if (node.opts<{ json?: boolean }>().json) terminal.json(result.json);
      else result.show(terminal);
    } finally {
      for (const client of clients) client.close();
    }
  });
}

/** The node of a path; groups on the way are made when first met. */
function nodeAt(nodes: Map<string, CommanderCommand>, path: string): CommanderCommand {
  const known = nodes.get(path);
  if (known) return known;
  const words = path.split(' ');
  const parent = nodeAt(nodes, words.slice(0, -1).join(' '));
  const node = parent.command(words.at(-1) ?? '').description(sentence(GROUPS[path] ?? ''));
  nodes.set(path, node);
  return node;
}

function argumentOf({ name, description, optional, variadic, choices }: ArgumentRow): Argument {
  const word = variadic ? `${name}...` : name;
  const argument = new Argument(optional ? `[${word}]` : `<${word}>`, description);
  return choices ? argument.choices(choices) : argument;
}

function optionOf({ flag, value, description, required, repeatable, choices, fallback }: OptionRow): Option {
  const note = repeatable ? `${description} (repeatable)` : description;
  const option = new Option(value === undefined ? flag : `${flag} <${value}>`, note);
  if (required) option.makeOptionMandatory();
  if (fallback !== undefined) option.default(repeatable ? [fallback] : fallback, fallback);
  if (choices) option.choices(choices);
  if (repeatable) collect(option, fallback !== undefined);
  return option;
}

/** Values of all occurrences, each of which may hold several with commas; a default goes when one is given. */
function collect(option: Option, hasFallback: boolean): void {
  const checkChoice = option.parseArg;
  let given = false;
  option.argParser<unknown>((text, previous) => {
    const words = text.split(',').map((word) => word.trim());
    for (const word of words) checkChoice?.(word, undefined);
    const before = hasFallback && !given ? [] : ((previous ?? []) as string[]);
    given = true;
    return [...before, ...words];
  });
}

interface Surroundings {
  readonly node: CommanderCommand;
  readonly host: Host;
  readonly terminal: Terminal;
  /** At most one; the caller closes it. */
  readonly clients: ApiClient[];
}

function callOf(command: Command, { node, host, terminal, clients }: Surroundings): CommandCall {
  const { args = [], options = [] } = command;
  const values = new Map<string, readonly string[]>();
  const keep = (name: string, given: unknown): void => {
    const list: readonly unknown[] = Array.isArray(given) ? given : given === undefined ? [] : [given];
    if (list.length > 0) values.set(name, list.map(String));
  };
  for (const [index, { name }] of args.entries()) keep(name, node.processedArgs[index]);
  const opts = node.opts<Readonly<Record<string, unknown>>>();
  for (const { flag } of options) keep(flag, opts[new Option(flag).attributeName()]);

  const connection = Object.fromEntries(
    connectionOptionsOf(command).map(({ flag }) => {
      const name = new Option(flag).attributeName();
      return [name, opts[name]];
    }),
  );
  const client = async (): Promise<ApiClient> => {
    const [open] = clients;
    if (open) return open;
    const resolved = await resolveConnection(connection, host);
    const made = createApiClient({ connection: resolved, clock: host.clock, randomBytes: host.randomBytes });
    clients.push(made);
    return made;
  };
  return {
    values,
    value: (name) => values.get(name)?.[0],
    host,
    terminal,
    unserved: () => unservedDataDir(connection, host),
    api: async (action, parameters, callOptions) => (await client()).call(action, parameters, callOptions),
  };
}

function sentence(summary: string): string {
  return summary.charAt(0).toUpperCase() + summary.slice(1);
}

function epilogue(): string {
  const width = Math.max(...CONNECTION_VARIABLES.map(([name]) => name.length));
  return `
Environment:
${CONNECTION_VARIABLES.map(([name, meaning]) => `  ${name.padEnd(width)}  ${meaning}`).join('\n')}

Exit codes:
  0  done
  1  refused by the service (code, message and request id are on standard error)
  2  wrong command line
  3  no connection, no trusted certificate, no answer in time
  4  wrong settings, credentials or files on this machine
`;
}
