// What of a request's parameters its audit record repeats.

import { expect, test } from 'vitest';
import { ACTIONS } from '../../../appliance/control-plane/action-table.ts';
import { RECORDED, recordedParameters } from '../../../appliance/control-plane/recorded-parameters.ts';

/** Source: control-plane specification 5.1, "redact always"; and whatever is named like them. */
const REDACTED =
  /Plaintext|Digest|^Message$|Blob|Material(?!ExpireUnix$)|Token|SecretData|Password|PrivateKey|Context|Signature|Secret|^Value$|^Mac$|Document|^Policy$/;
/** Of every request, whatever its action. */
const COMMON = ['RegionId', 'DryRun'];

test('names, ids, choices and numbers are recorded, and nothing that nobody has judged', () => {
  const parameters = new Map([
    ['KeyId', 'alias/a'],
    ['PendingWindowInDays', '7'],
    ['Plaintext', 'payload'],
    ['Password', 'payload'],
    ['Unheard-Of', 'payload'],
  ]);
  expect(recordedParameters(parameters)).toEqual({ KeyId: 'alias/a', PendingWindowInDays: '7' });
});

test('where an instance was connected to is recorded, and until when material lives, without credentials', () => {
  const recorded = { Members: '["a=hsm:8020"]', ServerName: 'hsm', KeyMaterialExpireUnix: '1800000000' };
  const secret = {
    ClientP12: 'payload',
    Password: 'payload',
    RootCa: 'payload',
    EncryptedKeyMaterial: 'payload',
  };
  expect(recordedParameters(new Map(Object.entries({ ...recorded, ...secret })))).toEqual(recorded);
});

test('a long value is cut', () => {
  expect(recordedParameters(new Map([['KeyId', 'k'.repeat(5000)]]))['KeyId']).toHaveLength(256);
});

test('none of them is one that must be redacted, and each is some action’s', () => {
  expect([...RECORDED].filter((name) => REDACTED.test(name))).toEqual([]);
  const known = new Set([...ACTIONS.flatMap(({ parameters }) => parameters), ...COMMON]);
  expect([...RECORDED].filter((name) => !known.has(name))).toEqual([]);
});
