// Connections that come when no worker has room for them: they wait and are handed over in order.

import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { createHandOver } from '../../../appliance/cluster/hand-over.ts';
import { unrefTimer } from '../../../appliance/ops/unref-timer.ts';
import { createFakeWorker, type FakeWorker } from '../../support/fake-worker.ts';

const sockets = (count: number): Socket[] => Array.from({ length: count }, () => new Socket());

/** It takes all it was handed, and so again, until it gets nothing more. */
function takeAll(worker: FakeWorker, flush: () => void): void {
  while (worker.pending() > 0) {
    worker.take();
    flush();
  }
}

test('all that wait for the first worker are handed to it as it takes them, and none is cut', () => {
  const handOver = createHandOver(unrefTimer);
  const waiting = sockets(300);
  for (const socket of waiting) handOver.offer(socket);
  const worker = createFakeWorker(1);
  handOver.add(worker);
  expect(worker.pending()).toBe(64);
  takeAll(worker, handOver.flush);
  expect(worker.handed).toEqual(waiting);
  expect(waiting.filter(({ destroyed }) => destroyed)).toEqual([]);
});

test('connections beyond what all workers have room for wait until one takes some', () => {
  const handOver = createHandOver(unrefTimer);
  const workers = [createFakeWorker(1), createFakeWorker(2)];
  for (const worker of workers) handOver.add(worker);
  const offered = sockets(500);
  for (const socket of offered) handOver.offer(socket);
  expect(workers.map((worker) => worker.pending())).toEqual([64, 64]);
  const [first = createFakeWorker(0)] = workers;
  takeAll(first, handOver.flush);
  expect(workers.map(({ handed }) => handed.length)).toEqual([436, 64]);
  expect(offered.filter(({ destroyed }) => destroyed)).toEqual([]);
});

test('one that closes while it waits is handed to nobody and leaves its place to another', async () => {
  const handOver = createHandOver(unrefTimer);
  const [gone, ...others] = sockets(4097);
  if (!gone) throw new Error('no sockets');
  for (const socket of [gone, ...others]) handOver.offer(socket);
  expect(others.at(-1)?.destroyed).toBe(true);
  const closed = new Promise((resolve) => gone.once('close', resolve));
  gone.destroy();
  await closed;
  const [late = new Socket()] = sockets(1);
  handOver.offer(late);
  expect(late.destroyed).toBe(false);
  const worker = createFakeWorker(1);
  handOver.add(worker);
  takeAll(worker, handOver.flush);
  expect(worker.handed).toEqual([...others.slice(0, -1), late]);
});

test('what waits is cut when it closes, and what comes then', () => {
  const handOver = createHandOver(unrefTimer);
  const [waiting = new Socket(), late = new Socket()] = sockets(2);
  handOver.offer(waiting);
  handOver.close();
  handOver.offer(late);
  expect([waiting.destroyed, late.destroyed]).toEqual([true, true]);
});

test('a worker that is full is passed over, and when all are, connections wait until one has room', () => {
  const handOver = createHandOver(unrefTimer);
  const [full, other] = [createFakeWorker(1), createFakeWorker(2)];
  for (const worker of [full, other]) handOver.add(worker);
  full.fill(true);
  const offered = sockets(12);
  for (const socket of offered.slice(0, 10)) handOver.offer(socket);
  expect([full.handed.length, other.handed.length]).toEqual([0, 10]);
  other.fill(true);
  for (const socket of offered.slice(10)) handOver.offer(socket);
  expect([full.handed.length, other.handed.length]).toEqual([0, 10]);
  full.fill(false);
  handOver.flush();
  expect([full.handed.length, other.handed.length]).toEqual([2, 10]);
  expect(offered.filter(({ destroyed }) => destroyed)).toEqual([]);
});

test('a connection that no worker comes for is cut after a minute, one that was handed over is not', () => {
  const timers: { run: () => void; ms: number; cancelled: boolean }[] = [];
  const handOver = createHandOver((run, ms) => {
    const timer = { run, ms, cancelled: false };
    timers.push(timer);
    return () => {
      timer.cancelled = true;
    };
  });
  const [first = new Socket(), second = new Socket()] = sockets(2);
  handOver.offer(first);
  expect(timers.map(({ ms }) => ms)).toEqual([60_000]);
  timers[0]?.run();
  expect(first.destroyed).toBe(true);
  handOver.offer(second);
  handOver.add(createFakeWorker(1));
  expect(timers[1]?.cancelled).toBe(true);
  expect(second.destroyed).toBe(false);
});
