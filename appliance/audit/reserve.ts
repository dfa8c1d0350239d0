// Room kept for the record of what is being done when the disk gets full: a file that is given up for it. Nothing further
// is recorded, and so nothing further is done, until there is room for a new one.

import { closeSync, fdatasyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs';

/** Enough for the records of any one call. */
const RESERVE_BYTES = 256 * 1024;

export interface Reserve {
  isWhole(): boolean;
  /** Gives the room free. False when it was given already. */
  spend(): boolean;
  /** @throws when there is no room for it; then none is taken */
  restore(): void;
}

export function openReserve(path: string): Reserve {
  let isWhole = statSync(path, { throwIfNoEntry: false })?.size === RESERVE_BYTES;
  return {
    isWhole: () => isWhole,
    spend() {
      const wasWhole = isWhole;
      isWhole = false;
      rmSync(path, { force: true });
      return wasWhole;
    },
    restore() {
      if (isWhole) return;
      try {
        fillWithZeros(path);
        isWhole = true;
      } catch (error) {
        rmSync(path, { force: true });
        throw error;
      }
    },
  };
}

function fillWithZeros(path: string): void {
  const file = openSync(path, 'w', 0o600);
  try {
    let written = 0;
    while (written < RESERVE_BYTES) written += writeSync(file, Buffer.alloc(RESERVE_BYTES - written));
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
}
