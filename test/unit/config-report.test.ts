// What counts as secret among settings: by its name, at any depth, and inside URLs.

import { expect, test } from 'vitest';
import { MASK, maskedSetting } from '../../appliance/config-report.ts';

test.each([
  ['password', 'hush', MASK],
  ['accessKeySecret', 'hush', MASK],
  ['passphraseFile', '/etc/kms/passphrase', '/etc/kms/passphrase'],
  ['url', 'postgres://kms:hush@db:5432/kms?ssl=on', `postgres://kms:${MASK}@db:5432/kms?ssl=on`],
  ['url', 'https://bucket.example/path:with@signs', 'https://bucket.example/path:with@signs'],
  [
    'nodes',
    [{ name: 'a', pin: '12345678', tls: { clientPassword: 'hush' } }],
    [{ name: 'a', pin: MASK, tls: { clientPassword: MASK } }],
  ],
  ['token', '', MASK],
  ['port', 8443, 8443],
  ['quickstart', false, false],
  ['password', null, null],
])('%s: %j is shown as %j', (name, value, shown) => {
  expect(maskedSetting(name, value)).toEqual(shown);
});
