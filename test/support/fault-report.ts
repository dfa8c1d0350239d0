// Faults of HSM members under a steady load: what is required of every one of them, and its line in the report.

import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { waitedForCoreMs } from '../../bench/process-cost.ts';
import { type CreatedKeys, createdKeys } from './created-keys.ts';
import {
  type StandardProcess,
  type StandardProcessOptions,
  startStandardProcess,
} from './standard-process.ts';
import { prepareLoad, type SteadyLoad } from './steady-load.ts';

const BEFORE_MS = 1_500;
/** Far below the ten seconds after which an SDK gives up; far above what a busy machine adds. */
const LONGEST_MS = 5_000;
/** Aimed at: 50. A busy machine holds a process up for longer than that by itself. */
const LONGEST_LOOP_DELAY_MS = 1_000;

export interface FaultBench {
  readonly standard: StandardProcess;
  readonly created: CreatedKeys;
  /** `act` does it and puts it right again; resolves with the milliseconds that the recovery took. */
  underLoad(what: string, act: () => Promise<number>): Promise<void>;
  close(): Promise<void>;
}

interface LoopDelay {
  readonly loopDelay: number;
  readonly maxLoopDelay: number;
}

export async function openFaultBench(options: StandardProcessOptions): Promise<FaultBench> {
  const standard = await startStandardProcess(options);
  const load = await prepareLoad(standard.kms).catch(async (error: unknown) => {
    await standard.close();
    throw error;
  });
  const created = createdKeys(standard);
  return {
    standard,
    created,
    underLoad: (what, act) => underLoad({ standard, load, created }, what, act),
    async close() {
      await load.stop();
      await standard.close();
    },
  };
}

interface Parts {
  readonly standard: StandardProcess;
  readonly load: SteadyLoad;
  readonly created: CreatedKeys;
}

async function underLoad(
  { standard, load, created }: Parts,
  what: string,
  act: () => Promise<number>,
): Promise<void> {
  const before = await load.during(() => delay(BEFORE_MS));
  await standard.kms.process.ask<LoopDelay>('loop-delay');
  const { pid } = standard.kms.process;
  const waitedBefore = waitedForCoreMs(pid);
  let recoveryMs = 0;
  const keysBefore = created.count();
  const during = await load.during(() =>
    created.whileCreating(async () => {
      recoveryMs = await act();
    }),
  );
  const waitedMs = waitedForCoreMs(pid) - waitedBefore;
  const loop = await standard.kms.process.ask<LoopDelay>('loop-delay');
  process.stdout.write(
    `${what}: ${during.requests} requests, ${during.failures} failed, ${created.count() - keysBefore} keys made; ` +
      `p99 ${ms(before.p99)} before, ${ms(during.p99)} during, longest ${ms(during.max)}; ` +
      `recovered in ${recoveryMs.toFixed(0)} ms; event loop delay p99 ${loop.loopDelay.toFixed(0)} ms, ` +
      `longest ${loop.maxLoopDelay.toFixed(0)} ms, without a core for ${waitedMs.toFixed(0)} ms in all\n`,
  );
  expect([during.failures, during.firstFailure]).toEqual([0, null]);
  expect(during.requests).toBeGreaterThan(50);
  expect(during.max / 1000).toBeLessThan(LONGEST_MS);
  expect(loop.maxLoopDelay).toBeLessThan(LONGEST_LOOP_DELAY_MS);
}

function ms(microseconds: number): string {
  return `${(microseconds / 1000).toFixed(0)} ms`;
}
