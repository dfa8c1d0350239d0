// What a command has of the machine it runs on. The program passes the real one, tests pass their own.

import type { RandomBytes } from '../../core/ids.ts';
import type { Clock } from '../../core/ports/clock.ts';

export interface OutputStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface InputStream extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
  setRawMode?(on: boolean): unknown;
}

export interface Host {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  /** From the call on, an interrupt from the keyboard aborts the signal instead of ending the program (once). */
  interruption(): AbortSignal;
}
