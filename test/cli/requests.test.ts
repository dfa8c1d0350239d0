// Which request every command sends, to the letter: action, version and parameters, as the specification's tables have
// them. A command that is added without a row here fails the last test.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ApiRow } from '../../appliance/control-plane/cli/api-command.ts';
import { COMMANDS } from '../../appliance/control-plane/cli/command-table.ts';
import { kms } from '../support/cli.ts';
import { type RecordedCall, recordingServer } from '../support/recording-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Request = readonly [
  words: string,
  action: ApiRow['action'] & string,
  parameters: Readonly<Record<string, string>>,
];

const POLICY = '{"Version":"1","Statement":[]}';
const PAGE = { PageNumber: '1', PageSize: '100' };

const KMS: readonly Request[] = [
  ['key create', 'CreateKey', {}],
  [
    'key create --spec EC_P256 --additional-usage ENCRYPT/DECRYPT',
    'CreateKey',
    { KeySpec: 'EC_P256', AdditionalKeyUsage: 'ENCRYPT/DECRYPT' },
  ],
  [
    'key create --spec Aliyun_AES_256 --usage ENCRYPT/DECRYPT --origin Aliyun_KMS --description x=y ' +
      '--protection-level HSM --tag a=1 --tag b=2=3 --policy-file POLICY --rotation --rotation-interval 30d',
    'CreateKey',
    {
      KeySpec: 'Aliyun_AES_256',
      KeyUsage: 'ENCRYPT/DECRYPT',
      Origin: 'Aliyun_KMS',
      Description: 'x=y',
      ProtectionLevel: 'HSM',
      Tags: '[{"TagKey":"a","TagValue":"1"},{"TagKey":"b","TagValue":"2=3"}]',
      Policy: POLICY,
      EnableAutomaticRotation: 'true',
      RotationInterval: '30d',
    },
  ],
  [
    'key list --state Enabled,Disabled --spec RSA_2048 --usage SIGN/VERIFY --page-size 7',
    'ListKeys',
    {
      Filters:
        '[{"Key":"KeyState","Values":["Enabled","Disabled"]},{"Key":"KeySpec","Values":["RSA_2048"]},' +
        '{"Key":"KeyUsage","Values":["SIGN/VERIFY"]}]',
      PageNumber: '1',
      PageSize: '7',
    },
  ],
  ['audit enable', 'EnableAuditLog', {}],
  ['audit disable', 'DisableAuditLog', {}],
  ['audit status', 'GetAuditLogStatus', {}],
  ['key describe alias/a', 'DescribeKey', { KeyId: 'alias/a' }],
  ['key update key-1 --description new', 'UpdateKeyDescription', { KeyId: 'key-1', Description: 'new' }],
  ['key enable key-1', 'EnableKey', { KeyId: 'key-1' }],
  ['key disable key-1', 'DisableKey', { KeyId: 'key-1' }],
  [
    'key schedule-deletion key-1 --days 30',
    'ScheduleKeyDeletion',
    { KeyId: 'key-1', PendingWindowInDays: '30' },
  ],
  ['key cancel-deletion key-1', 'CancelKeyDeletion', { KeyId: 'key-1' }],
  [
    'key protect key-1 --reason archive',
    'SetDeletionProtection',
    { KeyId: 'key-1', EnableDeletionProtection: 'true', DeletionProtectionDescription: 'archive' },
  ],
  ['key unprotect key-1', 'SetDeletionProtection', { KeyId: 'key-1', EnableDeletionProtection: 'false' }],
  ['key rotate alias/a', 'CreateKeyVersion', { KeyId: 'alias/a' }],
  ['key versions alias/a', 'ListKeyVersions', { KeyId: 'alias/a', ...PAGE }],
  [
    'key rotation enable key-1 --interval 90d',
    'UpdateRotationPolicy',
    { KeyId: 'key-1', EnableAutomaticRotation: 'true', RotationInterval: '90d' },
  ],
  [
    'key rotation disable key-1',
    'UpdateRotationPolicy',
    { KeyId: 'key-1', EnableAutomaticRotation: 'false' },
  ],
  [
    'key tag key-1 team=billing stage=',
    'TagResource',
    { KeyId: 'key-1', Tags: '[{"TagKey":"team","TagValue":"billing"},{"TagKey":"stage","TagValue":""}]' },
  ],
  ['key untag key-1 team stage', 'UntagResource', { KeyId: 'key-1', TagKeys: '["team","stage"]' }],
  ['key tags key-1', 'ListResourceTags', { KeyId: 'key-1' }],
  ['key policy get key-1', 'GetKeyPolicy', { KeyId: 'key-1' }],
  ['key policy set key-1 --file POLICY', 'SetKeyPolicy', { KeyId: 'key-1', Policy: POLICY }],
  [
    'key import-material --key-id key-1 --material POLICY --token PASSWORD --expire 2040-01-01T00:00:00Z',
    'ImportKeyMaterial',
    {
      KeyId: 'key-1',
      EncryptedKeyMaterial: Buffer.from(POLICY).toString('base64'),
      ImportToken: Buffer.from('Secret-2026!\n').toString('base64'),
      KeyMaterialExpireUnix: '2208988800',
    },
  ],
  ['alias create a key-1', 'CreateAlias', { AliasName: 'alias/a', KeyId: 'key-1' }],
  ['alias update alias/a key-2', 'UpdateAlias', { AliasName: 'alias/a', KeyId: 'key-2' }],
  ['alias delete a', 'DeleteAlias', { AliasName: 'alias/a' }],
  ['alias list', 'ListAliases', PAGE],
  ['alias list --key key-1', 'ListAliasesByKeyId', { KeyId: 'key-1', ...PAGE }],
  [
    'network-rule create office --from 10.0.0.0/8,::1 --description d',
    'CreateNetworkRule',
    { Name: 'office', Type: 'Private', SourcePrivateIp: '["10.0.0.0/8","::1"]', Description: 'd' },
  ],
  ['network-rule list', 'ListNetworkRules', PAGE],
  ['network-rule describe office', 'DescribeNetworkRule', { Name: 'office' }],
  [
    'network-rule update office --from 10.1.0.1',
    'UpdateNetworkRule',
    { Name: 'office', SourcePrivateIp: '["10.1.0.1"]' },
  ],
  ['network-rule delete office', 'DeleteNetworkRule', { Name: 'office' }],
  [
    'policy create p --allow key/* --allow alias/a --network-rule office',
    'CreatePolicy',
    {
      Name: 'p',
      Permissions: '["RbacPermission/Template/CryptoServiceKeyUser"]',
      Resources: '["key/*","alias/a"]',
      AccessControlRules: '{"NetworkRules":["office"]}',
    },
  ],
  [
    'policy create p --allow secret/* --role CryptoServiceSecretUser --any-network --description d',
    'CreatePolicy',
    {
      Name: 'p',
      Permissions: '["RbacPermission/Template/CryptoServiceSecretUser"]',
      Resources: '["secret/*"]',
      AccessControlRules: '{"NetworkRules":[]}',
      Description: 'd',
    },
  ],
  ['policy list', 'ListPolicies', PAGE],
  ['policy describe p', 'DescribePolicy', { Name: 'p' }],
  [
    'policy update p --role CryptoServiceKeyUser,CryptoServiceSecretUser',
    'UpdatePolicy',
    {
      Name: 'p',
      Permissions:
        '["RbacPermission/Template/CryptoServiceKeyUser","RbacPermission/Template/CryptoServiceSecretUser"]',
    },
  ],
  ['policy delete p', 'DeletePolicy', { Name: 'p' }],
  [
    'aap create app --policy p --policy q',
    'CreateApplicationAccessPoint',
    { Name: 'app', Policies: '["p","q"]', AuthenticationMethod: 'ClientKey' },
  ],
  ['aap list', 'ListApplicationAccessPoints', PAGE],
  ['aap describe app', 'DescribeApplicationAccessPoint', { Name: 'app' }],
  [
    'aap update app --policy p --description d',
    'UpdateApplicationAccessPoint',
    { Name: 'app', Policies: '["p"]', Description: 'd' },
  ],
  ['aap delete app', 'DeleteApplicationAccessPoint', { Name: 'app' }],
  [
    'client-key create --aap app --out OUT --password-file PASSWORD --not-before 2026-01-01T00:00:00Z --not-after 2027-01-01T00:00:00Z',
    'CreateClientKey',
    {
      AapName: 'app',
      Password: 'Secret-2026!',
      NotBefore: '2026-01-01T00:00:00Z',
      NotAfter: '2027-01-01T00:00:00Z',
    },
  ],
  ['client-key list', 'ListClientKeys', {}],
  ['client-key list --aap app', 'ListClientKeys', { AapName: 'app' }],
  ['client-key describe KAAP.1', 'GetClientKey', { ClientKeyId: 'KAAP.1' }],
  ['client-key delete KAAP.1', 'DeleteClientKey', { ClientKeyId: 'KAAP.1' }],
  ['instance show --instance kst-1', 'GetKmsInstance', { KmsInstanceId: 'kst-1' }],
  ['instance list', 'ListKmsInstances', PAGE],
  ['instance ca --instance kst-1', 'GetKmsInstance', { KmsInstanceId: 'kst-1' }],
  ['instance quota --instance kst-1', 'GetKmsInstanceQuotaInfos', { KmsInstanceId: 'kst-1' }],
  ['api DescribeRegions', 'DescribeRegions', {}],
  ['api SetKeyPolicy KeyId=a=b Policy=@POLICY', 'SetKeyPolicy', { KeyId: 'a=b', Policy: POLICY }],
  [
    'hsm connect --cluster a=h:1@z,b=h:2 --server-name hsm --client POLICY --password-file PASSWORD --ca POLICY',
    'ConnectHsm',
    {
      Members: '["a=h:1@z","b=h:2"]',
      ServerName: 'hsm',
      ClientP12: Buffer.from(POLICY).toString('base64'),
      Password: 'Secret-2026!',
      RootCa: POLICY,
    },
  ],
  ['hsm connect', 'ConnectHsm', {}],
  ['hsm disconnect', 'DisconnectHsm', {}],
  ['hsm status', 'DescribeHsmCluster', {}],
  ['hsm status --key-id alias/a', 'DescribeHsmCluster', { KeyId: 'alias/a' }],
  ['hsm sync', 'SyncHsmCluster', {}],
];

