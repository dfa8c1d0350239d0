// Warns before Client Keys end: an application whose Client Key has ended is refused from one request to the next. A line
// of the log a day for each, and their number for the metrics. Nothing is changed.

import type { ClientKey } from '../core/access.ts';
import type { Store } from '../core/ports/store.ts';
import type { Logger } from './logger.ts';
import type { Job } from './scheduler.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const WARN_BEFORE_MS = 60 * DAY_MS;
/** Of a Client Key that was made for a short time, the warning is for the last quarter of it. */
const SHORT_LIVED_PART = 4;

export interface ClientKeyWatch {
  readonly job: Job;
  /** How many end soon, as of the last look. */
  ending(): number;
}

export function watchClientKeys({
  store,
  logger,
}: {
  readonly store: Store;
  readonly logger: Logger;
}): ClientKeyWatch {
  let ending = 0;
  /** By id, when it was last warned of; those that do not end soon, or are gone, are not in it. */
  let warned = new Map<string, number>();
  return {
    ending: () => ending,
    job: {
      name: 'client key expiry',
      run({ clock }) {
        const now = clock();
        const soon = [...store.records.clientKeys.list()].filter((each) => endsSoon(each, now));
        ending = soon.length;
        const before = warned;
        warned = new Map();
        for (const clientKey of soon) {
          const last = before.get(clientKey.id);
          const isDue = last === undefined || Math.abs(now - last) >= DAY_MS;
          warned.set(clientKey.id, isDue ? now : last);
          if (isDue) warn(logger, clientKey);
        }
        return Promise.resolve();
      },
    },
  };
}

function endsSoon({ notBefore, notAfter }: ClientKey, now: number): boolean {
  const leadMs = Math.min(WARN_BEFORE_MS, (notAfter - notBefore) / SHORT_LIVED_PART);
  return now < notAfter && now >= notAfter - leadMs;
}

function warn(logger: Logger, { id, accessPoint, notAfter }: ClientKey): void {
  logger.warn(
    { clientKeyId: id, accessPoint, notAfter: new Date(notAfter).toISOString() },
    'a Client Key ends soon: give its application another one',
  );
}
