import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeBlob, encodeBlob, type OpenedBlob } from '../../../hsm-adapter/blob.ts';

const checkValue = Buffer.from('0102030405ff', 'hex');
const blobs: readonly OpenedBlob[] = [
  { spec: 'AES_128', checkValue, wrapped: randomBytes(24), sealed: null },
  { spec: 'AES_256', checkValue, wrapped: randomBytes(40), sealed: null },
  { spec: 'RSA_4096', checkValue, wrapped: randomBytes(2384), sealed: null },
  { spec: 'SM4', checkValue, wrapped: randomBytes(72), sealed: randomBytes(32 + 12 + 16 + 16) },
  { spec: 'SM2', checkValue, wrapped: randomBytes(72), sealed: randomBytes(32 + 12 + 32 + 16) },
];

it.each(blobs)('a blob of $spec reads as it was written', (opened) => {
  expect(decodeBlob(encodeBlob(opened))).toEqual(opened);
});

it('SM keys begin with format 2, the token’s own with format 1', () => {
  expect(blobs.map((opened) => encodeBlob(opened).subarray(0, 3).toString('hex'))).toEqual([
    '480101',
    '480103',
    '480112',
    '480230',
    '480231',
  ]);
});

describe.each(blobs)('of $spec', (opened) => {
  const blob = encodeBlob(opened);
  it.each([
    ['with a byte more', Buffer.concat([blob, Buffer.of(0)])],
    ['with a byte less', blob.subarray(0, -1)],
    ['with nothing behind the head', blob.subarray(0, 9)],
    [
      'of the other format',
      Buffer.concat([blob.subarray(0, 1), Buffer.of(3 - (blob[1] ?? 0)), blob.subarray(2)]),
    ],
    ['of an unknown spec', Buffer.concat([blob.subarray(0, 2), Buffer.of(99), blob.subarray(3)])],
    ['that begins otherwise', Buffer.concat([Buffer.of(0x49), blob.subarray(1)])],
  ])('one %s is KEY_DAMAGED', (_what, damaged) => {
    expect(() => decodeBlob(damaged)).toThrow(expect.objectContaining({ code: 'KEY_DAMAGED' }));
  });
});

it('the secret of a sealed key is of no length that an AES key has', () => {
  for (const code of [1, 2, 3]) {
    const forged = Buffer.concat([Buffer.of(0x48, 1, code), checkValue, randomBytes(72)]);
    expect(() => decodeBlob(forged)).toThrow(expect.objectContaining({ code: 'KEY_DAMAGED' }));
  }
});
