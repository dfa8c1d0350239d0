// Opened key material goes when a change of the shared epoch may have ended it. Requests look at the epoch themselves; a
// process without requests looks now and then, so that what was destroyed or disabled does not stay in its memory.

import type { Timer } from '../core/ports/clock.ts';
import type { KeyStore } from '../core/ports/key-store.ts';
import type { Store } from '../core/ports/store.ts';
import type { Logger } from './logger.ts';

const LOOK_MS = 30_000;

export interface IdleForgetting {
  readonly store: Pick<Store, 'refresh'>;
  readonly keyStore: Pick<KeyStore, 'forget'>;
  readonly timer: Timer;
  readonly logger: Logger;
}

/** Returns what ends it. */
export function forgetWhenIdle({ store, keyStore, timer, logger }: IdleForgetting): () => void {
  let known = store.refresh();
  const look = (): void => {
    try {
      const epoch = store.refresh();
      if (known !== epoch) keyStore.forget();
      known = epoch;
    } catch (error) {
      // What cannot be checked is not kept either.
      keyStore.forget();
      logger.debug({ err: error }, 'the store could not be read for its epoch');
    }
    cancel = timer(look, LOOK_MS);
  };
  let cancel = timer(look, LOOK_MS);
  return () => cancel();
}