const RAM: readonly Request[] = [
  [
    'ram user create alice --display-name Alice --comments c',
    'CreateUser',
    { UserName: 'alice', DisplayName: 'Alice', Comments: 'c' },
  ],
  ['ram user list --page-size 5', 'ListUsers', { MaxItems: '5' }],
  ['ram user describe alice', 'GetUser', { UserName: 'alice' }],
  ['ram user delete alice', 'DeleteUser', { UserName: 'alice' }],
  ['ram access-key create --user alice --out OUT', 'CreateAccessKey', { UserName: 'alice' }],
  ['ram access-key list --user alice', 'ListAccessKeys', { UserName: 'alice' }],
  ['ram access-key list', 'ListAccessKeys', {}],
  [
    'ram access-key enable LTAI1 --user alice',
    'UpdateAccessKey',
    { UserAccessKeyId: 'LTAI1', UserName: 'alice', Status: 'Active' },
  ],
  ['ram access-key disable LTAI1', 'UpdateAccessKey', { UserAccessKeyId: 'LTAI1', Status: 'Inactive' }],
  [
    'ram access-key delete LTAI1 --user alice',
    'DeleteAccessKey',
    { UserAccessKeyId: 'LTAI1', UserName: 'alice' },
  ],
  [
    'ram policy create p --file POLICY --description d',
    'CreatePolicy',
    { PolicyName: 'p', PolicyDocument: POLICY, Description: 'd' },
  ],
  ['ram policy list --type System', 'ListPolicies', { PolicyType: 'System', MaxItems: '100' }],
  ['ram policy list-for-user alice', 'ListPoliciesForUser', { UserName: 'alice' }],
  ['ram policy describe p', 'GetPolicy', { PolicyName: 'p', PolicyType: 'Custom' }],
  ['ram policy delete p', 'DeletePolicy', { PolicyName: 'p' }],
  [
    'ram policy attach p alice',
    'AttachPolicyToUser',
    { PolicyName: 'p', UserName: 'alice', PolicyType: 'Custom' },
  ],
  [
    'ram policy detach Full alice --type System',
    'DetachPolicyFromUser',
    { PolicyName: 'Full', UserName: 'alice', PolicyType: 'System' },
  ],
  ['api GetUser UserName=alice --ram', 'GetUser', { UserName: 'alice' }],
];

