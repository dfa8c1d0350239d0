// Help everywhere, and help that is true: every command explains itself, and every example is one that parses.

import { describe, expect, test } from 'vitest';
import { COMMANDS, GROUPS } from '../../appliance/control-plane/cli/command-table.ts';
import { CONNECTION_VARIABLES } from '../../appliance/control-plane/cli/connection.ts';
import { flagsOf } from '../../appliance/control-plane/cli/flags.ts';
import { kms } from '../support/cli.ts';

const groups = [
  ...new Set(
    COMMANDS.flatMap(({ path }) => {
      const words = path.split(' ');
      return words.slice(0, -1).map((_, index) => words.slice(0, index + 1).join(' '));
    }),
  ),
];

describe.each(COMMANDS.map((command) => [command.path, command] as const))('kms %s', (path, command) => {
  test('has help with a description, all its options and an example', async () => {
    const { code, stdout, stderr } = await kms([...path.split(' '), '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Usage: kms ${path}`);
    expect(stdout.toLowerCase().replaceAll(/\s+/g, ' ')).toContain(command.summary.toLowerCase());
    for (const { flag } of flagsOf(command)) expect(stdout).toContain(flag);
    expect(stdout).toContain(`  $ kms ${path}`);
  });

  test('has examples whose options exist and whose required ones are there', () => {
    expect(command.examples.length).toBeGreaterThan(0);
    const flags = flagsOf(command).map(({ flag }) => flag);
    for (const example of command.examples) {
      expect(example).toMatch(new RegExp(`^${path}(?: |$)`));
      const used = example.match(/(?<= )--[a-z-]+/g) ?? [];
      expect(flags).toEqual(expect.arrayContaining([...used]));
      const required = (command.options ?? []).filter((option) => option.required).map(({ flag }) => flag);
      expect([...used]).toEqual(expect.arrayContaining(required));
    }
  });

  test('describes every argument and option', () => {
    for (const { description } of [...(command.args ?? []), ...(command.options ?? [])]) {
      expect(description).not.toBe('');
    }
  });
});

test('every group has a description, and none is described that does not exist', async () => {
  expect(Object.keys(GROUPS).sort()).toEqual([...groups].sort());
  for (const group of groups) {
    const { code, stdout } = await kms([...group.split(' '), '--help']);
    expect(code).toBe(0);
    expect(stdout.toLowerCase().replaceAll(/\s+/g, ' ')).toContain(GROUPS[group]?.toLowerCase());
  }
});

test('no two commands have the same path', () => {
  const paths = COMMANDS.map(({ path }) => path);
  expect(paths).toHaveLength(new Set(paths).size);
});

test('the help of kms names the variables and the exit codes', async () => {
  const { stdout } = await kms(['--help']);
  for (const [name] of CONNECTION_VARIABLES) expect(stdout).toContain(name);
  for (const code of [0, 1, 2, 3, 4]) expect(stdout).toMatch(new RegExp(`^  ${code}  \\w`, 'm'));
});

test('the help of a command looks like this', async () => {
  const { stdout } = await kms(['key', 'schedule-deletion', '--help']);
  expect(stdout).toMatchInlineSnapshot(`
    "Usage: kms key schedule-deletion [options] <key-id>

    Destroy a key for ever when a waiting time is over

    Arguments:
      key-id                    key id or ARN

    Options:
      --days <NUMBER>           waiting time, 7 to 366 days
      --json                    print JSON, for scripts
      -h, --help                display help for command

    Connection (default: the instance of the data directory):
      --endpoint <HOST:PORT>    control plane to call
      --ca <FILE>               certificate authorities of the instance (PEM)
      --access-key-file <FILE>  JSON with AccessKeyId and AccessKeySecret (- for standard input)
      --client-cert <FILE>      certificate to present to the control plane (PEM)
      --client-key <FILE>       private key of --client-cert (PEM)
      --data-dir <DIR>          data directory of a local instance
      --timeout <SECONDS>       time limit of each request (default: 30)

    Examples:
      $ kms key schedule-deletion key-kms6937… --days 30
    "
  `);
});
