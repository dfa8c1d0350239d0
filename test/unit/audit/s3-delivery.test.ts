// Delivery into a bucket of a real S3 server on loopback, which is killed in the middle of it and comes back.

import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeEach, expect, test, vi } from 'vitest';
import { openS3Target, S3ClientMissing, type S3Settings } from '../../../appliance/audit/s3-target.ts';
import { AuditFolder, auditRecord } from '../../support/audit-log.ts';
import { DeliveryRig, objectOf } from '../../support/delivery-rig.ts';
import { S3_CREDENTIALS, S3Server } from '../../support/s3-server.ts';
import { StallingProxy } from '../../support/stalling-proxy.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const DAY_MS = 24 * 3_600_000;
let files: AuditFolder;
let credentialsFile: string;
let server: S3Server;

async function rig(settings: S3Settings): Promise<DeliveryRig> {
  const target = await openS3Target({ settings, clock: () => files.now });
  return new DeliveryRig(files, target);
}

const objectNames = async (): Promise<string[]> => [...(await server.objects()).keys()];
const localContent = (name: string): Buffer => readFileSync(join(files.directory, `${name}.jsonl`));
const untilAllDelivered = (audit: DeliveryRig) =>
  vi.waitFor(() => expect(audit.spool.waiting()).toEqual([]), { timeout: 10_000 });

/** A segment that does not compress: larger than what the buffers of connections hold. */
async function largeHour(audit: DeliveryRig): Promise<void> {
  for (let n = 0; n < 8; n += 1) {
    const records = Array.from({ length: 1000 }, () =>
      auditRecord(`r${n}`, { resource: randomBytes(700).toString('base64') }),
    );
    audit.log.append(records);
  }
  await audit.hour('last');
}

beforeEach(async () => {
  const folder = temporaryFolder();
  files = new AuditFolder(folder);
  credentialsFile = join(folder, 'credentials.json');
  writeFileSync(credentialsFile, S3_CREDENTIALS);
  server = await S3Server.start(join(folder, 'bucket'));
});

test('a closed segment arrives in the bucket, and the tree that is read back verifies', async () => {
  const audit = await rig(server.settings(credentialsFile));
  await vi.waitFor(() => expect(files.checkpointsMade).toBe(1));
  await audit.hour('a');
  await audit.hour('b');
  await untilAllDelivered(audit);
  const objects = await server.objects();
  expect([...objects.keys()]).toEqual([objectOf(15, 1), objectOf(16, 2)]);
  const copy = temporaryFolder();
  for (const [name, body] of objects) writeFileSync(join(copy, name.slice(name.lastIndexOf('/') + 1)), body);
  const verification = await files.verify({ directory: copy, maxAgeMs: DAY_MS });
  expect(verification).toMatchObject({ problem: null, segments: 2 });
});

test('a server that is killed in the middle of an object gets it whole when it is back, once', async () => {
  const proxy = await StallingProxy.before(server.port);
  const audit = await rig(server.settings(credentialsFile, proxy.port));
  const stalled = proxy.stallAfter(2_000_000);
  await largeHour(audit);
  await stalled;
  await server.kill();
  proxy.release();
  await vi.waitFor(() => expect(audit.delivery.progress().lastError).toBe('unreachable'));
  await audit.hour('meanwhile');
  await server.start();
  audit.retry();
  await untilAllDelivered(audit);
  const objects = await server.objects();
  expect([...objects.keys()]).toEqual([objectOf(15, 1), objectOf(16, 2)]);
  const content = gunzipSync(objects.get(objectOf(15, 1)) ?? '');
  expect(content.equals(localContent('audit-2026-01-02T15-p0-00000001'))).toBe(true);
});

test('an answer that is lost does not lead to a second object', async () => {
  const proxy = await StallingProxy.before(server.port);
  const audit = await rig(server.settings(credentialsFile, proxy.port));
  await audit.hour('a');
  await untilAllDelivered(audit);
  const before = await server.objects();
  // As if the answer had not come: nothing was noted here.
  await audit.close();
  rmSync(join(files.directory, 'spool-p0.json'));
  const sentBefore = proxy.sent.length;
  const again = await rig(server.settings(credentialsFile, proxy.port));
  await untilAllDelivered(again);
  const after = await server.objects();
  expect(after.get(objectOf(15, 1))).toEqual(before.get(objectOf(15, 1)));
  expect(proxy.sent.slice(sentBefore)).not.toMatch(`PUT /audit-bucket/${objectOf(15, 1)}`);
});

test('refused credentials stop nothing, are told, and new ones in the file are used without a restart', async () => {
  const secret = 'not-the-secret-of-anybody';
  writeFileSync(credentialsFile, JSON.stringify({ accessKeyId: 'NOBODY', secretAccessKey: secret }));
  const audit = await rig(server.settings(credentialsFile));
  await audit.hour('a');
  await vi.waitFor(() => expect(audit.delivery.progress().lastError).toBe('refused'));
  writeFileSync(credentialsFile, S3_CREDENTIALS);
  audit.retry();
  await untilAllDelivered(audit);
  expect(await objectNames()).toEqual([objectOf(15, 1)]);
  expect(JSON.stringify(audit.details)).not.toMatch(secret);
});

test.each([
  ['is missing', null],
  ['is no JSON', '{"accessKeyId": "S3RVER", "secretAccessKey": "hush'],
  ['lacks a field', '{"accessKeyId": "hush"}'],
])('a credentials file that %s is refused, and nothing of it is told', async (_what, content) => {
  rmSync(credentialsFile);
  if (content !== null) writeFileSync(credentialsFile, content);
  const audit = await rig(server.settings(credentialsFile));
  await audit.hour('a');
  await vi.waitFor(() => expect(audit.delivery.progress().lastError).toBe('refused'));
  expect(JSON.stringify(audit.details)).not.toMatch('hush');
});

test('a bucket that is not there is told as such', async () => {
  const audit = await rig({ ...server.settings(credentialsFile), bucket: 'another-bucket' });
  await audit.hour('a');
  await vi.waitFor(() => expect(audit.delivery.progress().lastError).toBe('target-missing'));
});

test('objects are put with the retention lock and a checksum, on condition that there is none', async () => {
  const proxy = await StallingProxy.before(server.port);
  const lock = { mode: 'COMPLIANCE', days: 30 } as const;
  const audit = await rig({ ...server.settings(credentialsFile, proxy.port), lock });
  await audit.hour('a');
  await untilAllDelivered(audit);
  expect(proxy.sent).toMatch(/^x-amz-object-lock-mode: COMPLIANCE\r$/m);
  expect(proxy.sent).toMatch(/^x-amz-object-lock-retain-until-date: 2026-02-01T16:30:00Z\r$/m);
  expect(proxy.sent).toMatch(/^content-md5: [\w+/]{22}==\r$/m);
  expect(proxy.sent).toMatch(/^if-none-match: \*\r$/m);
});

test('without the package the target cannot be opened, and says which one it is', async () => {
  const missing = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
  const opened = openS3Target({
    settings: server.settings(credentialsFile),
    clock: () => 0,
    load: () => Promise.reject(missing),
  });
  await expect(opened).rejects.toThrow(S3ClientMissing);
  await expect(opened).rejects.toThrow('@aws-sdk/client-s3');
});
