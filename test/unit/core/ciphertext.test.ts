// The two layouts of self-describing ciphertext, byte by byte.

import { describe, expect, test } from 'vitest';
import {
  encodeAdvanceCiphertext,
  encodeVersionedCiphertext,
  parseAdvanceCiphertext,
  parseVersionedCiphertext,
} from '../../../appliance/core/ciphertext.ts';
import type { KeyVersionId } from '../../../appliance/core/ids.ts';

const parts = {
  versionId: 'key-kms00000001aaaaaaaaaa-bbbbbbbbbb' as KeyVersionId,
  iv: Buffer.alloc(12, 1),
  ciphertext: Buffer.concat([Buffer.from([2]), Buffer.alloc(16, 3)]),
};
const VERSIONED = `${Buffer.from(parts.versionId).toString('hex')}${'01'.repeat(12)}02${'03'.repeat(16)}`;

describe.each([
  ['the OpenAPI', VERSIONED, encodeVersionedCiphertext, parseVersionedCiphertext],
  ['the Advance APIs', `240002${VERSIONED}`, encodeAdvanceCiphertext, parseAdvanceCiphertext],
] as const)('the layout of %s', (_name, hex, encode, parse) => {
  const bytes = Buffer.from(hex, 'hex');

  test('is written and read', () => {
    expect(encode(parts).toString('hex')).toBe(hex);
    expect(parse(bytes)).toEqual(parts);
    const within = new Uint8Array([9, 9, ...bytes, 9]).subarray(2, -1);
    expect(parse(within)).toEqual(parts);
  });

  test('is not seen in bytes that lack its head or are shorter than an empty ciphertext', () => {
    for (let length = 0; length < bytes.length - 1; length += 1) {
      expect(parse(bytes.subarray(0, length))).toBeUndefined();
    }
    expect(parse(bytes.subarray(0, -1))?.ciphertext).toHaveLength(16);
    expect(parse(bytes.subarray(1))).toBeUndefined();
    expect(parse(Buffer.concat([Buffer.of(0), bytes]))).toBeUndefined();
  });
});

test('neither layout is taken for the other', () => {
  expect(parseAdvanceCiphertext(encodeVersionedCiphertext(parts))).toBeUndefined();
  expect(parseVersionedCiphertext(encodeAdvanceCiphertext(parts))).toBeUndefined();
});
