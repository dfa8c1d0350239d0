// Limits how often an address may fail to authenticate: over the limit it is refused before any signature is computed,
// until its minute is over. A bounded table: when it is full the entry that began first makes room, which only helps
// somebody who has that many addresses, and such a caller is beyond limits per address anyway.

import { isIPv6 } from 'node:net';
import { KmsError } from '../errors.ts';

const WINDOW_MS = 60_000;
const MAX_ADDRESSES = 10_000;

export interface FailedAuthentications {
  /** @throws KmsError Throttling when the address has failed too often */
  requireRoom(address: string, now: number): void;
  note(address: string, now: number): void;
}

interface Window {
  readonly start: number;
  failures: number;
}

/** @param perMinute 0 for no limit */
export function createFailedAuthentications(perMinute: number): FailedAuthentications {
  if (perMinute === 0) return { requireRoom: () => undefined, note: () => undefined };
  /** By address, the oldest window first. */
  const windows = new Map<string, Window>();

  const current = (network: string, now: number): Window | undefined => {
    const window = windows.get(network);
    if (!window || Math.abs(now - window.start) < WINDOW_MS) return window;
    windows.delete(network);
    return undefined;
  };

  return {
    requireRoom(address, now) {
      const window = current(networkOf(address), now);
      if (window && window.failures >= perMinute) throw new KmsError('Throttling');
    },
    note(address, now) {
      const network = networkOf(address);
      const window = current(network, now);
      if (window) {
        window.failures += 1;
        return;
      }
      const [oldest] = windows.keys();
      if (oldest !== undefined && windows.size >= MAX_ADDRESSES) windows.delete(oldest);
      windows.set(network, { start: now, failures: 1 });
    },
  };
}

/** An IPv6 host has a whole /64 to choose its addresses from. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const filled = [...groups, ...Array<string>(missing).fill('0'), ...(tail ? tail.split(':') : [])];
  return filled.slice(0, 4).join(':');
}