const ACTIONTRAIL: readonly Request[] = [
  ['api LookupEvents EventRW=Write --actiontrail', 'LookupEvents', { EventRW: 'Write' }],
];

/** Every object and list that any of the answers has. */
const ANSWER = {
  KeyMetadata: { KeyId: 'key-1' },
  KeyVersion: { KeyVersionId: 'v' },
  KmsInstance: { CaCertificateChainPem: 'PEM\n' },
  AuditLog: { Enabled: true, LastCheckpoint: { Sequence: 1 } },
  KmsInstanceQuotaInfos: [{ ResourceType: 'key', ResourceQuota: 10, UsedQuantity: 3 }],
  Policy: POLICY,
  User: { UserName: 'alice' },
  AccessKey: { AccessKeyId: 'LTAI1', AccessKeySecret: 'secret' },
  ClientKeyId: 'KAAP.1',
  PrivateKeyData: 'MII',
  NotBefore: 'a',
  NotAfter: 'b',
  ClientKeys: [],
  TotalCount: 0,
  Keys: { Key: [] },
  KeyVersions: { KeyVersion: [] },
  Tags: { Tag: [] },
  Aliases: { Alias: [] },
  NetworkRules: { NetworkRule: [] },
  Policies: { Policy: [] },
  ApplicationAccessPoints: { ApplicationAccessPoint: [] },
  KmsInstances: { KmsInstance: [] },
  Users: { User: [] },
  State: 'Connected',
  Reason: '',
  Members: { Member: [] },
  Operations: { Operation: [] },
  AccessKeys: { AccessKey: [] },
} as const;

