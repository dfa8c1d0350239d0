// What the test of the state machine drives: every control-plane action that concerns a key and every data-plane API,
// each with a call that succeeds on an enabled key and the row of the state table that decides about it.
// A new action or API needs a row here; the test says so when it is missing. Rows of actions that are not built yet
// wait for them: until then every cell is UnsupportedOperation.

import { generateKeyPairSync } from 'node:crypto';
import type { KeySpecName, KeyUsage } from '../../appliance/core/key-specs.ts';
import type { KeyEvent, KeyOperation } from '../../appliance/core/key-state.ts';
import type { ApiName } from '../../proto/index.ts';
import type { Texts } from './admin-calls.ts';
import type { DataFields } from './data-calls.ts';

/** The key that is driven through the states, and what was made with it while it was enabled. */
export interface Subject {
  readonly keyId: string;
  readonly versionId: string;
  /** Of the key. */
  readonly alias: string;
  /** Another key, always enabled. */
  readonly otherKeyId: string;
  /** Of the other key. */
  readonly otherAlias: string;
  /** Of Encrypt and AdvanceEncrypt of the data plane. */
  readonly sealed: { readonly ciphertext: Uint8Array; readonly iv: Uint8Array; readonly blob: Uint8Array };
  readonly signature: Uint8Array;
  /** CiphertextBlob of Encrypt of the control plane, or of AsymmetricEncrypt for RSA keys; '' where there is none. */
  readonly openApiBlob: string;
  /** What imports its material again, for a key of origin EXTERNAL. */
  readonly materialImport: Texts;
}

/** How a row of the table decides: an event moves the state, an operation is admitted or not, `always` is never refused. */
export type Rule = { readonly event: KeyEvent } | { readonly operation: KeyOperation } | 'always';

export interface SubjectKind {
  readonly spec: KeySpecName;
  readonly usage: KeyUsage;
  /** With material that was imported. */
  readonly external?: true;
}

interface Row {
  readonly rule: Rule;
  /** Code on an enabled key; 'none' when absent. */
  readonly enabled?: string;
  /** Code when the key is gone; Forbidden.KeyNotFound when absent. */
  readonly gone?: string;
  /** Default: a symmetric key for encryption. */
  readonly key?: SubjectKind;
}

export interface ControlRow extends Row {
  readonly action: string;
  readonly parameters: (subject: Subject) => Texts;
}

export interface DataRow extends Row {
  readonly api: ApiName;
  readonly fields: (subject: Subject) => DataFields;
}

const DECRYPTING = { spec: 'RSA_2048', usage: 'ENCRYPT/DECRYPT' } as const;
const SIGNING = { spec: 'EC_P256', usage: 'SIGN/VERIFY' } as const;
const EXTERNAL = { spec: 'Aliyun_AES_256', usage: 'ENCRYPT/DECRYPT', external: true } as const;
const USE = { operation: 'Use' } as const;
const TAGS = { operation: 'ChangeTags' } as const;
const NOT_BUILT = { rule: 'always', enabled: 'UnsupportedOperation', gone: 'UnsupportedOperation' } as const;

const KeyId = ({ keyId }: Subject): Texts => ({ KeyId: keyId });
const onKey = (fields: Texts) => (subject: Subject) => ({ ...KeyId(subject), ...fields });
const onResource = (fields: Texts) => (subject: Subject) => ({
  RegionId: 'r',
  ResourceType: 'key',
  'ResourceId.1': subject.keyId,
  ...fields,
});
const digest = Buffer.alloc(32, 1);
const text = digest.toString('base64');
const onVersion = (fields: Texts) => (subject: Subject) => ({
  ...KeyId(subject),
  KeyVersionId: subject.versionId,
  ...fields,
});
const onBlob = (fields: Texts) => (subject: Subject) => ({ CiphertextBlob: subject.openApiBlob, ...fields });
const signing = { Algorithm: 'ECDSA_SHA_256', Digest: text };
const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const WRAPPING = {
  PublicKeyBlob: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  WrappingKeySpec: 'RSA_2048',
  WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
};
/** SM2, whose pairs are made faster than those of RSA. */
export const IMPORT_WAY = { WrappingAlgorithm: 'SM2PKE', WrappingKeySpec: 'EC_SM2' } as const;
/** The account's own, written out. */
export const KEY_POLICY = JSON.stringify({
  Version: '1',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { RAM: ['acs:ram::1000000000000001:*'] },
      Action: ['kms:*'],
      Resource: ['*'],
    },
  ],
});
const MAC = { Algorithm: 'HMAC_SHA_256', Message: text };

