// A change by any process acts on the next request: what a process remembers of the records and keys goes when the
// shared epoch moved. Who works with them looks before it does.

import type { Store } from './ports/store.ts';

export interface EpochWatch {
  /** Lets all forget when the epoch moved since the last look. Throws when the store cannot be read. */
  look(): void;
  /** Calls `forget` at every look that finds the epoch moved. */
  onMoved(forget: () => void): void;
}

export function createEpochWatch(store: Pick<Store, 'refresh'>): EpochWatch {
  const listeners: (() => void)[] = [];
  let known = store.refresh();
  return {
    look() {
      const epoch = store.refresh();
      if (epoch === known) return;
      for (const forget of listeners) forget();
      known = epoch;
    },
    onMoved: (forget) => void listeners.push(forget),
  };
}
