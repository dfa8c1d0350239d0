// Hands accepted connections to the workers that serve, in turn. The listener belongs to the primary, so that a connection
// finds it open whatever becomes of the workers: while none has room, those that serve being full included, connections
// wait, unread, so many at most and so long.

import type { Socket } from 'node:net';
import type { Timer } from '../core/ports/clock.ts';
import type { WorkerProcess } from './worker-process.ts';

/** A worker takes them at once unless it is stuck; the others then get the rest. */
const MAX_PENDING = 64;
export const MAX_WAITING = 4096;
/** Longer than a worker takes to come. A client that has gone meanwhile is not noticed in another way. */
const MAX_WAIT_MS = 60_000;

export interface HandOver {
  add(worker: WorkerProcess): void;
  /** It gets no more. */
  remove(worker: WorkerProcess): void;
  offer(socket: Socket): void;
  /** A worker has taken what it was handed, or has fewer connections of its own: it may get more. */
  flush(): void;
  close(): void;
}

export function createHandOver(timer: Timer): HandOver {
  const workers: WorkerProcess[] = [];
  /** In the order they came, with what ends the look at the time. */
  const waiting = new Map<Socket, () => void>();
  let turn = 0;
  let closed = false;

  const next = (): WorkerProcess | undefined => {
    const order = workers.map((_, index) => workers[(turn + index) % workers.length]);
    turn += 1;
    return order.find((worker) => worker && !worker.full() && worker.pending() < MAX_PENDING);
  };
  const left = (socket: Socket): void => {
    waiting.get(socket)?.();
    waiting.delete(socket);
  };
  const flush = (): void => {
    for (const socket of waiting.keys()) {
      const worker = next();
      if (!worker) return;
      left(socket);
      worker.hand(socket);
    }
  };
  return {
    add(worker) {
      workers.push(worker);
      flush();
    },
    remove(worker) {
      const index = workers.indexOf(worker);
      if (index >= 0) workers.splice(index, 1);
    },
    offer(socket) {
      if (closed || waiting.size >= MAX_WAITING) socket.destroy();
      if (socket.destroyed) return;
      flush();
      const worker = waiting.size === 0 ? next() : undefined;
      if (worker) {
        worker.hand(socket);
        return;
      }
      const endWait = timer(() => socket.destroy(), MAX_WAIT_MS);
      waiting.set(socket, endWait);
      socket.once('close', () => left(socket));
    },
    flush,
    close() {
      closed = true;
      for (const socket of waiting.keys()) {
        left(socket);
        socket.destroy();
      }
    },
  };
}
