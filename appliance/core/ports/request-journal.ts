// Port: what all processes of an instance remember together about requests, and keep across a restart: the nonces that
// were spent and when an AccessKey was last used. Cheap: no change of the epoch and no wait for the disk. No AccessKey
// takes the room of the others, and users not that of the owner, who has to be able to disable theirs.
// Source: control-plane specification 1.6.

import type { AccessKey } from '../access.ts';

export type NonceVerdict =
  /** Recorded; it is spent now. */
  | 'fresh'
  | 'used'
  /** Not recorded: for this AccessKey there is room only when entries have aged. */
  | 'full';

/** Whose nonce it is; `user` null: the owner's. */
export type NonceUser = Pick<AccessKey, 'id' | 'user'>;

export interface RequestJournal {
  /** Entries leave by age alone. */
  useNonce(accessKey: NonceUser, nonce: string, now: number): NonceVerdict;
  /** To the hour. */
  noteUse(accessKeyId: string, now: number): void;
  /** Null: never, or not since the machine started. */
  lastUsed(accessKeyId: string): number | null;
  close(): Promise<void>;
}
