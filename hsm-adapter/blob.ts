// A key blob: 'H' | format u8 | spec u8 | domain key check value (6) | the key wrapped by the domain key (RFC 5649).
// The check value says which domain key opens it. Identity (key, version, usage) is bound by the store that keeps it.

import { HsmError } from './hsm-error.ts';
import { HSM_KEY_SPECS, type HsmKeySpec, keySpecOfCode } from './key-specs.ts';

const MAGIC = 0x48;
const FORMAT = 1;
const HEAD_BYTES = 3;
export const CHECK_VALUE_BYTES = 6;
// An RSA-4096 PKCS#8 wraps to about 2,400 bytes.
const MAX_WRAPPED_BYTES = 8_192;
const WRAP_BLOCK_BYTES = 8;
const MIN_WRAPPED_BYTES = 24;

export interface OpenedBlob {
  readonly spec: HsmKeySpec;
  readonly checkValue: Buffer;
  readonly wrapped: Buffer;
}

export function encodeBlob({ spec, checkValue, wrapped }: OpenedBlob): Buffer {
  return Buffer.concat([Buffer.of(MAGIC, FORMAT, HSM_KEY_SPECS[spec].code), checkValue, wrapped]);
}

/** @throws HsmError KEY_DAMAGED on anything that encodeBlob cannot have made. */
export function decodeBlob(blob: Buffer): OpenedBlob {
  const wrapped = blob.subarray(HEAD_BYTES + CHECK_VALUE_BYTES);
  const spec = keySpecOfCode(blob[2] ?? 0);
  const plausible =
    blob[0] === MAGIC &&
    blob[1] === FORMAT &&
    wrapped.length >= MIN_WRAPPED_BYTES &&
    wrapped.length <= MAX_WRAPPED_BYTES &&
    wrapped.length % WRAP_BLOCK_BYTES === 0;
  if (!plausible || spec === undefined) throw new HsmError('KEY_DAMAGED', 'The key blob is malformed.');
  return { spec, checkValue: blob.subarray(HEAD_BYTES, HEAD_BYTES + CHECK_VALUE_BYTES), wrapped };
}
