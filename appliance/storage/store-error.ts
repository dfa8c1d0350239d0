// What can be wrong with a store: one class, one list of codes. For the operator and the log; clients see
// InternalFailure. Messages name paths (record ids), never contents or keys.

export type StoreErrorCode =
  /** The back end did not take the transaction (disk full, I/O error): nothing of it is stored. */
  | 'COMMIT_FAILED'
  /** The header is missing beside records, or is not a header. */
  | 'HEADER_DAMAGED'
  | 'INVALID_PATH'
  /** The store was written by a newer release. */
  | 'NEWER_SCHEMA'
  /** The file in the place of the data is something else. */
  | 'NOT_A_STORE'
  /** A value does not open, or is not a record: changed, moved, or from another instance. */
  | 'RECORD_DAMAGED'
  | 'ROOT_KEY_MISMATCH';

export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
