// The data plane of an instance of several processes: this one listens and hands every connection to a worker; workers
// do the rest (worker.ts). Not node:cluster, which closes the listener with the last worker and forgets a connection that
// it was handing to a worker that died (docs/decisions).

import type { AddressInfo, Server } from 'node:net';
import { createServer } from 'node:net';
import type { Config } from '../config.ts';
import type { RandomBytes } from '../core/ids.ts';
import type { DataPlane } from '../data-plane-process.ts';
import type { DataDirectoryLock } from '../ops/data-directory-lock.ts';
import type { Logger } from '../ops/logger.ts';
import type { RequestCounts } from '../ops/request-counts.ts';
import { rotatingTicketKeys } from '../ops/ticket-keys.ts';
import { unrefTimer } from '../ops/unref-timer.ts';
import { createHandOver } from './hand-over.ts';
import { PROTOCOL } from './messages.ts';
import { mergedConfig } from './reloaded-settings.ts';
import { createSeats, type SlotListener } from './seats.ts';
import { startWorker } from './worker-process.ts';

/** Longer than a worker takes to finish what is under way. */
const STOP_MS = 20_000;

export interface ClusterOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly randomBytes: RandomBytes;
  readonly lock: Pick<DataDirectoryLock, 'fd'>;
  readonly reloadedConfig: () => Config;
  readonly storeSchema: number;
  readonly slots: SlotListener;
  /** Gets what the workers answer. */
  readonly requestCounts: Pick<RequestCounts, 'add'>;
  /** Ends a start. */
  readonly signal: AbortSignal;
}

/** Resolves when it serves. @throws listen errors */
export async function openClusterDataPlane(options: ClusterOptions): Promise<DataPlane> {
  const { logger, lock, signal, randomBytes, storeSchema, requestCounts } = options;
  const compatibility = { protocol: PROTOCOL, storeSchema };
  let { config } = options;
  const handOver = createHandOver(unrefTimer);
  const tickets = rotatingTicketKeys({
    randomBytes,
    timer: unrefTimer,
    changed: (keys) => seats.tellAll({ type: 'ticket-keys', keys }),
  });
  const seats = createSeats({
    count: config.processes,
    startWorker(slot) {
      const worker = startWorker({
        slot,
        lockFd: lock.fd,
        counted: (requests) => {
          for (const { plane, status, requests: number } of requests)
            requestCounts.add(plane, status, number);
        },
        hasRoom: () => handOver.flush(),
        lost(sockets) {
          logger.warn(
            { worker: slot, connections: sockets.length },
            'connections did not arrive at their worker, which may have too few file descriptors: handed over again',
          );
          for (const socket of sockets) handOver.offer(socket);
        },
        leaving: () => handOver.remove(worker),
        start: { compatibility, config, ticketKeys: tickets.current() },
      });
      return worker;
    },
    handOver,
    slots: options.slots,
    logger,
    tick: () => performance.now(),
  });
  const takeSettings = (): void => {
    const merged = mergedConfig(config, options.reloadedConfig());
    if (merged.ignored.length > 0) {
      logger.warn({ settings: merged.ignored }, 'these settings take effect with the next start');
    }
    config = merged.config;
  };
  const listener = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    handOver.offer(socket);
  });
  const close = async (): Promise<void> => {
    tickets.stop();
    // Its callback would wait for connections that are the workers'.
    listener.close();
    handOver.close();
    await seats.close(STOP_MS);
  };
  try {
    const port = await listen(listener, config.dataPlane);
    await seats.start(signal);
    return {
      port,
      renewTls: () => seats.tellAll({ type: 'certificate' }),
      settingsChanged: () => seats.tellAll({ type: 'settings' }),
      async reload() {
        await seats.replaceAll(takeSettings);
        logger.info({}, 'all workers are new');
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function listen(listener: Server, { host, port }: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    listener.once('error', reject);
    listener.listen({ host, port, backlog: BACKLOG }, () => {
      listener.off('error', reject);
      resolve((listener.address() as AddressInfo).port);
    });
  });
}

/** Connections that the system keeps until they are accepted; more than Node's own 511 for the moment of a burst. */
const BACKLOG = 4096;
