// The data plane of an instance of one process.

import { randomBytes } from 'node:crypto';
import type { ServerIdentity } from './core/server-identity.ts';
import { type DataPlane, ReloadError } from './data-plane-process.ts';
import { createDataServer } from './data-server.ts';
import type { DataParts } from './instance-parts.ts';
import { closeListener, listen } from './ops/listener.ts';
import { rotatingTicketKeys } from './ops/ticket-keys.ts';
import { unrefTimer } from './ops/unref-timer.ts';

/** @throws listen errors */
export async function openLocalDataPlane(parts: DataParts, identity: ServerIdentity): Promise<DataPlane> {
  const { host, port } = parts.config.dataPlane;
  const tickets = rotatingTicketKeys({
    randomBytes,
    timer: unrefTimer,
    changed: (keys) => data.setTicketKeys(keys),
  });
  const data = createDataServer({ parts, identity, ticketKeys: tickets.current(), processes: 1 });
  const close = async (): Promise<void> => {
    tickets.stop();
    await closeListener(data.server);
    // Work whose connection was cut ends before the parts it works with.
    await data.pipeline.idle();
  };
  try {
    return {
      port: await listen(data.server, host, port),
      renewTls: (current) => data.renewTls(current),
      settingsChanged: () => undefined,
      reload: () =>
        Promise.reject(new ReloadError('the instance is one process (processes is 1): restart it instead')),
      close,
    };
  } catch (error) {
    tickets.stop();
    throw error;
  }
}
