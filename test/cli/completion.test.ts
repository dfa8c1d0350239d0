// Completion lists every command; bash's script is run by a real bash.

import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../appliance/control-plane/cli/command-table.ts';
import { flagsOf } from '../../appliance/control-plane/cli/flags.ts';
import { kms } from '../support/cli.ts';
import { present } from '../support/present.ts';

async function script(shell: string): Promise<string> {
  const { code, stdout } = await kms(['completion', shell]);
  expect(code).toBe(0);
  return stdout;
}

/** What bash offers for the last of the words. */
async function bashOffers(...words: string[]): Promise<string[]> {
  const program = `${await script('bash')}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _kms; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const output = execFileSync('bash', ['-c', program, 'bash', 'kms', ...words], { encoding: 'utf8' });
  return output.split('\n').filter((line) => line !== '');
}

test('bash offers every command and every option', async () => {
  for (const command of COMMANDS) {
    const parts = command.path.split(' ');
    const last = parts.at(-1) ?? '';
    expect(await bashOffers(...parts.slice(0, -1), last)).toContain(last);
  }
  const command = present(COMMANDS.find(({ path }) => path === 'key create'));
  expect(await bashOffers('key', 'create', '--')).toEqual(flagsOf(command).map(({ flag }) => flag));
});

describe('bash', () => {
  test('offers the commands of a group', async () => {
    expect(await bashOffers('alias', '')).toEqual(['create', 'update', 'delete', 'list']);
    expect(await bashOffers('key', 'p')).toEqual(['protect', 'policy']);
    expect(await bashOffers('completion', '')).toEqual(expect.arrayContaining(['bash', 'zsh', 'fish']));
  });

  test('offers the options of a command behind its arguments', async () => {
    expect(await bashOffers('key', 'schedule-deletion', 'key-1', '--d')).toEqual(['--days', '--data-dir']);
  });
});

test.each(['zsh', 'fish'])('the script for %s names every command and every option', async (shell) => {
  const text = await script(shell);
  for (const command of COMMANDS) {
    for (const word of command.path.split(' ')) expect(text).toContain(word);
    for (const { flag } of flagsOf(command)) expect(text).toContain(flag.slice(2));
  }
  expect(text).not.toContain('undefined');
});

test('the fish script offers each command with its summary where its group stands', async () => {
  expect(await script('fish')).toContain(
    "complete -c kms -n \"__kms_at 'key'\" -a disable -d 'forbid every use of a key, from the next request on'",
  );
});
