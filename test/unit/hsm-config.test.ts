// The settings of the edition and of its HSM cluster.

import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../appliance/config.ts';

const FILES = { KMS_HSM_CLIENT_FILE: 'c', KMS_HSM_PASSWORD_FILE: 'p', KMS_HSM_CA_FILE: 'r' };

test('the standard edition has its root key in the HSM, and may leave the cluster to kms hsm connect', () => {
  const { rootKey, hsm } = loadConfig(null, { KMS_EDITION: 'standard' });
  expect(rootKey.source).toBe('hsm');
  expect(hsm).toEqual({
    members: null,
    clientFile: null,
    passwordFile: null,
    caFile: null,
    serverName: null,
  });
});

test('the cluster comes from the environment, its files by absolute paths', () => {
  const { hsm } = loadConfig(null, {
    KMS_EDITION: 'standard',
    KMS_HSM_MEMBERS: 'a=h:1@z, b=h:2',
    KMS_HSM_SERVER_NAME: 'hsm.internal',
    ...FILES,
  });
  expect(hsm).toEqual({
    members: ['a=h:1@z', 'b=h:2'],
    clientFile: resolve('c'),
    passwordFile: resolve('p'),
    caFile: resolve('r'),
    serverName: 'hsm.internal',
  });
});

test('the basic edition keeps its root key in a file, unless told otherwise', () => {
  expect(loadConfig(null, {}).rootKey.source).toBe('file');
});

test.each([
  [
    { KMS_EDITION: 'standard', KMS_ROOT_KEY_SOURCE: 'file' },
    'rootKey.source: not file in the standard edition',
  ],
  [{ KMS_ROOT_KEY_SOURCE: 'hsm' }, 'rootKey.source: not hsm in the basic edition'],
  [{ KMS_HSM_MEMBERS: 'h:1' }, 'hsm: of the standard edition only'],
  [{ KMS_EDITION: 'standard', KMS_HSM_MEMBERS: 'h' }, 'hsm.members: h: not a member'],
  [
    { KMS_EDITION: 'standard', KMS_HSM_MEMBERS: 'a=h:1,a=h:2' },
    'hsm.members: two members have the same name',
  ],
  [{ KMS_EDITION: 'standard', KMS_HSM_CLIENT_FILE: 'c' }, 'hsm.passwordFile: required with clientFile'],
])('%o refuses to start and names the setting', (environment, message) => {
  expect(() => loadConfig(null, environment)).toThrow(message);
});
