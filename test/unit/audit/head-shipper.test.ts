// Heads of checkpoints at a second target: each one for good, not too many, and the last one at the end.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import type { DeliveryTarget } from '../../../appliance/audit/delivery-target.ts';
import { createDirectoryTarget } from '../../../appliance/audit/directory-target.ts';
import { createHeadShipper } from '../../../appliance/audit/head-shipper.ts';
import { openS3Target } from '../../../appliance/audit/s3-target.ts';
import { AuditFolder, auditRecord } from '../../support/audit-log.ts';
import { ROOT } from '../../support/delivery-rig.ts';
import { present } from '../../support/present.ts';
import { S3_CREDENTIALS, S3Server } from '../../support/s3-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let files: AuditFolder;
let second: string;
let said: string[];

beforeEach(() => {
  files = new AuditFolder(temporaryFolder());
  second = temporaryFolder();
  said = [];
});

const shipped = (): string[] =>
  readdirSync(second, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));

function shippingLog(target: DeliveryTarget = createDirectoryTarget(second)) {
  const say = (_details: object, message: string): void => void said.push(message);
  const shipper = createHeadShipper({
    target,
    root: ROOT,
    everyMs: 300_000,
    clock: () => files.now,
    random: () => 0.5,
    logger: { info: say, warn: say },
  });
  const ship = vi.fn((line: string) => {
    shipper.ship(line);
    return Promise.resolve();
  });
  const log = files.open({ saveHead: ship });
  const checkpoint = async (count: number): Promise<void> => {
    await vi.waitFor(() => expect(ship).toHaveBeenCalledTimes(count));
  };
  return { log, shipper, checkpoint };
}

test('a head arrives under its own name, and proves later that the log was cut', async () => {
  const { log, shipper, checkpoint } = shippingLog();
  await checkpoint(1);
  await vi.waitFor(() => expect(shipped()).toEqual([`${ROOT}/heads/2026/01/02/15-p0-000000000000001.json`]));
  log.append([auditRecord('a')]);
  await log.close();
  await shipper.close();
  const head = readFileSync(join(second, present(shipped().sort().at(-1))), 'utf8');
  expect(await files.verify({ head })).toMatchObject({ problem: null });
  rmSync(files.directory, { recursive: true });
  await files.open({ lastHead: '' }).close();
  expect((await files.verify({ head })).problem?.what).toMatch('kept apart');
});

test('between two heads passes the time of the setting, except for the last', async () => {
  const { log, shipper, checkpoint } = shippingLog();
  await checkpoint(1);
  await vi.waitFor(() => expect(shipped()).toHaveLength(1));
  files.now += 30_000;
  files.tick();
  await checkpoint(2);
  files.now += 300_000;
  files.tick();
  await checkpoint(3);
  await vi.waitFor(() => expect(shipped()).toHaveLength(2));
  files.now += 1000;
  await log.close();
  await shipper.close();
  expect(shipped()).toHaveLength(3);
});

test('a target that is away costs a line of the log, and gets the next head when it is back', async () => {
  rmSync(second, { recursive: true });
  const { log, shipper, checkpoint } = shippingLog();
  await checkpoint(1);
  await vi.waitFor(() => expect(said).toEqual(['audit head could not be shipped']));
  mkdirSync(second);
  // Not at once: a busy log makes many checkpoints a second.
  files.tick();
  await checkpoint(2);
  files.now += 750;
  expect(shipped()).toEqual([]);
  files.tick();
  await checkpoint(3);
  await vi.waitFor(() => expect(shipped()).toHaveLength(1));
  await log.close();
  await shipper.close();
  expect(said).toEqual(['audit head could not be shipped', 'audit heads are shipped again']);
});

test('the head of an orderly end is shipped also when another is under way', async () => {
  const directory = createDirectoryTarget(second);
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { log, shipper, checkpoint } = shippingLog({
    ...directory,
    put: async (object, signal) => {
      await held;
      await directory.put(object, signal);
    },
  });
  await checkpoint(1);
  await log.close();
  const closed = shipper.close();
  release();
  await closed;
  const newest = readFileSync(join(second, present(shipped().sort().at(-1))), 'utf8');
  expect(newest).toMatch('"closing":true');
  expect(shipped()).toHaveLength(2);
});

test('heads arrive in a bucket, and the newest one is what verify takes', async () => {
  const folder = temporaryFolder();
  const credentialsFile = join(folder, 'credentials.json');
  writeFileSync(credentialsFile, S3_CREDENTIALS);
  const server = await S3Server.start(join(folder, 'bucket'));
  const settings = server.settings(credentialsFile);
  const { log, shipper, checkpoint } = shippingLog(await openS3Target({ settings, clock: () => files.now }));
  await checkpoint(1);
  log.append([auditRecord('a')]);
  await log.close();
  await shipper.close();
  const objects = [...(await server.objects())];
  expect(objects.map(([name]) => name)).toEqual([
    `${ROOT}/heads/2026/01/02/15-p0-000000000000001.json`,
    `${ROOT}/heads/2026/01/02/15-p0-000000000000003.json`,
  ]);
  const head = present(objects.at(-1))[1].toString('utf8');
  expect(await files.verify({ head })).toMatchObject({ problem: null });
});
