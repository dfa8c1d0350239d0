// The program of a worker: a process that serves connections of the data plane which its parent, the primary, hands to it.
// It opens the store, the key store and its audit chain for itself. It ends when it is told to, and when its parent is gone.

import type { Socket } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { type Compatibility, type FromWorker, PROTOCOL, type ToWorker } from './cluster/messages.ts';
import { createDataServer, type DataServer } from './data-server.ts';
import { closeDataParts, type DataParts, openDataParts } from './instance-parts.ts';
import { acceptFrom, type HandedListener } from './ops/listener.ts';
import { createLogger, type Logger } from './ops/logger.ts';
import { storedServerIdentity } from './ops/server-identity.ts';
import { MIGRATIONS, schemaVersion } from './storage/migrations.ts';

/** A client that does not use its connection for so long gets it closed without being told by an answer first. */
const DRAIN_IDLE_MS = 5000;
const DRAIN_MS = 30_000;
const STOP_MS = 5000;
/** For what comes after the last connection: requests under way, the audit chain, the stores. */
const CLOSE_MS = 10_000;
/** Between two reports of what was answered; less than metrics are written after. */
const COUNTS_MS = 1000;

type Receive = (message: ToWorker, socket?: Socket) => void;

/** What came while the worker was starting. */
const early: Parameters<Receive>[] = [];
let receive: Receive = (message) => {
  if (message.type === 'start') begin(message);
};

interface Worker {
  readonly parts: DataParts;
  readonly data: DataServer;
  readonly listener: HandedListener;
  readonly logger: Logger;
}

type Message<T extends ToWorker['type']> = Extract<ToWorker, { type: T }>;
type Start = Message<'start'>;

/** What is done about each message. */
type Actions = { readonly [T in ToWorker['type']]: (message: Message<T>, socket?: Socket) => void };

async function open(
  { compatibility, config, slot, ticketKeys }: Start,
  signal: AbortSignal,
): Promise<Worker> {
  const own: Compatibility = { protocol: PROTOCOL, storeSchema: schemaVersion(MIGRATIONS) };
  if (!isDeepStrictEqual(compatibility, own)) {
    throw new Error('the program was replaced by another version: it needs a start of the instance');
  }
  const logger = createLogger(config.logLevel);
  const parts = await openDataParts({ config, logger, clock: Date.now, signal, chain: `p${slot}` });
  const identity = storedServerIdentity(parts.store);
  if (!identity) throw new Error('the instance has no certificate yet');
  const data = createDataServer({
    parts,
    identity,
    ticketKeys: Buffer.from(ticketKeys),
    processes: config.processes,
    closing: () => listener.closing(),
  });
  const listener = acceptFrom(data.server, (full) => tell({ type: 'full', full }));
  return { parts, data, listener, logger };
}

async function end({ parts, data, listener }: Worker, idleMs: number, limitMs: number): Promise<void> {
  await listener.close({ idleMs, limitMs });
  await data.pipeline.idle();
  tellRequests(parts);
  await closeDataParts(parts);
}

function tellRequests({ requestCounts }: DataParts): void {
  const counted = requestCounts.take();
  if (counted.length > 0) tell({ type: 'requests', counted });
}

function renewCertificate({ parts, data }: Worker): void {
  const identity = storedServerIdentity(parts.store);
  if (identity) data.renewTls(identity);
}

function serve(worker: Worker): void {
  setInterval(() => tellRequests(worker.parts), COUNTS_MS).unref();
  let ending = false;
  const endWith = (code: number, idleMs: number, limitMs: number): void => {
    if (ending) {
      // It may be draining, which takes longer.
      void worker.listener.close({ idleMs, limitMs });
      return;
    }
    ending = true;
    tell({ type: 'leaving' });
    setTimeout(() => {
      worker.logger.error({}, 'the worker could not end in time');
      process.exit(1);
    }, limitMs + CLOSE_MS).unref();
    end(worker, idleMs, limitMs).then(
      () => process.exit(code),
      (error: unknown) => {
        worker.logger.error({ err: error }, 'the worker could not end in order');
        process.exit(1);
      },
    );
  };
  const actions: Actions = {
    connection({ id }, socket) {
      took(id);
      // It may have gone while it was handed over.
      if (socket) worker.listener.accept(socket);
    },
    ask: ({ id }) => took(id),
    'ticket-keys': ({ keys }) => worker.data.setTicketKeys(Buffer.from(keys)),
    certificate: () => renewCertificate(worker),
    settings: () => void worker.parts.hsm?.takeOver(),
    drain: () => endWith(0, DRAIN_IDLE_MS, DRAIN_MS),
    stop: () => endWith(0, 0, STOP_MS),
    start: () => undefined,
  };
  const act: Receive = (message, socket) => actions[message.type](message as never, socket);
  for (const [message, socket] of early.splice(0)) act(message, socket);
  receive = act;
  process.on('disconnect', () => endWith(1, 0, STOP_MS));
  process.on('uncaughtException', (error) => {
    worker.logger.error({ err: error }, 'uncaught exception');
    endWith(1, 0, STOP_MS);
  });
}

/** Connections of this turn of the event loop, told together: still before any of them is read from. */
const takenNow: number[] = [];

function took(id: number): void {
  if (takenNow.push(id) === 1) setImmediate(() => tell({ type: 'took', ids: takenNow.splice(0) }));
}

/** The primary is gone when it cannot be told; `disconnect` says so. */
function tell(message: FromWorker): void {
  process.send?.(message, undefined, {}, () => undefined);
}

process.umask(0o077);
// Signals of a terminal, or to a whole group, are the primary's to act on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('message', (message: ToWorker, socket?: Socket) => receive(message, socket));

function begin(start: Start): void {
  // Opening may wait for the HSM cluster for ever: not for a primary that is gone or stops.
  const opening = new AbortController();
  const giveUp = (): void => {
    opening.abort();
    impatience ??= setTimeout(() => process.exit(1), CLOSE_MS);
  };
  let impatience: NodeJS.Timeout | undefined;
  process.on('disconnect', giveUp);
  receive = (message, socket) => {
    early.push([message, socket]);
    if (message.type === 'stop') giveUp();
  };
  open(start, opening.signal).then(
    (worker) => {
      process.off('disconnect', giveUp);
      clearTimeout(impatience);
      serve(worker);
      if (process.connected) tell({ type: 'ready' });
      else process.exit(1);
    },
    (error: unknown) => {
      if (!opening.signal.aborted) {
        createLogger(start.config.logLevel).error({ err: error }, 'the worker did not start');
      }
      process.exit(1);
    },
  );
}
