// Port: what all processes of an instance remember together about requests, and keep across a restart: the nonces that
// were spent and when an AccessKey was last used. Cheap: no change of the epoch and no wait for the disk.
// Source: control-plane specification 1.6.

export type NonceVerdict =
  /** Recorded; it is spent now. */
  | 'fresh'
  | 'used'
  /** Not recorded: there is room only when entries have aged. */
  | 'full';

export interface RequestJournal {
  /** Entries leave by age alone. */
  useNonce(accessKeyId: string, nonce: string, now: number): NonceVerdict;
  /** To the hour. */
  noteUse(accessKeyId: string, now: number): void;
  /** Null: never, or not since the machine started. */
  lastUsed(accessKeyId: string): number | null;
  close(): Promise<void>;
}
