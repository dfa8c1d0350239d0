// A directory on a share that is dead: an operation on it never returns. It holds up neither the log nor its end, and no
// second operation begins behind it. In a file of its own: the turn that hangs is that of the whole process.

import * as files from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { createDirectoryTarget, type TargetFiles } from '../../../appliance/audit/directory-target.ts';
import { createHeadShipper } from '../../../appliance/audit/head-shipper.ts';
import { AuditFolder } from '../../support/audit-log.ts';
import { DeliveryRig, ROOT } from '../../support/delivery-rig.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('a target that hangs keeps one operation, and neither the log nor a second target nor the end waits for it', async () => {
  const hang = vi.fn<TargetFiles['access']>(() => new Promise(() => undefined));
  const second = vi.fn<TargetFiles['access']>(() => Promise.resolve());
  const log = new AuditFolder(temporaryFolder());
  const audit = new DeliveryRig(log, createDirectoryTarget(temporaryFolder(), { ...files, access: hang }));
  await vi.waitFor(() => expect(log.checkpointsMade).toBe(1));
  await audit.hour('a');
  await vi.waitFor(() => expect(hang).toHaveBeenCalledTimes(1));
  const said: string[] = [];
  const heads = createHeadShipper({
    target: createDirectoryTarget(temporaryFolder(), { ...files, access: second }),
    root: ROOT,
    everyMs: 0,
    clock: () => log.now,
    random: () => 0.5,
    logger: { info: () => undefined, warn: (_details, message) => void said.push(message) },
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    heads.ship(log.head());
    // Its own time is over, and it waited for its turn all the while.
    await vi.advanceTimersByTimeAsync(30_000);
    expect(said).toEqual(['audit head could not be shipped']);
    heads.ship(log.head());
    await audit.close();
    const closed = heads.close();
    await vi.advanceTimersByTimeAsync(3000);
    await closed;
  } finally {
    vi.useRealTimers();
  }
  expect(hang).toHaveBeenCalledTimes(1);
  expect(second).not.toHaveBeenCalled();
  const { problem, lastCheckpoint } = await log.verify({ head: log.head() });
  expect({ problem, closing: lastCheckpoint?.closing }).toEqual({ problem: null, closing: true });
});
