// A lane when the system has no room for another process: what waits is answered, and it is tried again.

import { spawnSync } from 'node:child_process';
import { expect, it, onTestFinished } from 'vitest';
import { Backoff } from '../../../hsm-adapter/backoff.ts';
import { Lane } from '../../../hsm-adapter/lane.ts';
import { until } from '../../support/hsm-rig.ts';

const CHILD = new URL('../../../hsm-adapter/token-child.ts', import.meta.url).href;

it('a process that cannot be started counts as one that ended, and is tried again', async () => {
  let tries = 0;
  const lane = new Lane({
    ...{ name: 'slow', processes: 1, window: 1, maxQueue: 4, patient: true, probeMs: 1_000 },
    startChild: () => {
      tries += 1;
      throw new Error('EMFILE');
    },
    backoff: () => new Backoff({ firstMs: 1, lastMs: 2, random: () => 0.5 }),
    monotonic: () => performance.now(),
    onPinRejected: () => undefined,
    inTurn: (start) => start(),
  });
  onTestFinished(() => lane.close());
  await lane.start();
  await until(() => tries >= 3);
  const call = { operation: 'generate', fields: [], deadlineMs: 1_000 } as const;
  await expect(lane.submit(call)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

it('a token process for which no file descriptors are left throws, and nothing else happens', () => {
  // The program opens files until none is left, then starts a token process.
  const program = `
    import { openSync } from 'node:fs';
    import { TokenChild } from '${CHILD}';
    const options = { command: ['true'], hangMs: 1000, monotonic: () => 0, onEnd: () => undefined };
    try { for (;;) openSync('/dev/null'); } catch {}
    try { new TokenChild(options); } catch (error) { process.exitCode = 7; }
  `;
  const node = [process.execPath, '--import', 'tsx', '--input-type=module', '-e', program];
  const finished = spawnSync('/bin/sh', ['-c', 'ulimit -n 128 && exec "$@"', 'sh', ...node], {
    encoding: 'utf8',
  });
  expect(finished).toMatchObject({ status: 7 });
});
