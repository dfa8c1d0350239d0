// Control-plane records as ActionTrail's events. An event is of somebody: attempts that were never authenticated are in
// the log itself only. Source: control-plane specification 5.1.

import { isoSeconds } from '../core/ids.ts';
import type { AuditEvent } from '../core/ports/audit-events.ts';
import type { AuditRecord } from '../core/ports/audit-log.ts';
import type { WrittenRecord } from './read-record.ts';

/** By the version of the API. */
const SERVICES: Readonly<Record<string, string>> = {
  '2015-05-01': 'Ram',
  '2020-07-06': 'Actiontrail',
};
const KMS = 'Kms';
/** Looking at things, and using keys. */
const READ =
  /^(?:Describe|List|Get|Lookup|Encrypt|Decrypt|ReEncrypt|Generate|ExportDataKey|Asymmetric|VerifyMac)/;
const UNTOLD: ReadonlySet<string> = new Set(['DescribeRegions']);
const RESOURCE_TYPES: readonly (readonly [start: string, type: string])[] = [
  ['key-', 'ACS::KMS::Key'],
  ['alias/', 'ACS::KMS::Alias'],
  ['kst-', 'ACS::KMS::Instance'],
];

/** Null for what is no event: data-plane requests, unauthenticated ones, and DescribeRegions. */
export function actionTrailEvent({ record, origin }: WrittenRecord): AuditEvent | null {
  if (record.plane !== 'control' || record.identityType === '' || UNTOLD.has(record.api)) return null;
  const serviceName = SERVICES[record.apiVersion] ?? KMS;
  const { host = '', region = '', parameters = {} } = record.request ?? {};
  return {
    eventId: record.requestId,
    eventVersion: 1,
    eventSource: host === '' ? `${serviceName.toLowerCase()}.${region || 'local'}.aliyuncs.com` : host,
    eventName: record.api,
    eventTime: isoSeconds(record.time),
    eventType: record.identityType === 'system' ? 'AliyunServiceEvent' : 'ApiCall',
    eventCategory: 'Management',
    eventRW: READ.test(record.api) ? 'Read' : 'Write',
    serviceName,
    apiVersion: record.apiVersion,
    acsRegion: region,
    isGlobal: false,
    requestId: record.requestId,
    sourceIpAddress: record.clientAddress === '' ? 'Internal' : record.clientAddress,
    userAgent: record.userAgent,
    userIdentity: userIdentity(record, origin.accountId),
    recipientAccountId: origin.accountId,
    requestParameters: parameters,
    requestParameterJson: JSON.stringify(parameters),
    responseElements: { RequestId: record.requestId },
    ...(record.errorCode !== '' && { errorCode: record.errorCode, errorMessage: record.errorMessage }),
    ...resourceOf(record.resource),
    additionalEventData: { instanceId: origin.instanceId, durationMs: record.durationMs },
  };
}

const IDENTITY_TYPES: Readonly<Record<string, string>> = {
  'cloud-account': 'root-account',
  'ram-user': 'ram-user',
  system: 'system',
};

function userIdentity(record: AuditRecord, accountId: string) {
  const type = IDENTITY_TYPES[record.identityType] ?? record.identityType;
  return {
    type,
    accountId,
    principalId: record.principal,
    userName: type === 'root-account' ? 'root' : record.principal,
    accessKeyId: record.accessKeyId,
    sessionContext: {
      attributes: { creationDate: isoSeconds(record.time), mfaAuthenticated: 'false' },
    },
  };
}

function resourceOf(name: string) {
  const type = RESOURCE_TYPES.find(([start]) => name.startsWith(start))?.[1];
  if (type === undefined) return {};
  return { resourceType: type, resourceName: name, referencedResources: { [type]: [name] } };
}
