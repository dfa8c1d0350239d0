// A key blob: 'H' | format u8 | spec u8 | domain key check value (6) | wrapped, by the domain key (RFC 5649) | sealed.
// In format 1 the wrapped part is the key itself and nothing is sealed. In format 2, which is that of SM keys, it is a
// secret, and the key is sealed under that (sm-envelope.ts). The check value says which domain key opens the blob.
// Identity (key, version, usage) is bound by the store that keeps it.
// Invariant: nothing wrapped in one format opens in the other, or a sealing secret could be used as an AES key.

import { HsmError } from './hsm-error.ts';
import { HSM_KEY_SPECS, type HsmKeySpec, isSmKind, keySpecOfCode, kindOf } from './key-specs.ts';
import { SEALING, sealedBytes } from './sm-envelope.ts';

const MAGIC = 0x48;
const WRAPPED = 1;
const SEALED = 2;
const HEAD_BYTES = 3;
export const CHECK_VALUE_BYTES = 6;
// An RSA-4096 PKCS#8 wraps to about 2,400 bytes.
const MAX_WRAPPED_BYTES = 8_192;
const WRAP_BLOCK_BYTES = 8;
const MIN_WRAPPED_BYTES = 24;
const WRAPPED_SECRET_BYTES = SEALING.bytes + WRAP_BLOCK_BYTES;

export interface OpenedBlob {
  readonly spec: HsmKeySpec;
  readonly checkValue: Buffer;
  readonly wrapped: Buffer;
  /** Null where the wrapped part is the key itself. */
  readonly sealed: Buffer | null;
}

export function encodeBlob({ spec, checkValue, wrapped, sealed }: OpenedBlob): Buffer {
  const head = Buffer.of(MAGIC, sealed === null ? WRAPPED : SEALED, HSM_KEY_SPECS[spec].code);
  return Buffer.concat([head, checkValue, wrapped, ...(sealed === null ? [] : [sealed])]);
}

/** @throws HsmError KEY_DAMAGED on anything that encodeBlob cannot have made. */
export function decodeBlob(blob: Buffer): OpenedBlob {
  const spec = keySpecOfCode(blob[2] ?? 0);
  const body = blob.subarray(HEAD_BYTES + CHECK_VALUE_BYTES);
  const parts = blob[0] === MAGIC && spec !== undefined ? splitBody(spec, blob[1] ?? 0, body) : null;
  if (parts === null || spec === undefined) throw new HsmError('KEY_DAMAGED', 'The key blob is malformed.');
  return { spec, checkValue: blob.subarray(HEAD_BYTES, HEAD_BYTES + CHECK_VALUE_BYTES), ...parts };
}

function splitBody(
  spec: HsmKeySpec,
  format: number,
  body: Buffer,
): Pick<OpenedBlob, 'wrapped' | 'sealed'> | null {
  const kind = kindOf(spec);
  if (isSmKind(kind)) {
    if (format !== SEALED || body.length !== WRAPPED_SECRET_BYTES + sealedBytes(kind)) return null;
    return { wrapped: body.subarray(0, WRAPPED_SECRET_BYTES), sealed: body.subarray(WRAPPED_SECRET_BYTES) };
  }
  const plausible =
    format === WRAPPED &&
    body.length >= MIN_WRAPPED_BYTES &&
    body.length <= MAX_WRAPPED_BYTES &&
    body.length % WRAP_BLOCK_BYTES === 0 &&
    (kind.type !== 'aes' || body.length === kind.bytes + WRAP_BLOCK_BYTES);
  return plausible ? { wrapped: body, sealed: null } : null;
}
