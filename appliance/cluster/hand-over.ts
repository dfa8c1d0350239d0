// Hands accepted connections to the workers that serve, in turn. The listener belongs to the primary, so that a connection
// finds it open whatever becomes of the workers: while none is free, connections wait, unread and so many at most.

import type { Socket } from 'node:net';
import type { WorkerProcess } from './worker-process.ts';

/** A worker takes them at once unless it is stuck; the others then get the rest. */
const MAX_PENDING = 64;
const MAX_WAITING = 4096;

export interface HandOver {
  add(worker: WorkerProcess): void;
  /** It gets no more. */
  remove(worker: WorkerProcess): void;
  offer(socket: Socket): void;
  close(): void;
}

export function createHandOver(): HandOver {
  const workers: WorkerProcess[] = [];
  const waiting: Socket[] = [];
  let turn = 0;
  let closed = false;

  const next = (): WorkerProcess | undefined => {
    const order = workers.map((_, index) => workers[(turn + index) % workers.length]);
    turn += 1;
    return order.find((worker) => worker && worker.pending() < MAX_PENDING);
  };
  const offer = (socket: Socket): void => {
    const worker = next();
    if (worker) worker.hand(socket);
    else if (closed || workers.length > 0 || waiting.length >= MAX_WAITING) socket.destroy();
    else waiting.push(socket);
  };
  return {
    add(worker) {
      workers.push(worker);
      for (const socket of waiting.splice(0)) offer(socket);
    },
    remove(worker) {
      const index = workers.indexOf(worker);
      if (index >= 0) workers.splice(index, 1);
    },
    offer,
    close() {
      closed = true;
      for (const socket of waiting.splice(0)) socket.destroy();
    },
  };
}