export const CONTROL_ROWS: readonly ControlRow[] = [
  { action: 'EnableKey', rule: { event: 'EnableKey' }, parameters: KeyId },
  { action: 'DisableKey', rule: { event: 'DisableKey' }, parameters: KeyId },
  {
    action: 'ScheduleKeyDeletion',
    rule: { event: 'ScheduleKeyDeletion' },
    parameters: onKey({ PendingWindowInDays: '7' }),
  },
  { action: 'CancelKeyDeletion', rule: { event: 'CancelKeyDeletion' }, parameters: KeyId },
  { action: 'DescribeKey', rule: 'always', parameters: KeyId },
  { action: 'ListKeys', rule: 'always', gone: 'none', parameters: () => ({}) },
  { action: 'CreateKey', rule: 'always', gone: 'none', parameters: () => ({}) },
  {
    action: 'UpdateKeyDescription',
    rule: { operation: 'UpdateKeyDescription' },
    parameters: onKey({ Description: 'd' }),
  },
  {
    action: 'SetDeletionProtection',
    rule: { operation: 'SetDeletionProtection' },
    parameters: onKey({ EnableDeletionProtection: 'false' }),
  },
  { action: 'CreateKeyVersion', rule: { operation: 'CreateKeyVersion' }, parameters: KeyId },
  {
    action: 'UpdateRotationPolicy',
    rule: { operation: 'UpdateRotationPolicy' },
    parameters: onKey({ EnableAutomaticRotation: 'false' }),
  },
  {
    action: 'DescribeKeyVersion',
    rule: 'always',
    parameters: ({ keyId, versionId }) => ({ KeyId: keyId, KeyVersionId: versionId }),
  },
  { action: 'ListKeyVersions', rule: 'always', parameters: KeyId },
  {
    action: 'CreateAlias',
    rule: { operation: 'CreateAlias' },
    parameters: ({ keyId, alias }) => ({ KeyId: keyId, AliasName: `${alias}-second` }),
  },
  {
    action: 'UpdateAlias',
    rule: { operation: 'UpdateAlias' },
    parameters: ({ keyId, otherAlias }) => ({ KeyId: keyId, AliasName: otherAlias }),
  },
  {
    action: 'DeleteAlias',
    rule: 'always',
    gone: 'Forbidden.AliasNotFound',
    parameters: ({ alias }) => ({ AliasName: alias }),
  },
  { action: 'ListAliases', rule: 'always', gone: 'none', parameters: () => ({}) },
  { action: 'ListAliasesByKeyId', rule: 'always', parameters: KeyId },
  { action: 'TagResource', rule: TAGS, parameters: onKey({ Tags: '[{"TagKey":"a","TagValue":"b"}]' }) },
  { action: 'UntagResource', rule: TAGS, parameters: onKey({ TagKeys: '["a"]' }) },
  { action: 'ListResourceTags', rule: 'always', parameters: KeyId },
  {
    action: 'TagResources',
    rule: TAGS,
    gone: 'InvalidResourceId.NotFound',
    parameters: onResource({ 'Tag.1.Key': 'a' }),
  },
  {
    action: 'UntagResources',
    rule: TAGS,
    gone: 'InvalidResourceId.NotFound',
    parameters: onResource({ 'TagKey.1': 'a' }),
  },
  { action: 'ListTagResources', rule: 'always', gone: 'none', parameters: onResource({}) },
  { action: 'GetKeyPolicy', rule: 'always', parameters: KeyId },
  { action: 'SetKeyPolicy', rule: 'always', parameters: onKey({ Policy: KEY_POLICY }) },
  {
    action: 'GetParametersForImport',
    rule: { operation: 'GetParametersForImport' },
    key: EXTERNAL,
    parameters: onKey(IMPORT_WAY),
  },
  {
    action: 'ImportKeyMaterial',
    rule: { event: 'ImportKeyMaterial' },
    key: EXTERNAL,
    parameters: (subject) => onKey(subject.materialImport)(subject),
  },
  {
    action: 'DeleteKeyMaterial',
    rule: 'always',
    enabled: 'UnsupportedOperation',
    key: EXTERNAL,
    parameters: KeyId,
  },
  { action: 'Encrypt', rule: USE, parameters: onKey({ Plaintext: text }) },
  { action: 'Decrypt', rule: USE, gone: 'InvalidParameter', parameters: onBlob({}) },
  {
    action: 'ReEncrypt',
    rule: USE,
    gone: 'InvalidParameter',
    parameters: (subject) => onBlob({ DestinationKeyId: subject.otherKeyId })(subject),
  },
  { action: 'GenerateDataKey', rule: USE, parameters: KeyId },
  { action: 'GenerateDataKeyWithoutPlaintext', rule: USE, parameters: KeyId },
  { action: 'GenerateAndExportDataKey', rule: USE, parameters: onKey(WRAPPING) },
  { action: 'ExportDataKey', rule: USE, gone: 'InvalidParameter', parameters: onBlob(WRAPPING) },
  {
    action: 'AsymmetricEncrypt',
    rule: USE,
    key: DECRYPTING,
    parameters: onVersion({ Algorithm: 'RSAES_OAEP_SHA_256', Plaintext: text }),
  },
  {
    action: 'AsymmetricDecrypt',
    rule: USE,
    key: DECRYPTING,
    parameters: (subject) =>
      onVersion({ Algorithm: 'RSAES_OAEP_SHA_256', CiphertextBlob: subject.openApiBlob })(subject),
  },
  { action: 'AsymmetricSign', rule: USE, key: SIGNING, parameters: onVersion(signing) },
  {
    action: 'AsymmetricVerify',
    rule: USE,
    key: SIGNING,
    parameters: (subject) =>
      onVersion({ ...signing, Value: Buffer.from(subject.signature).toString('base64') })(subject),
  },
  { action: 'GetPublicKey', rule: USE, key: SIGNING, parameters: onVersion({}) },
  { action: 'GenerateMac', rule: USE, enabled: 'UnsupportedOperation', parameters: onKey(MAC) },
  {
    action: 'VerifyMac',
    rule: USE,
    enabled: 'UnsupportedOperation',
    parameters: onKey({ ...MAC, Mac: text }),
  },
];

