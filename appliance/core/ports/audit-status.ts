// Port: how the audit log of an instance is doing, as operators are told it: whether records can be written, what waits
// for delivery, and what will become a problem. `health.json` in the data directory holds the same (`audit`), because a
// log that cannot be written leaves no control plane to ask.

/** Why records cannot be written. */
export type AuditFailure = 'disk-full' | 'not-permitted' | 'directory-missing' | 'disk-error';

/** What goes wrong with a delivery target. */
export type DeliveryFailure =
  /** No connection, no answer in time, or an error of the target's own. */
  | 'unreachable'
  /** The target does not accept the credentials, or they may not write there. */
  | 'refused'
  /** The bucket or the directory is not there. */
  | 'target-missing'
  /** The object is there already, with other content; it is never replaced. */
  | 'conflict'
  /** The segment cannot be read on this side. */
  | 'spool-unreadable'
  | 'other';

/** Limits that warn before anything fails. */
export type AuditWatermark = 'free-space' | 'spool-size' | 'spool-age';

export interface AuditStatus {
  /** `failing`: no operation is answered with success. `warning`: all works, and somebody should look. */
  readonly state: 'working' | 'warning' | 'failing';
  /** Of a state other than `working`; the gravest one. */
  readonly reason: AuditFailure | AuditWatermark | 'delivery-failing' | null;
  /** `none`: nothing is delivered, and nothing counts as waiting for it. */
  readonly target: 'none' | 'directory' | 's3';
  /** Of closed segments that no target has acknowledged. */
  readonly spoolBytes: number;
  readonly spoolSegments: number;
  /** Hour of the oldest of them, milliseconds since the epoch; null when nothing waits. */
  readonly oldestUndelivered: number | null;
  /** When the last segment was acknowledged, milliseconds since the epoch; null: not since the start. */
  readonly lastDelivery: number | null;
  /** Of the last attempt; null when it succeeded. */
  readonly lastError: DeliveryFailure | null;
  /** Attempts to deliver that failed since the start. */
  readonly failedDeliveries: number;
  /** On the file system of the log; null when it could not be asked. */
  readonly freeBytes: number | null;
  readonly watermarks: readonly AuditWatermark[];
}
