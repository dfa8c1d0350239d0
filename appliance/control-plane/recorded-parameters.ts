// The parameters of a request that its audit record repeats: names, ids, choices and numbers. A list of what may, not of
// what must not, so that a parameter that nobody has judged is left out. Source: control-plane specification 5.1.

import type { Parameters } from './parameters.ts';

export const RECORDED: ReadonlySet<string> = new Set([
  'AapName',
  'AliasName',
  'Algorithm',
  'AuthenticationMethod',
  'ClientKeyId',
  'DKMSInstanceId',
  'DestinationKeyId',
  'DryRun',
  'EnableAutomaticRotation',
  'EnableDeletionProtection',
  'ForceDeleteWithoutBackup',
  'KeyId',
  'KeyMaterialExpireUnix',
  'KeySpec',
  'KeyUsage',
  'KeyVersionId',
  'KmsInstanceId',
  'MaxItems',
  'MaxResults',
  'Members',
  'Name',
  'AccessControlRules',
  'NotAfter',
  'NotBefore',
  'NumberOfBytes',
  'Origin',
  'PageNumber',
  'PageSize',
  'PendingWindowInDays',
  'Permissions',
  'Policies',
  'PolicyName',
  'PolicyType',
  'ProtectionLevel',
  'RegionId',
  'ResourceType',
  'Resources',
  'RotationInterval',
  'ServerName',
  'SourcePrivateIp',
  'StartTime',
  'EndTime',
  'Direction',
  'Status',
  'Type',
  'UserAccessKeyId',
  'UserName',
  'WrappingAlgorithm',
  'WrappingKeySpec',
]);
const MAX_VALUE = 256;

export function recordedParameters(parameters: Parameters): Readonly<Record<string, string>> {
  const recorded = [...parameters].filter(([name]) => RECORDED.has(name));
  return Object.fromEntries(recorded.map(([name, value]) => [name, value.slice(0, MAX_VALUE)]));
}
