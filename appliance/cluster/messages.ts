// What primary and workers say to each other, over the pipe between them and nowhere else: ticket keys are among it.

import type { Config } from '../config.ts';

export type ToWorker =
  | {
      readonly type: 'start';
      readonly config: Config;
      /** Audit chain of the worker: `p1`, `p2`, … */
      readonly slot: number;
      readonly ticketKeys: Uint8Array;
    }
  /** With a connection. */
  | { readonly type: 'connection'; readonly id: number }
  | { readonly type: 'ticket-keys'; readonly keys: Uint8Array }
  /** The store has a renewed certificate. */
  | { readonly type: 'certificate' }
  /** Settings that are shared, and not in the store, have changed. */
  | { readonly type: 'settings' }
  /** Another worker has taken over: end when clients have been told. */
  | { readonly type: 'drain' }
  /** The instance stops: finish what is under way and end. */
  | { readonly type: 'stop' };

export type FromWorker =
  | { readonly type: 'ready' }
  /** The connection is this worker's. */
  | { readonly type: 'took'; readonly id: number };
