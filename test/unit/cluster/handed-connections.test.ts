// Connections that are lost between the primary and a worker: noticed, given back, and no reason to kill the worker.

import { Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import { HandedConnections } from '../../../appliance/cluster/handed-connections.ts';
import { checkForStuckWorkers } from '../../../appliance/cluster/stuck-workers.ts';
import { createFakeWorker } from '../../support/fake-worker.ts';

test('a connection that a later one overtook was lost and is given back whole, one that was taken is closed', () => {
  const handed = new HandedConnections();
  const [lost, taken, late] = [new Socket(), new Socket(), new Socket()];
  for (const socket of [lost, taken, late]) handed.number(socket);
  expect(handed.took([2])).toEqual([lost]);
  expect([lost.destroyed, taken.destroyed, late.destroyed]).toEqual([false, true, false]);
  expect([handed.size, handed.oldest()]).toEqual([1, 3]);
});

test('the answer to a question tells that the last connection was lost, too', () => {
  const handed = new HandedConnections();
  const socket = new Socket();
  handed.number(socket);
  expect(handed.took([handed.number()])).toEqual([socket]);
  expect(handed.oldest()).toBeNull();
});

test('a worker with a connection that waits is asked first, and killed only when it goes on waiting', () => {
  let look: () => void = () => undefined;
  const worker = createFakeWorker(1);
  const kill = vi.spyOn(worker, 'kill');
  const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  checkForStuckWorkers({
    workers: () => [worker],
    timer: (run) => {
      look = run;
      return () => undefined;
    },
    logger,
  });
  worker.hand(new Socket());
  look();
  look();
  expect(worker.sent).toEqual(['ask', 'ask']);
  expect(kill).not.toHaveBeenCalled();
  look();
  expect(kill).toHaveBeenCalledOnce();
});
