// `kms key …`: the life of keys. Source: control-plane specification 2.1 and 2.2.

import { type ApiRow, apiCommand } from '../api-command.ts';
import type { Command } from '../command.ts';
import { DESCRIPTION } from './shared-words.ts';

export const KEY_ARGUMENT = {
  name: 'key',
  description: 'key id, alias/NAME or ARN',
  parameter: 'KeyId',
} as const;
export const KEY_ID_ARGUMENT = { name: 'key-id', description: 'key id or ARN', parameter: 'KeyId' } as const;
export const KEY_STATES = ['Enabled', 'Disabled', 'PendingDeletion', 'PendingImport'] as const;
export const KEY_USAGES = ['ENCRYPT/DECRYPT', 'SIGN/VERIFY'] as const;

const ROWS: readonly ApiRow[] = [
  {
    path: 'key create',
    summary: 'create a key',
    examples: [
      'key create',
      'key create --spec EC_P256 --description "invoice signatures"',
      'key create --spec Aliyun_AES_256 --rotation --rotation-interval 90d --tag team=billing --tag stage=prod',
    ],
    action: 'CreateKey',
    options: [
      {
        flag: '--spec',
        value: 'SPEC',
        parameter: 'KeySpec',
        description: 'Aliyun_AES_256 (default), RSA_2048, RSA_3072, EC_P256, EC_P256K, …',
      },
      {
        flag: '--usage',
        value: 'USAGE',
        parameter: 'KeyUsage',
        choices: KEY_USAGES,
        description: 'what the key is for, where the spec leaves a choice',
      },
      {
        flag: '--additional-usage',
        value: 'USAGE',
        parameter: 'AdditionalKeyUsage',
        choices: KEY_USAGES,
        description: 'the other usage of an asymmetric key as well (standard edition)',
      },
      {
        flag: '--origin',
        value: 'ORIGIN',
        parameter: 'Origin',
        choices: ['Aliyun_KMS', 'EXTERNAL'],
        description: 'EXTERNAL: the key waits for material that you import',
      },
      DESCRIPTION,
      {
        flag: '--protection-level',
        value: 'LEVEL',
        parameter: 'ProtectionLevel',
        choices: ['SOFTWARE', 'HSM'],
        description: 'what DescribeKey answers; by default that of the edition',
      },
      {
        flag: '--tag',
        value: 'KEY=VALUE',
        parameter: 'Tags',
        kind: 'tags',
        repeatable: true,
        description: 'a tag',
      },
      {
        flag: '--policy-file',
        value: 'FILE',
        parameter: 'Policy',
        kind: 'file',
        description: 'key policy, JSON (- for standard input)',
      },
      {
        flag: '--rotation',
        parameter: 'EnableAutomaticRotation',
        description: 'rotate automatically (needs --rotation-interval)',
      },
      {
        flag: '--rotation-interval',
        value: 'INTERVAL',
        parameter: 'RotationInterval',
        description: '7d to 365d',
      },
    ],
    output: { form: 'record', at: 'KeyMetadata' },
  },
  {
    path: 'key describe',
    summary: 'show everything about a key',
    examples: ['key describe alias/orders'],
    action: 'DescribeKey',
    args: [KEY_ARGUMENT],
    output: { form: 'record', at: 'KeyMetadata' },
  },
  {
    path: 'key update',
    summary: "change a key's description",
    examples: ['key update key-kms6937… --description "orders, until 2031"'],
    action: 'UpdateKeyDescription',
    args: [KEY_ID_ARGUMENT],
    options: [{ ...DESCRIPTION, required: true }],
    output: { form: 'done', text: ({ KeyId }) => `Description of ${KeyId} changed.` },
  },
  {
    path: 'key enable',
    summary: 'allow the use of a disabled key again',
    examples: ['key enable key-kms6937…'],
    action: 'EnableKey',
    args: [KEY_ID_ARGUMENT],
    output: { form: 'done', text: ({ KeyId }) => `Key ${KeyId} is enabled.` },
  },
  {
    path: 'key disable',
    summary: 'forbid every use of a key, from the next request on',
    examples: ['key disable key-kms6937…'],
    action: 'DisableKey',
    args: [KEY_ID_ARGUMENT],
    output: { form: 'done', text: ({ KeyId }) => `Key ${KeyId} is disabled.` },
  },
  {
    path: 'key schedule-deletion',
    summary: 'destroy a key for ever when a waiting time is over',
    examples: ['key schedule-deletion key-kms6937… --days 30'],
    action: 'ScheduleKeyDeletion',
    args: [KEY_ID_ARGUMENT],
    options: [
      {
        flag: '--days',
        value: 'NUMBER',
        parameter: 'PendingWindowInDays',
        kind: 'wholeNumber',
        required: true,
        description: 'waiting time, 7 to 366 days',
      },
    ],
    output: {
      form: 'done',
      text: ({ KeyId, PendingWindowInDays }) =>
        `Key ${KeyId} refuses use from now on and is destroyed in ${PendingWindowInDays} days. ` +
        `Until then: kms key cancel-deletion ${KeyId}`,
    },
  },
  {
    path: 'key cancel-deletion',
    summary: 'keep a key that was to be destroyed',
    examples: ['key cancel-deletion key-kms6937…'],
    action: 'CancelKeyDeletion',
    args: [KEY_ID_ARGUMENT],
    output: {
      form: 'done',
      text: ({ KeyId }) =>
        `Key ${KeyId} is kept: enabled, or waiting for its material if that has expired or never came.`,
    },
  },
  {
    path: 'key protect',
    summary: 'refuse the deletion of a key',
    examples: ['key protect key-kms6937… --reason "seals the archive"'],
    action: 'SetDeletionProtection',
    fixed: { EnableDeletionProtection: 'true' },
    args: [KEY_ID_ARGUMENT],
    options: [
      {
        flag: '--reason',
        value: 'TEXT',
        parameter: 'DeletionProtectionDescription',
        description: 'kept with the protection',
      },
    ],
    output: { form: 'done', text: ({ KeyId }) => `Key ${KeyId} is protected from deletion.` },
  },
  {
    path: 'key unprotect',
    summary: 'allow the deletion of a key again',
    examples: ['key unprotect key-kms6937…'],
    action: 'SetDeletionProtection',
    fixed: { EnableDeletionProtection: 'false' },
    args: [KEY_ID_ARGUMENT],
    output: { form: 'done', text: ({ KeyId }) => `Key ${KeyId} is no longer protected from deletion.` },
  },
  {
    path: 'key rotate',
    summary: 'give a key a new version now',
    examples: ['key rotate alias/orders'],
    action: 'CreateKeyVersion',
    args: [KEY_ARGUMENT],
    output: { form: 'record', at: 'KeyVersion' },
  },
  {
    path: 'key versions',
    summary: 'list the versions of a key, newest last',
    examples: ['key versions alias/orders'],
    action: 'ListKeyVersions',
    args: [KEY_ARGUMENT],
    output: {
      form: 'list',
      at: ['KeyVersions', 'KeyVersion'],
      paging: 'number',
      columns: [
        ['VERSION ID', 'KeyVersionId'],
        ['CREATED', 'CreationDate'],
      ],
    },
  },
  {
    path: 'key rotation enable',
    summary: 'rotate a key automatically',
    examples: ['key rotation enable key-kms6937… --interval 90d'],
    action: 'UpdateRotationPolicy',
    fixed: { EnableAutomaticRotation: 'true' },
    args: [KEY_ID_ARGUMENT],
    options: [
      {
        flag: '--interval',
        value: 'INTERVAL',
        parameter: 'RotationInterval',
        description: '7d to 365d; by default the one it had',
      },
    ],
    output: { form: 'done', text: ({ KeyId }) => `Key ${KeyId} is rotated automatically.` },
  },
  {
    path: 'key rotation disable',
    summary: 'no longer rotate a key automatically',
    examples: ['key rotation disable key-kms6937…'],
    action: 'UpdateRotationPolicy',
    fixed: { EnableAutomaticRotation: 'false' },
    args: [KEY_ID_ARGUMENT],
    output: { form: 'done', text: ({ KeyId }) => `Key ${KeyId} is no longer rotated automatically.` },
  },
  {
    path: 'key tag',
    summary: 'put tags on a key',
    examples: ['key tag key-kms6937… team=billing stage=prod'],
    action: 'TagResource',
    args: [
      KEY_ID_ARGUMENT,
      { name: 'tag', description: 'KEY=VALUE', parameter: 'Tags', kind: 'tags', variadic: true },
    ],
    output: { form: 'done', text: ({ KeyId }) => `Tags of ${KeyId} changed.` },
  },
  {
    path: 'key untag',
    summary: 'take tags off a key',
    examples: ['key untag key-kms6937… stage'],
    action: 'UntagResource',
    args: [
      KEY_ID_ARGUMENT,
      {
        name: 'tag-key',
        description: 'key of a tag',
        parameter: 'TagKeys',
        kind: 'list',
        variadic: true,
      },
    ],
    output: { form: 'done', text: ({ KeyId }) => `Tags of ${KeyId} changed.` },
  },
  {
    path: 'key tags',
    summary: 'list the tags of a key',
    examples: ['key tags key-kms6937…'],
    action: 'ListResourceTags',
    args: [KEY_ID_ARGUMENT],
    output: {
      form: 'list',
      at: ['Tags', 'Tag'],
      paging: 'none',
      columns: [
        ['TAG', 'TagKey'],
        ['VALUE', 'TagValue'],
      ],
    },
  },
  {
    path: 'key policy get',
    summary: 'show the policy of a key',
    examples: ['key policy get key-kms6937… > policy.json'],
    action: 'GetKeyPolicy',
    args: [KEY_ID_ARGUMENT],
    output: { form: 'text', at: 'Policy' },
  },
  {
    path: 'key policy set',
    summary: 'replace the policy of a key',
    examples: ['key policy set key-kms6937… --file policy.json'],
    action: 'SetKeyPolicy',
    args: [KEY_ID_ARGUMENT],
    options: [
      {
        flag: '--file',
        value: 'FILE',
        parameter: 'Policy',
        kind: 'file',
        required: true,
        description: 'policy document, JSON (- for standard input)',
      },
    ],
    output: { form: 'done', text: ({ KeyId }) => `Policy of ${KeyId} replaced.` },
  },
];

export const KEY_COMMANDS: readonly Command[] = ROWS.map(apiCommand);
