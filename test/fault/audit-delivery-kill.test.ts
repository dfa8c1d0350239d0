// An instance and an S3 server that are killed in the middle of a delivery: every segment arrives whole, once.

import { createPublicKey } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { verifyAuditLog } from '../../appliance/audit/verify.ts';
import { type KillableInstance, killableInstance } from '../support/killable-instance.ts';
import { S3_CREDENTIALS, S3Server } from '../support/s3-server.ts';
import { StallingProxy } from '../support/stalling-proxy.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const LANES = 8;
const REQUESTS = 3000;
/** Well inside of the first segment, compressed. */
const STALL_BYTES = 60_000;

async function load(instance: KillableInstance): Promise<string[]> {
  const answered: string[] = [];
  const lane = async (): Promise<void> => {
    while (answered.length < REQUESTS)
      answered.push((await instance.client.ok('GenerateRandom', { Length: 8 })).RequestId);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return answered;
}

const segments = (dataDir: string): string[] =>
  readdirSync(join(dataDir, 'audit')).filter((name) => name.endsWith('.jsonl'));

test('kills of both sides in the middle of a delivery lose nothing and leave nothing twice', async () => {
  const folder = temporaryFolder();
  const dataDir = join(folder, 'data');
  const credentialsFile = join(folder, 'credentials.json');
  writeFileSync(credentialsFile, S3_CREDENTIALS);
  const server = await S3Server.start(join(folder, 'bucket'));
  const proxy = await StallingProxy.before(server.port);
  const { bucket } = server.settings(credentialsFile);
  const settings = {
    KMS_AUDIT_DELIVERY_TARGET: 's3',
    KMS_AUDIT_DELIVERY_S3_ENDPOINT: `http://127.0.0.1:${proxy.port}`,
    KMS_AUDIT_DELIVERY_S3_BUCKET: bucket,
    KMS_AUDIT_DELIVERY_S3_PATH_STYLE: 'true',
    KMS_AUDIT_DELIVERY_S3_CREDENTIALS_FILE: credentialsFile,
  };

  const first = await killableInstance(dataDir, settings);
  const answered = await load(first);
  await first.kill();

  // The next start finds the segment of the first one closed.
  const stalled = proxy.stallAfter(STALL_BYTES);
  const second = await killableInstance(dataDir, settings);
  await stalled;
  // It serves while its delivery hangs.
  answered.push((await second.client.ok('GenerateRandom', { Length: 8 })).RequestId);
  await server.kill();
  await second.kill();

  proxy.release();
  await server.start();
  const third = await killableInstance(dataDir, settings);
  await vi.waitFor(async () => expect((await server.objects()).size).toBeGreaterThanOrEqual(2), {
    timeout: 60_000,
    interval: 200,
  });
  await third.kill();

  const local = segments(dataDir).slice(0, -1);
  await vi.waitFor(async () => expect((await server.objects()).size).toBe(local.length));
  const objects = await server.objects();
  const contents = [...objects.values()].map((body) => gunzipSync(body).toString('latin1'));
  const written = local.map((name) => readFileSync(join(dataDir, 'audit', name), 'latin1'));
  expect(contents.map((content, index) => content === written[index])).toEqual(local.map(() => true));
  const log = contents.join('');
  expect(answered.filter((id) => !log.includes(id))).toEqual([]);

  const copy = temporaryFolder();
  for (const [name, body] of objects) {
    mkdirSync(dirname(join(copy, name)), { recursive: true });
    writeFileSync(join(copy, name), body);
  }
  const [verification] = await verifyAuditLog({
    directory: copy,
    publicKey: createPublicKey(readFileSync(join(dataDir, 'audit', 'public-key.pem'))),
    head: '',
    asOf: Date.now(),
    maxAgeMs: 3_600_000,
  });
  expect(verification).toMatchObject({ problem: null, segments: local.length });
});
