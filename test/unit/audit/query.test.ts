// Searching a log: what is found, in which files it is looked for, and what stands in each of its forms.

import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { actionTrailEvent } from '../../../appliance/audit/action-trail-event.ts';
import { jsonLine, textLine } from '../../../appliance/audit/event.ts';
import { type AuditQuery, queryAuditLog } from '../../../appliance/audit/query.ts';
import { readRecord } from '../../../appliance/audit/read-record.ts';
import { AUDIT_NOW, AuditFolder, auditRecord, ORIGIN } from '../../support/audit-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const HOUR_MS = 3_600_000;
let log: AuditFolder;

beforeEach(() => {
  log = new AuditFolder(temporaryFolder());
});

async function found(query: Partial<AuditQuery> = {}): Promise<string[]> {
  const ids: string[] = [];
  for await (const lines of queryAuditLog({ directory: log.directory, ...query })) {
    ids.push(...lines.map((line) => readRecord(line).record.requestId));
  }
  return ids;
}

describe('a search', () => {
  test('without conditions finds every record and no other line of the chain', async () => {
    await log.writeHours([auditRecord('a'), auditRecord('b')], [auditRecord('c')]);
    expect(await found()).toEqual(['a', 'b', 'c']);
  });

  test('finds by key, caller, principal, API, request and failure, and by all of them together', async () => {
    await log.writeHours([
      auditRecord('a', { resource: 'key-2', api: 'Decrypt' }),
      auditRecord('b', { accessKeyId: 'LTAI', principal: 'mallory', api: 'Decrypt' }),
      auditRecord('c', { resource: 'key-2', errorCode: 'Rejected.Disabled', status: 409 }),
    ]);
    expect(await found({ resource: 'key-2' })).toEqual(['a', 'c']);
    expect(await found({ caller: 'LTAI' })).toEqual(['b']);
    expect(await found({ caller: 'mallory' })).toEqual(['b']);
    expect(await found({ api: 'Decrypt' })).toEqual(['a', 'b']);
    expect(await found({ errors: true })).toEqual(['c']);
    expect(await found({ requestId: 'c' })).toEqual(['c']);
    expect(await found({ resource: 'key-2', errors: true, api: 'Encrypt', caller: 'app' })).toEqual(['c']);
    expect(await found({ resource: 'key-2', api: 'Sign' })).toEqual([]);
    // A part of a value is not the value.
    expect(await found({ resource: 'key-' })).toEqual([]);
  });

  test('takes what a client wrote into one field for nothing but that field', async () => {
    const forged = '","resource_id":"key-2","error_code":"x';
    await log.writeHours([
      auditRecord('a', { userAgent: forged }),
      auditRecord('名', { principal: 'Größe "1"\\' }),
    ]);
    expect(await found({ resource: 'key-2' })).toEqual([]);
    expect(await found({ errors: true })).toEqual([]);
    expect(await found({ caller: 'Größe "1"\\' })).toEqual(['名']);
  });

  test('keeps to the time, from inclusive to exclusive', async () => {
    await log.writeHours([auditRecord('a', { time: AUDIT_NOW }), auditRecord('b', { time: AUDIT_NOW + 1 })]);
    expect(await found({ since: AUDIT_NOW + 1 })).toEqual(['b']);
    expect(await found({ until: AUDIT_NOW + 1 })).toEqual(['a']);
  });

  test('does not open segments of other hours', async () => {
    await log.writeHours([auditRecord('a')], [auditRecord('b', { time: AUDIT_NOW + HOUR_MS })]);
    writeFileSync(join(log.directory, 'audit-2025-01-01T00-p0-00000000.jsonl.gz'), 'no gzip');
    writeFileSync(join(log.directory, 'audit-2027-01-01T00-p0-00000009.jsonl.gz'), 'no gzip');
    expect(await found({ since: AUDIT_NOW, until: AUDIT_NOW + 2 * HOUR_MS })).toEqual(['a', 'b']);
    await expect(found()).rejects.toThrow(/2025-01-01T00-p0-00000000\.jsonl\.gz: incorrect header/);
  });

  test('finds a request that ended in the hour after it began', async () => {
    await log.writeHours([], [auditRecord('slow', { time: AUDIT_NOW })]);
    expect(await found({ until: AUDIT_NOW + 1 })).toEqual(['slow']);
  });

  test('reads delivered segments by day and hour, and one that is there twice once', async () => {
    await log.writeHours([auditRecord('a')], [auditRecord('b')]);
    for (const file of log.segmentFiles()) {
      const [, day = '', hour = '', number = ''] =
        /^audit-(.*)T(\d\d)-p0-(\d+)\.jsonl$/.exec(basename(file)) ?? [];
      const path = join(
        log.directory,
        'logs',
        ORIGIN.instanceId,
        day.replaceAll('-', '/'),
        `${hour}-p0-${number}`,
      );
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.log.gz`, gzipSync(readFileSync(file)));
    }
    expect(await found()).toEqual(['a', 'b']);
    for (const file of log.segmentFiles()) rmSync(file);
    expect(await found()).toEqual(['a', 'b']);
    expect(await found({ since: AUDIT_NOW + HOUR_MS })).toEqual([]);
  });

  test('passes over a line that is still being written, and over lines longer than a block', async () => {
    await log.writeHours([auditRecord('a'), auditRecord('b')]);
    const [file = ''] = log.segmentFiles();
    appendFileSync(file, '{"time":"2026-01-02T15:30:00.000Z","half');
    expect(await found()).toEqual(['a', 'b']);
    const many = Array.from({ length: 5000 }, (_, index) => auditRecord(`r${index}`));
    writeFileSync(file, many.map((record) => jsonLine(record, ORIGIN)).join(''));
    expect(await found()).toEqual(many.map(({ requestId }) => requestId));
    expect(await found({ requestId: 'r4321' })).toEqual(['r4321']);
  });

  test('of a directory that is not there fails', async () => {
    await expect(found({ directory: join(log.directory, 'none') })).rejects.toThrow('ENOENT');
  });
});

describe('a found line', () => {
  const control = auditRecord('id-1', {
    plane: 'control',
    api: 'ScheduleKeyDeletion',
    apiVersion: '2016-01-20',
    accessKeyId: 'LTAI',
    identityType: 'ram-user',
    principal: 'alice',
    resource: 'key-hzz1',
    request: {
      host: 'kms.example:8444',
      region: 'cn-hangzhou',
      parameters: { KeyId: 'alias/a', PendingWindowInDays: '7' },
    },
  });

  test('is the record that was written, in every field', () => {
    for (const record of [
      control,
      auditRecord('x', { userAgent: '"\n名', errorCode: 'E', errorMessage: 'e e' }),
    ]) {
      const read = readRecord(jsonLine(record, ORIGIN));
      expect(read).toEqual({ record, origin: ORIGIN });
      expect(textLine(read.record, read.origin)).toBe(textLine(record, ORIGIN));
    }
  });

  test('of the control plane is an ActionTrail event', () => {
    const event = actionTrailEvent({
      record: { ...control, status: 404, errorCode: 'E', errorMessage: 'm' },
      origin: ORIGIN,
    });
    expect(event).toMatchObject({
      eventId: 'id-1',
      eventVersion: 1,
      eventSource: 'kms.example:8444',
      eventName: 'ScheduleKeyDeletion',
      eventTime: '2026-01-02T15:30:00Z',
      eventType: 'ApiCall',
      eventCategory: 'Management',
      eventRW: 'Write',
      serviceName: 'Kms',
      apiVersion: '2016-01-20',
      acsRegion: 'cn-hangzhou',
      isGlobal: false,
      requestId: 'id-1',
      sourceIpAddress: '127.0.0.1',
      userIdentity: {
        type: 'ram-user',
        accountId: ORIGIN.accountId,
        principalId: 'alice',
        userName: 'alice',
        accessKeyId: 'LTAI',
      },
      recipientAccountId: ORIGIN.accountId,
      requestParameters: { KeyId: 'alias/a', PendingWindowInDays: '7' },
      requestParameterJson: '{"KeyId":"alias/a","PendingWindowInDays":"7"}',
      errorCode: 'E',
      errorMessage: 'm',
      resourceType: 'ACS::KMS::Key',
      resourceName: 'key-hzz1',
      referencedResources: { 'ACS::KMS::Key': ['key-hzz1'] },
    });
  });

  test('of a success has no error, and one of a use of keys is a Read', () => {
    const event = actionTrailEvent({ record: { ...control, api: 'GenerateDataKey' }, origin: ORIGIN });
    expect(event).toMatchObject({ eventRW: 'Read' });
    expect(event).not.toHaveProperty('errorCode');
  });

  test.each([
    ['of the data plane', auditRecord('a')],
    ['of a caller that never authenticated', { ...control, identityType: '' as const }],
    ['of DescribeRegions', { ...control, api: 'DescribeRegions' }],
  ])('%s is no event', (_what, record) => {
    expect(actionTrailEvent({ record, origin: ORIGIN })).toBeNull();
  });
});
