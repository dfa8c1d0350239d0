// The keys that TLS session tickets are sealed with: made here, changed every hour, kept in memory only. All processes
// that serve the same clients have the same ones, so that a session resumes in any of them; a session that is older than
// its keys takes a full handshake. Source: RFC 5077 section 5.5.

import type { RandomBytes } from '../core/ids.ts';
import type { Timer } from '../core/ports/clock.ts';

/** What Node wants: a name, an HMAC key and an AES key of 16 bytes each. */
const TICKET_KEY_BYTES = 48;
const ROTATE_MS = 60 * 60 * 1000;

export interface TicketKeys {
  current(): Buffer;
  stop(): void;
}

export interface TicketKeysOptions {
  readonly randomBytes: RandomBytes;
  readonly timer: Timer;
  /** Called with new keys, not with the first ones. */
  readonly changed: (keys: Buffer) => void;
}

export function rotatingTicketKeys({ randomBytes, timer, changed }: TicketKeysOptions): TicketKeys {
  let keys = randomBytes(TICKET_KEY_BYTES);
  const rotate = (): void => {
    keys = randomBytes(TICKET_KEY_BYTES);
    changed(keys);
    cancel = timer(rotate, ROTATE_MS);
  };
  let cancel = timer(rotate, ROTATE_MS);
  return { current: () => keys, stop: () => cancel() };
}
