// The seats of the workers: who replaces whom, with which slot, and what becomes of those that do not end.

import { expect, onTestFinished, test, vi } from 'vitest';
import { createHandOver } from '../../../appliance/cluster/hand-over.ts';
import { createSeats, type Seats } from '../../../appliance/cluster/seats.ts';
import { unrefTimer } from '../../../appliance/ops/unref-timer.ts';
import { createFakeWorker, type FakeWorker } from '../../support/fake-worker.ts';

const asBefore = (): void => undefined;

interface Setting {
  readonly seats: Seats;
  /** In the order they were started. */
  readonly started: FakeWorker[];
  readonly freed: number[];
  readonly logged: string[];
  /** How many of the next starts throw. */
  refused: number;
  slots(): number[];
}

/** Workers that serve at once, and a clock that the test moves. */
async function startSeats(count: number): Promise<Setting> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const started: FakeWorker[] = [];
  const freed: number[] = [];
  const logged: string[] = [];
  const log = (_: object, message: string): void => void logged.push(message);
  const seats = createSeats({
    count,
    startWorker(slot) {
      if (setting.refused > 0) {
        setting.refused -= 1;
        throw new Error('spawn ENOMEM');
      }
      const worker = createFakeWorker(slot);
      started.push(worker);
      worker.serve();
      return worker;
    },
    handOver: createHandOver(unrefTimer),
    slots: { taken: () => Promise.resolve(), freed: (slot) => void freed.push(slot) },
    logger: { debug: log, info: log, warn: log, error: log },
    tick: () => 0,
  });
  const slots = (): number[] => started.map(({ slot }) => slot);
  const setting: Setting = { seats, started, freed, logged, slots, refused: 0 };
  onTestFinished(async () => {
    const closed = seats.close(0);
    await vi.advanceTimersByTimeAsync(1);
    await closed;
    vi.useRealTimers();
  });
  await seats.start(new AbortController().signal);
  return setting;
}

test('a worker that was told to drain and does not end is killed, one that ends is not', async () => {
  const { seats, started } = await startSeats(2);
  const [first = createFakeWorker(0), second = createFakeWorker(0)] = started;
  const kills = [first, second].map((worker) => vi.spyOn(worker, 'kill'));
  await seats.replaceAll(asBefore);
  expect([first.sent, second.sent]).toEqual([['drain'], ['drain']]);
  second.end(0);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(kills.map((kill) => kill.mock.calls.length)).toEqual([0, 0]);
  await vi.advanceTimersByTimeAsync(2000);
  expect(kills.map((kill) => kill.mock.calls.length)).toEqual([1, 0]);
});

test('after a reload a worker that is killed leaves its slot to its replacement, before a lower one that is free', async () => {
  const { seats, started, freed, slots } = await startSeats(2);
  await seats.replaceAll(asBefore);
  for (const worker of started.slice(0, 2)) worker.end(0);
  await vi.advanceTimersByTimeAsync(0);
  expect(slots()).toEqual([1, 2, 3, 4]);
  started[3]?.end(null);
  await vi.advanceTimersByTimeAsync(0);
  expect(slots()).toEqual([1, 2, 3, 4, 4]);
  expect(freed).toEqual([1, 2]);
  // One that is continued is no longer owed to anybody.
  await seats.replaceAll(asBefore);
  expect(slots()).toEqual([1, 2, 3, 4, 4, 1, 2]);
});

test('a seat whose worker cannot even be made is tried again, later each time, until one serves', async () => {
  const setting = await startSeats(1);
  const { started, slots, logged } = setting;
  setting.refused = 3;
  started[0]?.end(null);
  await vi.advanceTimersByTimeAsync(0);
  const refusals = () => logged.filter((message) => message === 'no process can be made for a worker').length;
  expect(refusals()).toBe(1);
  await vi.advanceTimersByTimeAsync(250);
  expect(refusals()).toBe(2);
  await vi.advanceTimersByTimeAsync(499);
  expect(refusals()).toBe(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(refusals()).toBe(3);
  expect(slots()).toEqual([1]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(slots()).toEqual([1, 1]);
  expect(logged.at(-1)).toBe('worker serves');
});

test('a reload whose worker cannot even be made says so and keeps the old one, which is replaced when it ends', async () => {
  const setting = await startSeats(1);
  const { seats, started, slots } = setting;
  setting.refused = 1;
  await expect(seats.replaceAll(asBefore)).rejects.toMatchObject({ code: 'RELOAD_FAILED' });
  expect(started[0]?.sent).toEqual([]);
  await seats.replaceAll(asBefore);
  started[1]?.end(null);
  await vi.advanceTimersByTimeAsync(0);
  expect(slots()).toEqual([1, 2, 2]);
});

test('reloads during another are one whole run after it, with settings read when it begins', async () => {
  const { seats, started } = await startSeats(2);
  const startedBefore: number[] = [];
  const during: Promise<void>[] = [];
  const readSettings = (): void => {
    startedBefore.push(started.length);
    if (during.length > 0) return;
    during.push(...[1, 2, 3].map(() => seats.replaceAll(readSettings)));
  };
  await seats.replaceAll(readSettings);
  await Promise.all(during);
  expect(startedBefore).toEqual([2, 4]);
  expect(started.length).toBe(6);
  expect(started.slice(0, 4).map(({ sent }) => sent)).toEqual([['drain'], ['drain'], ['drain'], ['drain']]);
});

test('a reload whose settings are not valid replaces nobody and does not hold up the next', async () => {
  const { seats, started } = await startSeats(1);
  const invalid = (): void => {
    throw new Error('not valid');
  };
  await expect(seats.replaceAll(invalid)).rejects.toThrow('not valid');
  expect(started.length).toBe(1);
  await seats.replaceAll(asBefore);
  expect(started.length).toBe(2);
});
