// Every action that the control plane's API has, in the order of its reference: control-plane specification 2.1 to 2.11
// and the subset of RAM's API. The compatibility document is this list with what is known of each.

import { ACTIONTRAIL_API, KMS_API, RAM_API } from '../../appliance/control-plane/api.ts';

interface Group {
  readonly title: string;
  /** Version of the API, which tells KMS's actions from RAM's of the same name. */
  readonly version: string;
  readonly actions: readonly string[];
}

const group = (title: string, version: string, names: string): Group => ({
  title,
  version,
  actions: names.trim().split(/\s+/),
});
const kms = (title: string, names: string): Group => group(title, KMS_API.version, names);

export const SPECIFIED_ACTIONS: readonly Group[] = [
  kms(
    'Keys',
    `CreateKey DescribeKey ListKeys UpdateKeyDescription EnableKey DisableKey ScheduleKeyDeletion CancelKeyDeletion
    SetDeletionProtection`,
  ),
  kms(
    'Key versions and rotation',
    'CreateKeyVersion DescribeKeyVersion ListKeyVersions UpdateRotationPolicy',
  ),
  kms('Aliases', 'CreateAlias UpdateAlias DeleteAlias ListAliases ListAliasesByKeyId'),
  kms('Import of key material', 'GetParametersForImport ImportKeyMaterial DeleteKeyMaterial'),
  kms('Tags', 'TagResource UntagResource ListResourceTags TagResources UntagResources ListTagResources'),
  kms(
    'Network rules',
    'CreateNetworkRule DescribeNetworkRule UpdateNetworkRule DeleteNetworkRule ListNetworkRules',
  ),
  kms('Permission policies', 'CreatePolicy DescribePolicy UpdatePolicy DeletePolicy ListPolicies'),
  kms(
    'Application access points and Client Keys',
    `CreateApplicationAccessPoint DescribeApplicationAccessPoint UpdateApplicationAccessPoint
    DeleteApplicationAccessPoint ListApplicationAccessPoints CreateClientKey GetClientKey ListClientKeys
    DeleteClientKey`,
  ),
  kms('Key and secret policies', 'GetKeyPolicy SetKeyPolicy GetSecretPolicy SetSecretPolicy'),
  kms(
    'Instances',
    `ConnectKmsInstance GetKmsInstance ListKmsInstances UpdateKmsInstanceBindVpc UpdateKmsInstance
    ReleaseKmsInstance GetDefaultKmsInstance GetKmsInstanceQuotaInfos`,
  ),
  kms(
    'Cryptographic calls',
    `Encrypt Decrypt ReEncrypt GenerateDataKey GenerateDataKeyWithoutPlaintext GenerateAndExportDataKey ExportDataKey
    AsymmetricEncrypt AsymmetricDecrypt AsymmetricSign AsymmetricVerify GetPublicKey GenerateMac VerifyMac`,
  ),
  kms(
    'Secrets',
    `CreateSecret DescribeSecret ListSecrets UpdateSecret DeleteSecret RestoreSecret GetSecretValue
    BatchGetSecretValue PutSecretValue ListSecretVersionIds UpdateSecretVersionStage UpdateSecretRotationPolicy
    RotateSecret GetRandomPassword`,
  ),
  kms(
    'Certificates',
    `CreateCertificate UploadCertificate GetCertificate DescribeCertificate UpdateCertificateStatus DeleteCertificate
    CertificatePrivateKeySign CertificatePublicKeyVerify CertificatePublicKeyEncrypt CertificatePrivateKeyDecrypt`,
  ),
  kms('The service', 'DescribeRegions DescribeAccountKmsStatus OpenKmsService DescribeService'),
  group(
    'RAM users and policies (a subset of RAM, same listener)',
    RAM_API.version,
    `CreateUser GetUser ListUsers DeleteUser CreateAccessKey ListAccessKeys GetAccessKeyLastUsed UpdateAccessKey
    DeleteAccessKey CreatePolicy GetPolicy ListPolicies DeletePolicy AttachPolicyToUser DetachPolicyFromUser
    ListPoliciesForUser`,
  ),
];

/** That no SDK of KMS has: the `kms` command calls them, and its tests hold it to that. */
export const FURTHER_ACTIONS: readonly Group[] = [
  kms('The HSM cluster (standard edition)', 'ConnectHsm DisconnectHsm DescribeHsmCluster SyncHsmCluster'),
  kms('The audit log', 'EnableAuditLog DisableAuditLog GetAuditLogStatus'),
  group('Of ActionTrail, on the same listener', ACTIONTRAIL_API.version, 'LookupEvents'),
];

/** Actions whose only right answer is this refusal. */
export const REFUSED_ACTIONS: Readonly<Record<string, string>> = {
  OpenKmsService: 'Forbidden.Opened',
  ReleaseKmsInstance: 'UnsupportedOperation',
  DeleteKeyMaterial: 'UnsupportedOperation',
  GenerateMac: 'UnsupportedOperation',
  VerifyMac: 'UnsupportedOperation',
};

/** Named by an SDK of long ago and described nowhere: unknown here as well. */
export const UNKNOWN_ACTIONS: readonly string[] = ['DescribeService'];
