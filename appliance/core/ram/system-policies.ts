// Policies that every instance has and nobody can change, by the names the product gives them. A user who may read
// does not thereby see what secrets hold. Source: control-plane specification 4.4.

interface SystemPolicy {
  readonly name: string;
  readonly description: string;
  readonly document: string;
}

const READ_KMS = [
  'kms:List*',
  'kms:Describe*',
  'kms:GetPublicKey',
  'kms:GetKeyPolicy',
  'kms:GetSecretPolicy',
  'kms:GetKmsInstance',
  'kms:GetDefaultKmsInstance',
  'kms:GetKmsInstanceQuotaInfos',
  'kms:GetClientKey',
  'kms:GetCertificate',
  'kms:GetAuditLogStatus',
];
const LOOK_AT_KEYS = ['kms:ListKeys', 'kms:ListAliases*', 'kms:ListKeyVersions', 'kms:DescribeKey*'];
const LOOK_AT_SECRETS = ['kms:ListSecret*', 'kms:DescribeSecret', 'kms:GetSecretPolicy'];

const ACTIONS: readonly (readonly [name: string, description: string, actions: readonly string[]])[] = [
  ['AliyunKMSFullAccess', 'Everything in KMS', ['kms:*']],
  ['AliyunKMSReadOnlyAccess', 'Looking at everything in KMS except the values of secrets', READ_KMS],
  [
    'AliyunKMSCryptoAdminAccess',
    'Managing keys, and granting their use by key policies, to its holder too',
    [
      ...LOOK_AT_KEYS,
      'kms:GetPublicKey',
      'kms:GetKeyPolicy',
      'kms:SetKeyPolicy',
      'kms:CreateKey*',
      'kms:UpdateKeyDescription',
      'kms:UpdateRotationPolicy',
      'kms:EnableKey',
      'kms:DisableKey',
      'kms:ScheduleKeyDeletion',
      'kms:CancelKeyDeletion',
      'kms:SetDeletionProtection',
      'kms:GetParametersForImport',
      'kms:ImportKeyMaterial',
      'kms:DeleteKeyMaterial',
      'kms:CreateAlias',
      'kms:UpdateAlias',
      'kms:DeleteAlias',
      'kms:TagResource*',
      'kms:UntagResource*',
      'kms:ListResourceTags',
      'kms:ListTagResources',
    ],
  ],
  [
    'AliyunKMSCryptoUserAccess',
    'Using keys',
    [
      ...LOOK_AT_KEYS,
      'kms:Encrypt',
      'kms:Decrypt',
      'kms:ReEncrypt*',
      'kms:GenerateDataKey*',
      'kms:GenerateAndExportDataKey',
      'kms:ExportDataKey',
      'kms:Asymmetric*',
      'kms:GetPublicKey',
      'kms:GenerateMac',
      'kms:VerifyMac',
    ],
  ],
  [
    'AliyunKMSSecretAdminAccess',
    'Managing secrets, without reading their values',
    [
      ...LOOK_AT_SECRETS,
      'kms:CreateSecret',
      'kms:UpdateSecret*',
      'kms:PutSecretValue',
      'kms:DeleteSecret',
      'kms:RestoreSecret',
      'kms:RotateSecret',
      'kms:SetSecretPolicy',
      'kms:GetRandomPassword',
      'kms:TagResource*',
      'kms:UntagResource*',
    ],
  ],
  [
    'AliyunKMSSecretUserAccess',
    'Reading the values of secrets',
    [...LOOK_AT_SECRETS, 'kms:GetSecretValue', 'kms:BatchGetSecretValue'],
  ],
  ['AliyunRAMFullAccess', 'Everything in RAM: its holder can give itself any permission', ['ram:*']],
  ['AliyunRAMReadOnlyAccess', 'Looking at users and policies', ['ram:Get*', 'ram:List*']],
  ['AliyunActionTrailReadOnlyAccess', 'Looking up who did what', ['actiontrail:LookupEvents']],
];

export const SYSTEM_POLICIES: ReadonlyMap<string, SystemPolicy> = new Map(
  ACTIONS.map(([name, description, Action]) => {
    const document = { Version: '1', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] };
    return [name, { name, description, document: JSON.stringify(document) }];
  }),
);
