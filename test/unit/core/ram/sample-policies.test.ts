// The sample policies of the product's documentation: for every action each of them touches, a call that it allows and
// one that it does not. Source: control-plane specification 4.4 (last paragraph) and the resources of 4.2.

import { describe, expect, test } from 'vitest';
import type { Key, Tag } from '../../../../appliance/core/key.ts';
import type { RamUser } from '../../../../appliance/core/ram/records.ts';
import { createUserAccess } from '../../../../appliance/core/ram/user-access.ts';
import { ACCOUNT, NOW } from '../../../support/core-services.ts';
import { type Grant, policyText } from '../../../support/ram-user.ts';
import { SAMPLE_RECORDS } from '../../../support/store-records.ts';

interface Call {
  readonly action: string;
  readonly resource: string;
  readonly tags?: readonly Tag[];
  readonly from?: string;
}

const USER: RamUser = {
  ...SAMPLE_RECORDS.ramUsers,
  attachments: [{ type: 'Custom', name: 'p', attachedAt: 0 }],
};

function allowedBy(grant: Grant | null, { action, resource, tags = [], from = '10.0.0.1' }: Call): boolean {
  const policy = { ...SAMPLE_RECORDS.ramPolicies, document: policyText(grant ?? { Action: 'oss:*' }) };
  const access = createUserAccess({
    ramUsers: { get: () => USER, list: () => [USER], count: () => 1 },
    ramPolicies: { get: () => policy, list: () => [policy], count: () => 1 },
  });
  const key: Key | undefined = resource.startsWith('key/')
    ? { ...SAMPLE_RECORDS.keys, tags, policy: null }
    : undefined;
  return access({
    accountId: ACCOUNT.accountId,
    user: USER.name,
    action: `kms:${action}`,
    resource: `acs:kms:${ACCOUNT.region}:${ACCOUNT.accountId}:${resource}`,
    key,
    clientAddress: from,
    now: NOW,
  });
}

const KEY_READS = [
  'DescribeKey',
  'DescribeKeyVersion',
  'ListKeyVersions',
  'ListAliasesByKeyId',
  'ListResourceTags',
];
const KEY_WRITES = [
  'EnableKey',
  'DisableKey',
  'ScheduleKeyDeletion',
  'ImportKeyMaterial',
  'SetKeyPolicy',
  'TagResource',
];
const KEY_USES = ['Encrypt', 'Decrypt', 'GenerateDataKey'];
const SECRET_READS = ['DescribeSecret', 'ListSecretVersionIds', 'GetSecretValue'];
const CERTIFICATE_READS = ['DescribeCertificate', 'GetCertificate'];
const CERTIFICATE_USES = ['CertificatePrivateKeySign', 'CertificatePublicKeyVerify'];

const onKey = (actions: readonly string[]): Call[] =>
  actions.map((action) => ({ action, resource: 'key/key-1' }));
const onSecret = (actions: readonly string[]): Call[] =>
  actions.map((action) => ({ action, resource: 'secret/db' }));
const onCertificate = (actions: readonly string[]): Call[] =>
  actions.map((action) => ({ action, resource: 'certificate/1' }));
const tagged = (calls: readonly Call[], key: string, value: string): Call[] =>
  calls.map((call) => ({ ...call, tags: [{ key, value }] }));
const from = (calls: readonly Call[], address: string): Call[] =>
  calls.map((call) => ({ ...call, from: address }));

const CONTAINERS: readonly Call[] = [
  { action: 'ListKeys', resource: 'key' },
  { action: 'ListAliases', resource: 'alias' },
  { action: 'ListSecrets', resource: 'secret' },
];
const EVERYTHING = [
  ...CONTAINERS,
  { action: 'CreateKey', resource: 'key' },
  { action: 'CreateAlias', resource: 'alias/a' },
  ...onKey([...KEY_READS, ...KEY_WRITES, ...KEY_USES, 'ReEncryptFrom', 'ReEncryptTo', 'AsymmetricSign']),
  ...onSecret([...SECRET_READS, 'PutSecretValue', 'DeleteSecret']),
  ...onCertificate([...CERTIFICATE_READS, ...CERTIFICATE_USES, 'UpdateCertificateStatus']),
];