function answerTo({ action, version }: RecordedCall): object {
  const ramPolicy = version === '2015-05-01' && /^(?:Create|Get)Policy$/.test(action);
  return ramPolicy ? { ...ANSWER, Policy: { PolicyName: 'p' } } : ANSWER;
}

const CASES = [
  ...KMS.map((request) => ({ version: '2016-01-20', request })),
  ...RAM.map((request) => ({ version: '2015-05-01', request })),
  ...ACTIONTRAIL.map((request) => ({ version: '2020-07-06', request })),
];

test.each(CASES)('kms $request.0 sends one request of version $version', async ({ version, request }) => {
  const [words, action, parameters] = request;
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'policy.json'), POLICY);
  writeFileSync(join(folder, 'password'), 'Secret-2026!\n');
  const { calls, heads, environment } = await recordingServer((call) => ({ body: answerTo(call) }));
  const argv = words
    .replace('OUT', join(folder, 'out.json'))
    .replace('PASSWORD', join(folder, 'password'))
    .replaceAll('POLICY', join(folder, 'policy.json'))
    .split(' ');
  const { code, stderr } = await kms(argv, { environment });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(calls).toEqual([{ action, version, parameters }]);
  // Parameters may be secret: none of them is in the address or a header.
  expect(heads.join()).toMatch(/^\/ /);
});

/** Commands that send several, held to them in tests of their own. */
const OF_SEVERAL_CALLS: ReadonlySet<string> = new Set([
  'aap quick-create',
  'key import',
  'key import-parameters',
]);

test('every command that talks to an instance is held to its request', () => {
  const sent = CASES.map(({ request }) => request[0]);
  const untested = COMMANDS.filter(({ connects, path }) => connects && !OF_SEVERAL_CALLS.has(path)).filter(
    ({ path }) => !sent.some((words) => `${words} `.startsWith(`${path} `)),
  );
  expect(untested.map(({ path }) => path)).toEqual([]);
});
