// `kms config check`: what an instance would start with, where each value comes from, and what it would refuse.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kms } from '../support/cli.ts';
import { present } from '../support/present.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Setting {
  readonly name: string;
  readonly variable: string;
  readonly value: unknown;
  readonly origin: string;
}

function configFile(settings: unknown): string {
  const file = join(temporaryFolder(), 'config.json');
  writeFileSync(file, typeof settings === 'string' ? settings : JSON.stringify(settings));
  return file;
}

test('every value is shown with its origin; the environment wins over the file', async () => {
  const file = configFile({ region: 'eu-central-1', dataPlane: { port: 1 }, controlPlane: { port: 2 } });
  const environment = { KMS_DATA_PLANE_PORT: '9443', KMS_SERVER_NAMES: 'kms.example, 10.0.0.1' };
  const { code, stdout } = await kms(['config', 'check', '--config', file, '--json'], { environment });
  expect(code).toBe(0);
  const settings = JSON.parse(stdout) as Setting[];
  const shown = (name: string) => {
    const { value, origin, variable } = present(settings.find((setting) => setting.name === name));
    return [value, origin, variable];
  };
  expect(shown('region')).toEqual(['eu-central-1', 'file', 'KMS_REGION']);
  expect(shown('dataPlane.port')).toEqual([9443, 'environment', 'KMS_DATA_PLANE_PORT']);
  expect(shown('controlPlane.port')).toEqual([2, 'file', 'KMS_CONTROL_PLANE_PORT']);
  expect(shown('serverNames')).toEqual([['kms.example', '10.0.0.1'], 'environment', 'KMS_SERVER_NAMES']);
  expect(shown('limits.keys')).toEqual([1000, 'default', 'KMS_LIMITS_KEYS']);
  expect(shown('rootKey.passphraseFile')).toEqual([null, 'default', 'KMS_ROOT_KEY_PASSPHRASE_FILE']);
});

test('people get a table', async () => {
  const { stdout } = await kms(['config', 'check'], { environment: { KMS_LOG_LEVEL: 'warn' } });
  expect(stdout).toMatch(/^SETTING +VALUE +FROM +VARIABLE$/m);
  expect(stdout).toMatch(/^logLevel +warn +environment +KMS_LOG_LEVEL$/m);
});

test("the command's own variables are none of the instance's settings", async () => {
  const environment = { KMSCTL_ENDPOINT: 'localhost:1', KMSCTL_ACCESS_KEY_SECRET: 'hush' };
  const { code, stdout } = await kms(['config', 'check'], { environment });
  expect(code).toBe(0);
  expect(stdout).not.toContain('hush');
});

test.each([
  ['an unknown variable', {}, { KMS_NONSENSE: '1' }, 'KMS_NONSENSE: unknown setting'],
  ['an invalid variable', {}, { KMS_DATA_PLANE_PORT: 'high' }, 'dataPlane.port: '],
  ['an unknown setting', { dataPlane: { prot: 1 } }, {}, 'dataPlane.prot: unknown setting'],
  ['an invalid setting', { accountId: 7 }, {}, 'accountId: '],
  [
    'a wildcard as server name',
    {},
    { KMS_SERVER_NAMES: 'a.example,*.example' },
    'serverNames: Server name 2 ',
  ],
  ['a numeric last label', {}, { KMS_SERVER_NAMES: 'a.1' }, 'serverNames: Server name 1 '],
  ['an IPv6 zone', {}, { KMS_SERVER_NAMES: 'fe80::1%eth0' }, 'serverNames: Server name 1 '],
  ['65 server names', { serverNames: Array<string>(65).fill('a.example') }, {}, 'serverNames: '],
  ['no server name', { serverNames: [] }, {}, 'serverNames: '],
  ['several at once', { accountId: 7, edition: 'gold' }, {}, 'edition: '],
  ['a file that is no JSON', '{', {}, 'config.json: '],
  ['a file that is no object', '[]', {}, 'must hold a JSON object'],
])('%s is named and exits with 4', async (_, settings, environment, message) => {
  const file = configFile(settings);
  const { code, stdout, stderr } = await kms(['config', 'check', '--config', file], { environment });
  expect(stderr).toContain(message);
  expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
});

test('a file that does not exist exits with 4', async () => {
  const { code, stderr } = await kms(['config', 'check', '--config', '/nowhere/config.json']);
  expect(code).toBe(4);
  expect(stderr).toContain('/nowhere/config.json');
});
