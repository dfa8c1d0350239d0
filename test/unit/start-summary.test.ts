// The commands that a first start prints must work as pasted: a shell must read the paths as meant, from the folder in
// which each program runs.

import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../appliance/config.ts';
import { startSummary } from '../../appliance/ops/start-summary.ts';

const STARTED = {
  instanceId: 'kst-test',
  dataPlane: '127.0.0.1:8443',
  controlPlane: '127.0.0.1:8444',
  firstStart: true,
};

/** The words of the printed line with this program, as a POSIX shell splits them. */
function wordsOf(summary: string, program: string): readonly string[] {
  const line = summary.split('\n').find((each) => each.includes(program)) ?? '';
  const command = line.slice(line.indexOf(program));
  return execFileSync('sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' }).split('\n');
}

function flag(words: readonly string[], name: string): string {
  return words[words.indexOf(name) + 1] ?? '';
}

describe.each(['./data', '/srv/kms', "./it's a folder"])('with the data directory %s', (dataDir) => {
  const config = loadConfig(null, { KMS_DATA_DIR: dataDir });
  const summary = startSummary(STARTED, config);

  test.each([
    ['examples/python/quickstart.py', '.'],
    ['go -C examples/go', 'examples/go'],
    ['php examples/php/quickstart.php', '.'],
  ])('the command of %s finds the files of the quickstart', (program, folder) => {
    const words = wordsOf(summary, program);
    const file = (name: string): string => resolve(folder, flag(words, name));
    expect(flag(words, '--endpoint')).toBe('127.0.0.1:8443');
    expect(file('--client-key')).toBe(resolve(dataDir, 'quickstart/client-key.json'));
    expect(file('--password-file')).toBe(resolve(dataDir, 'quickstart/client-key.password'));
    expect(file('--ca')).toBe(resolve(dataDir, 'quickstart/ca.pem'));
  });

  test('Maven gets all flags of the Java program in one word', () => {
    const words = wordsOf(summary, 'mvn -q');
    const args = words.find((word) => word.startsWith('-Dexec.args=')) ?? '';
    expect(args).toContain('--endpoint 127.0.0.1:8443 --client-key ');
    expect(args).toContain('quickstart/ca.pem');
  });
});

test('a later start prints no commands', () => {
  const config = loadConfig(null, {});
  expect(startSummary({ ...STARTED, firstStart: false }, config)).not.toContain('quickstart');
});
