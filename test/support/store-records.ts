// One record of each kind, with values that are easily damaged on the way: binary, null, empty, beyond ASCII.

import type { KeyId, KeyVersionId } from '../../appliance/core/ids.ts';
import type { Records } from '../../appliance/core/ports/store.ts';

const KEY_ID = 'key-kms00000001aaaaaaaaaa' as KeyId;
const VERSION_ID = 'key-kms00000001aaaaaaaaaa-bbbbbbbbbb' as KeyVersionId;
const EVERY_BYTE = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
const PAIR = { certificatePem: 'certificate', privateKeyPem: 'private key' };

export const SAMPLE_RECORDS: Records = {
  keys: {
    id: KEY_ID,
    spec: 'Aliyun_AES_256',
    usage: 'ENCRYPT/DECRYPT',
    origin: 'Aliyun_KMS',
    protectionLevel: 'SOFTWARE',
    state: 'Enabled',
    description: 'Schlüssel 密钥 🔑',
    tags: [{ key: 'Größe', value: '' }],
    policy: '{"Version":"1"}',
    deletionProtection: null,
    createdAt: 1_700_000_000_000,
    deleteAt: null,
    rotationInterval: 604_800_000,
    rotatedAt: 1_700_000_000_000,
    initialVersionId: VERSION_ID,
    primaryVersionId: VERSION_ID,
  },
  keyVersions: {
    id: VERSION_ID,
    keyId: KEY_ID,
    spec: 'Aliyun_AES_256',
    origin: 'Aliyun_KMS',
    createdAt: 1,
    blob: EVERY_BYTE,
    publicKey: null,
  },
  aliases: { name: 'alias/名', keyId: KEY_ID, createdAt: 2 },
  networkRules: { name: 'n', type: 'Private', sources: ['10.0.0.0/8', '::1'], description: '', createdAt: 3 },
  policies: {
    name: 'p',
    roles: ['CryptoServiceKeyUser'],
    resources: ['key/*'],
    accessControlRules: '{"a":"\\"\\n"}',
    networkRules: [],
    description: '',
    createdAt: 4,
  },
  accessPoints: {
    name: 'a',
    authenticationMethod: 'ClientKey',
    policies: ['p'],
    description: '',
    createdAt: 5,
  },
  clientKeys: {
    id: 'KAAP.1',
    accessPoint: 'a',
    publicKey: Buffer.alloc(0),
    certificatePem: 'certificate',
    fingerprint: '00ff',
    notBefore: 6,
    notAfter: 7,
    createdAt: 8,
  },
  ramUsers: {
    name: 'u',
    id: '200000000000000001',
    displayName: 'Ü',
    mobilePhone: '',
    email: '',
    comments: '评论',
    attachments: [{ type: 'System', name: 'AliyunKMSFullAccess', attachedAt: 12 }],
    createdAt: 10,
    updatedAt: 11,
  },
  ramPolicies: { name: 'r', description: '', document: '{"Version":"1"}', createdAt: 13 },
  accessKeys: { id: 'LTAI', secret: 'secret', user: null, status: 'Active', createdAt: 9 },
  serverIdentity: {
    root: PAIR,
    sub: PAIR,
    leaf: PAIR,
    names: ['localhost'],
    leafNotAfter: 10,
    instanceCreatedAt: 11,
  },
  instanceSettings: {
    name: null,
    vpcId: 'vpc-名',
    zoneIds: ['z1', 'z2'],
    vSwitchIds: [],
    boundVpcs: [{ vpcId: 'v', vSwitchId: '', regionId: 'r', vpcOwnerId: 1_000_000_000_000_001 }],
  },
  instanceProtection: { reason: null },
  auditSettings: { enabled: false },
  scheduler: { owner: null, leaseUntil: 12, lastSeen: 13, unaudited: [] },
  internalKeys: {
    id: VERSION_ID,
    keyId: KEY_ID,
    spec: 'EC_P256',
    origin: 'Aliyun_KMS',
    createdAt: 12,
    blob: EVERY_BYTE,
    publicKey: EVERY_BYTE,
  },
};
