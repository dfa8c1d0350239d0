// A worker without a process: it takes connections, serves and ends when the test says so.

import type { Socket } from 'node:net';
import type { ToWorker } from '../../appliance/cluster/messages.ts';
import type { WorkerEnd, WorkerProcess } from '../../appliance/cluster/worker-process.ts';

export interface FakeWorker extends WorkerProcess {
  /** Every connection it was handed. */
  readonly handed: readonly Socket[];
  readonly sent: readonly ToWorker['type'][];
  /** What was handed to it so far is its own. */
  take(): void;
  fill(full: boolean): void;
  serve(): void;
  end(code: number | null): void;
}

export function createFakeWorker(slot: number): FakeWorker {
  const handed: Socket[] = [];
  const sent: ToWorker['type'][] = [];
  let taken = 0;
  let isFull = false;
  let serves: (ready: boolean) => void = () => undefined;
  let ends: (end: WorkerEnd) => void = () => undefined;
  const ready = new Promise<boolean>((resolve) => {
    serves = resolve;
  });
  const ended = new Promise<WorkerEnd>((resolve) => {
    ends = resolve;
  });
  const end = (code: number | null): void => {
    serves(false);
    ends({ code, signal: code === null ? 'SIGKILL' : null, untaken: handed.slice(taken) });
  };
  return {
    slot,
    pid: slot,
    ready,
    ended,
    handed,
    sent,
    pending: () => handed.length - taken,
    full: () => isFull,
    fill(full) {
      isFull = full;
    },
    oldestPending: () => (handed.length > taken ? taken + 1 : null),
    ask: () => void sent.push('ask'),
    hand: (socket) => void handed.push(socket),
    send: ({ type }) => void sent.push(type),
    kill: () => end(null),
    take() {
      taken = handed.length;
    },
    serve: () => serves(true),
    end,
  };
}
