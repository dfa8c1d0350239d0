// Where the data plane runs: in this process (local-data-plane.ts) or in workers (cluster/primary.ts). The instance does not
// know the difference.

import type { ServerIdentity } from './core/server-identity.ts';

export interface DataPlane {
  /** It listens there. */
  readonly port: number;
  /** Serves new connections with this certificate. */
  renewTls(identity: ServerIdentity): void;
  /** Tells the processes that settings which are shared, and not in the store, have changed. */
  settingsChanged(): void;
  /** Restarts what serves, without a gap. @throws ReloadError */
  reload(): Promise<void>;
  /** Finishes what is under way. */
  close(): Promise<void>;
}

/** Nothing was restarted, or not everything; the message says why. */
export class ReloadError extends Error {
  override readonly name = 'ReloadError';
  readonly code = 'RELOAD_FAILED';
}
