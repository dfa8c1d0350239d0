// Port: one record a request, written before its answer leaves, and one for each thing the instance does by itself.
// Never a payload.
// Source: control-plane specification 5.2.

export interface AuditRecord {
  /** Start of the request, milliseconds since the epoch. */
  readonly time: number;
  readonly plane: 'data' | 'control';
  readonly clientAddress: string;
  readonly userAgent: string;
  readonly requestId: string;
  /** '' when the request did not name a known one. */
  readonly api: string;
  readonly apiVersion: string;
  /** `KAAP.<uuid>` or an AccessKey id as presented; '' when none. */
  readonly accessKeyId: string;
  readonly identityType: 'aap' | 'cloud-account' | 'ram-user' | 'system' | '';
  /** Application access point, account or RAM user behind the credential, once authenticated. */
  readonly principal: string;
  /** `sha256-<hex>` of the client certificate that the connection presented; '' when none. */
  readonly fingerprint: string;
  /** Key id after alias resolution, or the name of the resource. */
  readonly resource: string;
  readonly durationMs: number;
  readonly status: number;
  readonly errorCode: string;
  readonly errorMessage: string;
  /** What control-plane requests are further recorded with. */
  readonly request?: {
    /** As the client named the server. */
    readonly host: string;
    readonly region: string;
    /** Those parameters that say what was done to what; never one that can carry a payload. */
    readonly parameters: Readonly<Record<string, string>>;
  };
}

export interface AuditLogStatus {
  /** What an answer waits for: `group`, the disk; `write`, the operating system. */
  readonly durability: 'group' | 'write';
  /** Where the chain of this process ends. */
  readonly process: string;
  readonly sequence: number;
  readonly head: string;
  /** The last of this run; null before the first. */
  readonly lastCheckpoint: { readonly sequence: number; readonly time: string } | null;
  /** Of all files in the log's directory, text twins included; null when they cannot be looked at just now. */
  readonly storedBytes: number | null;
}

export interface AuditLog {
  /** Hands the records to the operating system before it returns. @throws when any of them could not be written */
  append(records: readonly AuditRecord[]): void;
  /**
   * Resolves when what was appended is on disk; the wait is shared. Null when the setting asks for no such wait.
   * Rejects when the disk did not take it.
   */
  flushed(): Promise<void> | null;
  /**
   * Adds to the chain that from here on requests of the data plane are recorded, or are not. Handed to the operating
   * system before it returns, like a record. @throws when it could not be written
   */
  noteRecording(dataPlane: boolean): void;
  status(): Promise<AuditLogStatus>;
  close(): Promise<void>;
}
