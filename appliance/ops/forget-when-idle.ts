// Opened key material goes when a change of the shared epoch may have ended it. Requests look at the epoch themselves; a
// process without requests looks now and then, so that what was destroyed or disabled does not stay in its memory.

import type { EpochWatch } from '../core/epoch-watch.ts';
import type { Timer } from '../core/ports/clock.ts';
import type { KeyStore } from '../core/ports/key-store.ts';
import type { Logger } from './logger.ts';

const LOOK_MS = 30_000;

export interface IdleForgetting {
  readonly epochs: Pick<EpochWatch, 'look'>;
  readonly keyStore: Pick<KeyStore, 'forget'>;
  readonly timer: Timer;
  readonly logger: Logger;
}

/** Returns what ends it. */
export function forgetWhenIdle({ epochs, keyStore, timer, logger }: IdleForgetting): () => void {
  const look = (): void => {
    try {
      epochs.look();
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