const plaintext = Buffer.from('plaintext');
const onDataKey =
  (fields: DataFields) =>
  (subject: Subject): DataFields => ({ KeyId: subject.keyId, ...fields });
const pair = onDataKey({ KeyPairSpec: 'EC_P256', KeyFormat: 'DER' });

export const DATA_ROWS: readonly DataRow[] = [
  { api: 'Encrypt', rule: USE, fields: onDataKey({ Plaintext: plaintext }) },
  {
    api: 'Decrypt',
    rule: USE,
    fields: ({ keyId, sealed }) => ({ KeyId: keyId, CiphertextBlob: sealed.ciphertext, Iv: sealed.iv }),
  },
  { api: 'Sign', rule: USE, key: SIGNING, fields: onDataKey({ Message: digest, MessageType: 'DIGEST' }) },
  {
    api: 'Verify',
    rule: USE,
    key: SIGNING,
    fields: ({ keyId, signature }) => ({
      KeyId: keyId,
      Message: digest,
      MessageType: 'DIGEST',
      Signature: signature,
    }),
  },
  { api: 'GetPublicKey', rule: USE, key: SIGNING, fields: onDataKey({}) },
  { api: 'GenerateDataKey', rule: USE, fields: onDataKey({ NumberOfBytes: 16 }) },
  { api: 'AdvanceEncrypt', rule: USE, fields: onDataKey({ Plaintext: plaintext }) },
  {
    api: 'AdvanceDecrypt',
    rule: USE,
    fields: ({ keyId, sealed }) => ({ KeyId: keyId, CiphertextBlob: sealed.blob }),
  },
  { api: 'AdvanceGenerateDataKey', rule: USE, fields: onDataKey({ NumberOfBytes: 16 }) },
  { api: 'GenerateDataKeyPair', rule: USE, fields: pair },
  { api: 'GenerateDataKeyPairWithoutPlaintext', rule: USE, fields: pair },
  { api: 'AdvanceGenerateDataKeyPair', rule: USE, fields: pair },
  { api: 'AdvanceGenerateDataKeyPairWithoutPlaintext', rule: USE, fields: pair },
  { api: 'GenerateRandom', rule: 'always', gone: 'none', fields: () => ({ Length: 8 }) },
  { api: 'Hmac', ...NOT_BUILT, fields: onDataKey({ Message: plaintext }) },
  { api: 'GetSecretValue', ...NOT_BUILT, fields: () => ({ SecretName: 's' }) },
];

/** Actions that concern no key: no state of a key decides about them. */
export const OTHER_ACTIONS: RegExp =
  /NetworkRule|(?<!Key|Rotation)Polic(?:y|ies)$|ApplicationAccessPoint|ClientKey|KmsInstance|KmsService|KmsStatus|Regions|User|AccessKey|Hsm|AuditLog|LookupEvents/;