interface Sample {
  readonly name: string;
  readonly grant: Grant;
  readonly allowed: readonly Call[];
  readonly denied: readonly Call[];
}

const READ = ['kms:List*', 'kms:Describe*'];
const SAMPLES: readonly Sample[] = [
  { name: 'full access', grant: { Action: ['kms:*'], Resource: ['*'] }, allowed: EVERYTHING, denied: [] },
  {
    name: 'read-only, and using keys',
    grant: { Action: [...READ, 'kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'], Resource: ['*'] },
    allowed: [...CONTAINERS, ...onKey([...KEY_READS, ...KEY_USES])],
    denied: [
      ...onKey([...KEY_WRITES, 'GenerateDataKeyWithoutPlaintext', 'ReEncryptTo']),
      ...onSecret(['GetSecretValue']),
      { action: 'CreateKey', resource: 'key' },
    ],
  },
  {
    name: 'using keys with the tag Project=Apollo',
    grant: {
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: ['*'],
      Condition: { StringEqualsIgnoreCase: { 'kms:tag/Project': ['Apollo'] } },
    },
    allowed: [
      ...tagged(onKey(KEY_USES), 'Project', 'Apollo'),
      ...tagged(onKey(KEY_USES), 'Project', 'APOLLO'),
    ],
    denied: [
      ...onKey(KEY_USES),
      ...tagged(onKey(KEY_USES), 'Project', 'Gemini'),
      ...tagged(onKey(KEY_USES), 'project', 'Apollo'),
      ...tagged(onKey(KEY_WRITES), 'Project', 'Apollo'),
    ],
  },
  {
    name: 'everything from some addresses',
    grant: {
      Action: ['kms:*'],
      Resource: ['*'],
      Condition: { IpAddress: { 'acs:SourceIp': ['192.168.0.0/16', '172.16.215.218'] } },
    },
    allowed: [...from(EVERYTHING, '192.168.3.4'), ...from(EVERYTHING, '172.16.215.218')],
    denied: [...from(EVERYTHING, '172.16.215.219'), ...from(EVERYTHING, '2001:db8::1')],
  },
  {
    name: 'reading secrets',
    grant: {
      Action: [...READ, 'kms:GetSecretValue', 'kms:Decrypt', 'kms:GetRandomPassword'],
      Resource: ['*'],
    },
    allowed: [
      ...CONTAINERS,
      ...onSecret(SECRET_READS),
      ...onKey(['Decrypt']),
      { action: 'GetRandomPassword', resource: '*' },
    ],
    denied: [...onSecret(['PutSecretValue', 'DeleteSecret']), ...onKey(['Encrypt', ...KEY_WRITES])],
  },
  {
    name: 'reading certificates',
    grant: {
      Action: ['kms:DescribeCertificate', 'kms:GetCertificate'],
      Resource: ['acs:kms:*:*:certificate', 'acs:kms:*:*:certificate/*'],
    },
    allowed: onCertificate(CERTIFICATE_READS),
    denied: [...onCertificate([...CERTIFICATE_USES, 'UpdateCertificateStatus']), ...onKey(['DescribeKey'])],
  },
  {
    name: 'signing and verifying with certificates',
    grant: {
      Action: ['kms:CertificatePrivateKeySign', 'kms:CertificatePublicKeyVerify'],
      Resource: ['acs:kms:*:*:certificate/*'],
    },
    allowed: onCertificate(CERTIFICATE_USES),
    denied: onCertificate([...CERTIFICATE_READS, 'CertificatePrivateKeyDecrypt']),
  },
];

describe.each(SAMPLES)('the sample policy: $name', ({ grant, allowed, denied }) => {
  test.each(allowed)('allows $action on $resource, which nothing else does', (call) => {
    expect(allowedBy(grant, call)).toBe(true);
    expect(allowedBy(null, call)).toBe(false);
  });

  test('denies what it does not name', () => {
    expect(denied.filter((call) => allowedBy(grant, call))).toEqual([]);
  });
});
