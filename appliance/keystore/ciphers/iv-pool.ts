// Random 12-byte IVs for GCM, cut from blocks: one call of the generator serves many. Each IV is handed out once, as a
// copy.

import type { RandomBytes } from '../../core/ids.ts';

const IV_BYTES = 12;
const POOLED_IVS = 512;

export function ivPool(randomBytes: RandomBytes): () => Buffer {
  let block: Buffer = Buffer.alloc(0);
  let offset = 0;
  return () => {
    if (offset >= block.length) {
      block = randomBytes(POOLED_IVS * IV_BYTES);
      offset = 0;
    }
    offset += IV_BYTES;
    return Buffer.from(block.subarray(offset - IV_BYTES, offset));
  };
}
