// The little DER that SM2 needs: sequences, unsigned integers, octet strings. Reading is strict (X.690 section 10):
// definite and shortest lengths, shortest integers, nothing behind the end; whatever else comes reads as null.

import { SCALAR_BYTES } from './curve.js';

export const INTEGER = 0x02;
export const OCTET_STRING = 0x04;
export const SEQUENCE = 0x30;

/**
 * The contents of a sequence of elements with these tags, and of nothing more.
 * @param {Uint8Array} bytes
 * @param {readonly number[]} tags
 * @returns {Uint8Array[] | null}
 */
export function readSequence(bytes, tags) {
  const whole = readElement(bytes, SEQUENCE);
  if (whole === null || whole.rest.length > 0) return null;
  const contents = [];
  let rest = whole.content;
  for (const tag of tags) {
    const element = readElement(rest, tag);
    if (element === null) return null;
    contents.push(element.content);
    rest = element.rest;
  }
  return rest.length === 0 ? contents : null;
}

/**
 * An integer's content as 32 bytes; null when it is negative, longer than they can hold, or not in its shortest form.
 * @param {Uint8Array} content
 * @returns {Buffer | null}
 */
export function readUnsigned(content) {
  const [first, second] = content;
  if (first === undefined || first >= 0x80) return null;
  if (first === 0 && second !== undefined && second < 0x80) return null;
  const digits = first === 0 ? content.subarray(1) : content;
  if (digits.length > SCALAR_BYTES) return null;
  const bytes = Buffer.alloc(SCALAR_BYTES);
  bytes.set(digits, SCALAR_BYTES - digits.length);
  return bytes;
}

/**
 * @param {Uint8Array} number big-endian, not negative
 */
export function writeUnsigned(number) {
  const start = number.findIndex((byte) => byte !== 0);
  const digits = start < 0 ? number.subarray(-1) : number.subarray(start);
  const sign = (digits[0] ?? 0) >= 0x80 ? Buffer.alloc(1) : Buffer.alloc(0);
  return writeElement(INTEGER, Buffer.concat([sign, digits]));
}

/**
 * @param {number} tag
 * @param {Uint8Array} content shorter than 65,536 bytes
 */
export function writeElement(tag, content) {
  const { length } = content;
  const header =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...header), content]);
}

/**
 * @param {Uint8Array} bytes
 * @param {number} tag
 * @returns {{ content: Uint8Array, rest: Uint8Array } | null}
 */
export function readElement(bytes, tag) {
  const [actual, first] = bytes;
  if (actual !== tag || first === undefined) return null;
  const lengthBytes = first < 0x80 ? 0 : first - 0x80;
  const start = 2 + lengthBytes;
  // 0x80 is the indefinite form; three bytes of length are more than a request holds.
  if (first === 0x80 || lengthBytes > 3 || bytes.length < start) return null;
  const length =
    lengthBytes === 0 ? first : bytes.subarray(2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  if (lengthBytes > 0 && (length < 0x80 || bytes[2] === 0)) return null;
  const end = start + length;
  return end > bytes.length ? null : { content: bytes.subarray(start, end), rest: bytes.subarray(end) };
}
