// What primary and workers say to each other, over the pipe between them and nowhere else: ticket keys are among it.

import type { Config } from '../config.ts';
import type { CountedRequests } from '../ops/request-counts.ts';

/** Counted up when a message changes: a worker of another version does not start. */
export const PROTOCOL = 4;

/** What must be the same in primary and worker, should their programs not be. */
export interface Compatibility {
  readonly protocol: number;
  readonly storeSchema: number;
}

export type ToWorker =
  | {
      readonly type: 'start';
      readonly compatibility: Compatibility;
      readonly config: Config;
      /** Audit chain of the worker: `p1`, `p2`, … */
      readonly slot: number;
      readonly ticketKeys: Uint8Array;
    }
  /** With a connection. */
  | { readonly type: 'connection'; readonly id: number }
  /** To be answered as if it were a connection. */
  | { readonly type: 'ask'; readonly id: number }
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
  /** The connections are this worker's. */
  | { readonly type: 'took'; readonly ids: readonly number[] }
  /** Whether it has as many connections as it may have. */
  | { readonly type: 'full'; readonly full: boolean }
  /** It is ending, for whatever reason, and is to get no more connections. */
  | { readonly type: 'leaving' }
  /** Answered since it last said so. */
  | { readonly type: 'requests'; readonly counted: readonly CountedRequests[] };
