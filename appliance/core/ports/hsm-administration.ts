// Port: the connection of an instance of the standard edition to its HSM cluster, as its administrators see and change
// it. Source: control-plane specification 2.7 and 7.2 H.

/**
 * Uninitialized: nobody has said where the cluster is. Connecting: no member can be used, and they are tried again and
 * again. Disconnected: an administrator wants it so. Error: the members answer, but an operator must act first.
 */
export type HsmState = 'Uninitialized' | 'Connecting' | 'Connected' | 'Disconnected' | 'Error';

export interface HsmMemberDescription {
  readonly name: string;
  /** '' when not said. */
  readonly zone: string;
  readonly address: string;
  /** As the HSM adapter names it: usable, unsynchronised, foreign, broken, pin-rejected, disconnected. */
  readonly state: string;
  /** '' while the member is not there. */
  readonly tokenLabel: string;
  readonly tokenSerial: string;
  readonly product: string;
  readonly inFlight: number;
  readonly latencyMs: number;
  readonly reconnects: number;
  /** Processes of the token, and how often one was started again. */
  readonly processes: number;
  readonly restarts: number;
  /** When the client certificate or the member's ends, the sooner of the two, in ISO 8601; '' when not known. */
  readonly certificateEnd: string;
  /** '' when there was none. */
  readonly lastError: string;
}

export interface HsmOperationDescription {
  readonly operation: string;
  /** In the token, in the token with its encoding in the node process beside it, or not at all. */
  readonly where: 'token' | 'token+node' | 'missing';
}

export interface HsmDescription {
  readonly state: HsmState;
  /** Why it is not Connected; '' when it is. */
  readonly reason: string;
  /** Check value of the domain key, hex; '' before there is one. */
  readonly domainCheckValue: string;
  /** A key can be used on every member that holds the domain key. */
  readonly usableMembers: number;
  readonly members: readonly HsmMemberDescription[];
  /** What all usable members can do. */
  readonly operations: readonly HsmOperationDescription[];
  readonly inFlight: number;
}

/** What an administrator gives to connect; what is left out stays as it was. */
export interface HsmConnectRequest {
  /** `[NAME=]HOST:PORT[@ZONE]` each; members on the instance's machine are not taken here. */
  readonly members?: readonly string[] | undefined;
  readonly serverName?: string | undefined;
  /** client.p12, its password, and rootca.pem. */
  readonly credentials?:
    | { readonly clientP12: Buffer; readonly password: string; readonly rootCa: string }
    | undefined;
}

export interface HsmSyncRow {
  readonly name: string;
  /** had-it, created, received, foreign, unreachable, failed. */
  readonly outcome: string;
  /** '' when it went well. */
  readonly error: string;
}

export interface HsmAdministration {
  describe(): HsmDescription;
  /**
   * Durable when it resolves; the state may still be Connecting then. An instance that is connected changes over only to
   * a cluster of which a member can be used, and whose usable members prove that they hold its domain key.
   * @throws KmsError InvalidParameter, MissingParameter, Rejected.StateModifiedFailed
   */
  connect(request: HsmConnectRequest): Promise<void>;
  /** Forgets the credentials that were given to connect, keeps the members. */
  disconnect(): Promise<void>;
  /** Gives the domain key to every member without one. @throws KmsError ServiceUnavailableTemporary, Rejected.StateModifiedFailed */
  synchronise(): Promise<readonly HsmSyncRow[]>;
}
