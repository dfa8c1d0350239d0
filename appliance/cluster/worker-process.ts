// One worker as its parent sees it: a child process, how far it is, and the connections handed to it that it has not yet
// said it took. Those it never took are given back when it ends, for another worker.

import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import type { Socket } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CountedRequests } from '../ops/request-counts.ts';
import { HandedConnections } from './handed-connections.ts';
import type { FromWorker, ToWorker } from './messages.ts';

const EXTENSION = extname(import.meta.url);
const PROGRAM = fileURLToPath(new URL(`../worker${EXTENSION}`, import.meta.url));
/** The sources run only with a loader; the build runs as it is. */
const LOADER = EXTENSION === '.ts' ? ['--import', 'tsx'] : [];

export interface WorkerEnd {
  readonly code: number | null;
  readonly signal: string | null;
  /** Connections it was handed and never took. */
  readonly untaken: readonly Socket[];
}

export interface WorkerProcess {
  readonly slot: number;
  readonly pid: number | undefined;
  /** True once it serves. It does not reject; false when the process ended, or began to, instead. */
  readonly ready: Promise<boolean>;
  readonly ended: Promise<WorkerEnd>;
  /** Connections handed over and not yet taken. */
  pending(): number;
  /** It has as many connections as it may have. */
  full(): boolean;
  /** Its number among those handed over; null when all were taken. */
  oldestPending(): number | null;
  /** Has it say how far it is: connections that were lost on the way are then noticed. */
  ask(): void;
  hand(socket: Socket): void;
  send(message: ToWorker): void;
  kill(): void;
}

export interface WorkerProcessOptions {
  readonly slot: number;
  /** Inherited, so that the data directory stays locked until the worker has ended. */
  readonly lockFd: number;
  /** Told, now and then, what the worker has answered. */
  readonly counted: (requests: readonly CountedRequests[]) => void;
  /** Told when it has taken connections, or some of its own have ended: it may get more. */
  readonly hasRoom: () => void;
  /** Told about connections that never arrived. */
  readonly lost: (sockets: readonly Socket[]) => void;
  /** Told when it begins to end, should it say so. */
  readonly leaving: () => void;
  readonly start: Omit<Extract<ToWorker, { type: 'start' }>, 'type' | 'slot'>;
}

export function startWorker(options: WorkerProcessOptions): WorkerProcess {
  const { slot, lockFd, counted, start } = options;
  const child = fork(PROGRAM, [], {
    execArgv: [...process.execArgv, ...(process.execArgv.includes('tsx') ? [] : LOADER)],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc', lockFd],
  });
  const handed = new HandedConnections();
  let isFull = false;
  const events = new EventEmitter<{ ready: [boolean] }>();
  const ready = once(events, 'ready').then(([isReady]) => isReady === true);
  const taken = (ids: readonly number[]): void => {
    const lost = handed.took(ids);
    if (lost.length > 0) options.lost(lost);
    options.hasRoom();
  };
  const setFull = (full: boolean): void => {
    isFull = full;
    if (!full) options.hasRoom();
  };
  const leaving = (): void => {
    events.emit('ready', false);
    options.leaving();
  };
  child.on('message', (message: FromWorker) => {
    if (message.type === 'ready') events.emit('ready', true);
    else if (message.type === 'leaving') leaving();
    else if (message.type === 'full') setFull(message.full);
    else if (message.type === 'requests') counted(message.counted);
    else taken(message.ids);
  });
  const send = (message: ToWorker): void => {
    if (child.connected) child.send(message, undefined, {}, ignoreGone);
  };
  send({ type: 'start', slot, ...start });
  return {
    slot,
    pid: child.pid,
    ready,
    ended: endOf(child).then(([code, signal]) => {
      events.emit('ready', false);
      return { code, signal, untaken: handed.all() };
    }),
    pending: () => handed.size,
    full: () => isFull,
    oldestPending: () => handed.oldest(),
    ask: () => send({ type: 'ask', id: handed.number() }),
    hand(socket) {
      const id = handed.number(socket);
      if (!child.connected) return;
      child.send({ type: 'connection', id }, socket, { keepOpen: true }, (error) => {
        // Of a worker that is gone it is given back with the others.
        if (error && child.connected) handed.cut(id);
      });
    },
    send,
    kill: () => void child.kill('SIGKILL'),
  };
}

/** A worker that is gone is noticed by its end. */
function ignoreGone(): void {}

function endOf(child: ChildProcess): Promise<[number | null, string | null]> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve([code, signal]));
    // It could not even be made.
    child.once('error', () => {
      if (child.pid === undefined) resolve([null, null]);
    });
  });
}
