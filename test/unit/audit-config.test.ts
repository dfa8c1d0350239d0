// Settings of delivery that do not go together refuse to start, and name the setting that is missing.

import { expect, test } from 'vitest';
import { type Config, loadConfig } from '../../appliance/config.ts';
import { startTestInstance } from '../support/instance.ts';
import { runInstance } from '../support/instance-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const load = (settings: Readonly<Record<string, string>>): Config =>
  loadConfig(
    null,
    Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [`KMS_AUDIT_DELIVERY_${name}`, value]),
    ),
  );

test.each([
  [{ TARGET: 'directory' }, 'audit.delivery.directory: required when target is directory'],
  [{ TARGET: 's3' }, 'audit.delivery.s3.bucket: required when a target is s3'],
  [{ HEAD_TARGET: 's3' }, 'audit.delivery.s3.bucket: required when a target is s3'],
  [{ HEAD_TARGET: 'directory' }, 'audit.delivery.headDirectory: required when headTarget is directory'],
  [{ S3_LOCK_MODE: 'COMPLIANCE' }, 'audit.delivery.s3.lockDays: required with lockMode'],
  [{ S3_LOCK_DAYS: '3' }, 'audit.delivery.s3.lockMode: required with lockDays'],
  [
    { S3_ENDPOINT: 'https://user:hush@s3.example' },
    'audit.delivery.s3.endpoint: credentials belong into audit.delivery.s3.credentialsFile',
  ],
])('%j is refused', (settings, message) => {
  expect(() => load(settings)).toThrow(message);
});

test.each([
  { PREFIX: '../elsewhere' },
  { PREFIX: '/absolute' },
  { PREFIX: 'a//b' },
  { S3_ENDPOINT: 'file:///etc' },
  { S3_BUCKET: 'UPPER' },
  { KEEP_DAYS: '-1' },
])('%j is refused as well', (settings) => {
  expect(() => load(settings)).toThrow(/^audit\.delivery\./);
});

test('an empty prefix and one of several parts are fine', () => {
  expect(load({ PREFIX: '' }).audit.delivery.prefix).toBe('');
  expect(load({ PREFIX: 'logs/kms-1' }).audit.delivery.prefix).toBe('logs/kms-1');
});

test('by default nothing is delivered, and nothing is removed', () => {
  expect(load({}).audit.delivery).toMatchObject({ target: 'none', headTarget: 'none', keepDays: null });
});

test('an instance whose bucket cannot be reached starts all the same', async () => {
  const instance = await startTestInstance(temporaryFolder(), {
    settings: {
      KMS_QUICKSTART: 'false',
      KMS_AUDIT_DELIVERY_TARGET: 's3',
      KMS_AUDIT_DELIVERY_S3_ENDPOINT: 'http://127.0.0.1:1',
      KMS_AUDIT_DELIVERY_S3_BUCKET: 'nobody-there',
    },
  });
  expect(instance.auditStatus()).toMatchObject({
    target: 's3',
    state: expect.stringMatching(/working|warning/) as string,
  });
  await instance.stop();
});

/** A machine without the package, as far as the process can see. */
const WITHOUT_PACKAGE = `export async function resolve(name, context, next) {
  if (name !== '@aws-sdk/client-s3') return next(name, context);
  throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
}`;

test('without the S3 package an instance that needs it does not start, and says what is missing', async () => {
  const hooks = `data:text/javascript,${encodeURIComponent(WITHOUT_PACKAGE)}`;
  const register = `import { register } from 'node:module'; register(${JSON.stringify(hooks)});`;
  const { ended, printed } = runInstance({
    NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(register)}`,
    KMS_DATA_DIR: temporaryFolder(),
    KMS_AUDIT_DELIVERY_TARGET: 's3',
    KMS_AUDIT_DELIVERY_S3_BUCKET: 'some-bucket',
  });
  expect((await ended)[0]).toBe(1);
  expect(printed()).toMatch('the package @aws-sdk/client-s3 is not installed (see docs/audit.md)');
});
