// What GmSSL encrypted to a known wrapping key: DER, with short and with padded coordinates. The import takes it as it
// takes the raw form. Source: the file says; control-plane specification 3.4.3.

import { createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { UNWRAPPING_OPERATIONS } from '../../appliance/keystore/unwrapping.js';
import { decodePkcs8, encodePkcs8 } from '../../sm/index.js';

interface Vectors {
  readonly private: string;
  readonly point: string;
  readonly direct: readonly { case: string; plaintext: string; ciphertext: string }[];
  readonly scalar: string;
  readonly envelopes: readonly { ephemeral: string; wrapped: string }[];
}

const file = new URL('./gmssl-sm2-der.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const privateKey = createSecretKey(
  encodePkcs8({ scalar: bytes(vectors.private), point: bytes(vectors.point) }),
);

function unwrapSymmetric(encrypted: Buffer, length: number) {
  const algorithm = 'SM2PKE' as const;
  const marked = UNWRAPPING_OPERATIONS.unwrapSymmetric({ privateKey, algorithm, encrypted, bytes: length });
  return { material: Buffer.from(marked.subarray(0, length)), genuine: marked[length] };
}

describe('a symmetric key that GmSSL wrapped', () => {
  test.each(vectors.direct)('comes in: $case', ({ plaintext, ciphertext }) => {
    expect(ciphertext).toMatch(/^30/);
    const { material, genuine } = unwrapSymmetric(bytes(ciphertext), plaintext.length / 2);
    expect({ material: material.toString('hex'), genuine }).toEqual({ material: plaintext, genuine: 1 });
  });

  test.each(vectors.direct)('does not with a byte more: $case', ({ plaintext, ciphertext }) => {
    expect(unwrapSymmetric(bytes(`${ciphertext}00`), plaintext.length / 2).genuine).toBe(0);
  });
});

test.each(vectors.envelopes)('an SM2 key under an SM4 key that GmSSL wrapped comes in', ({ wrapped }) => {
  const pkcs8 = UNWRAPPING_OPERATIONS.unwrapSm2({ privateKey, encrypted: bytes(wrapped) });
  expect(pkcs8 && decodePkcs8(Buffer.from(pkcs8))?.scalar.toString('hex')).toBe(vectors.scalar);
});
