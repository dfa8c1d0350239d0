// SM4-GCM as it is where the runtime has none: GHASH against OpenSSL's, taken from AES-GCM, and against the definition
// bit by bit; the mode itself with that definition on native SM4.

import { createCipheriv, createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Undecryptable } from '../../../sm/errors.js';
import { ghash, ghashKey } from '../../../sm/ghash.js';
import { openGcm, openPortable, sealGcm, sealPortable } from '../../../sm/sm4-gcm.js';
import { changed } from '../../support/present.ts';
import { SLOW } from '../../support/software-keys.ts';

const numRuns = SLOW ? 20_000 : 300;
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const upTo = (maxLength: number) => fc.uint8Array({ maxLength, size: 'max' });

/** A product in GF(2^128), after NIST SP 800-38D algorithm 1. */
function multiply(x: bigint, y: bigint): bigint {
  let z = 0n;
  for (let bit = 127n, v = y; bit >= 0n; bit -= 1n) {
    if ((x >> bit) & 1n) z ^= v;
    v = (v >> 1n) ^ (v & 1n ? 0xe1n << 120n : 0n);
  }
  return z;
}

function padded(part: Uint8Array): Buffer {
  return Buffer.concat([part, Buffer.alloc((16 - (part.length % 16)) % 16)]);
}

function ghashByDefinition(hashKey: Uint8Array, aad: Uint8Array, ciphertext: Uint8Array): Buffer {
  const lengths = Buffer.alloc(16);
  lengths.writeBigUInt64BE(BigInt(aad.length * 8), 0);
  lengths.writeBigUInt64BE(BigInt(ciphertext.length * 8), 8);
  const h = BigInt(`0x${Buffer.from(hashKey).toString('hex')}`);
  const text = Buffer.concat([padded(aad), padded(ciphertext), lengths]).toString('hex');
  const blocks = text.match(/.{32}/g) ?? [];
  const result = blocks.reduce((y, block) => multiply(y ^ BigInt(`0x${block}`), h), 0n);
  return Buffer.from(result.toString(16).padStart(32, '0'), 'hex');
}

function xor(a: Uint8Array, b: Uint8Array): Buffer {
  return Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)));
}

describe('GHASH', () => {
  it('is that of OpenSSL in AES-GCM', () => {
    fc.assert(
      fc.property(bytes(16), bytes(12), upTo(80), upTo(300), (key, iv, aad, plaintext) => {
        const cipher = createCipheriv('aes-128-gcm', key, iv);
        cipher.setAAD(aad);
        const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
        const block = (input: Uint8Array) => createCipheriv('aes-128-ecb', key, null).update(input);
        const mask = block(Buffer.concat([iv, Buffer.of(0, 0, 0, 1)]));
        const hash = ghash(ghashKey(block(Buffer.alloc(16))), aad, ciphertext);
        expect(hash).toEqual(xor(cipher.getAuthTag(), mask));
      }),
      { numRuns },
    );
  });

  it('is that of the definition, with hash keys and blocks of single bits and of all ones', () => {
    const single = fc.nat(127).map((bit) => {
      const block = new Uint8Array(16);
      block[bit >> 3] = 0x80 >> (bit & 7);
      return block;
    });
    const block = fc.oneof(single, bytes(16), fc.constant(new Uint8Array(16).fill(255)));
    fc.assert(
      fc.property(block, block, block, (hashKey, aad, ciphertext) => {
        expect(ghash(ghashKey(hashKey), aad, ciphertext)).toEqual(
          ghashByDefinition(hashKey, aad, ciphertext),
        );
      }),
      { numRuns },
    );
  });
});

describe.each([
  ['of the runtime or ours', sealGcm, openGcm],
  ['ours', sealPortable, openPortable],
])('SM4-GCM, %s', (_, seal, open) => {
  it('is counter mode on native SM4 with GHASH by its definition', () => {
    fc.assert(
      fc.property(bytes(16), bytes(12), upTo(40), upTo(100), (secret, iv, aad, plaintext) => {
        const first = Buffer.concat([iv, Buffer.of(0, 0, 0, 1)]);
        const stream = createCipheriv('sm4-ctr', secret, Buffer.concat([iv, Buffer.of(0, 0, 0, 2)]));
        const block = (input: Uint8Array) => createCipheriv('sm4-ecb', secret, null).update(input);
        const ciphertext = stream.update(plaintext);
        const tag = xor(ghashByDefinition(block(Buffer.alloc(16)), aad, ciphertext), block(first));
        const key = createSecretKey(secret);
        const sealed = Buffer.concat([ciphertext, tag]);
        expect(seal({ key, iv, aad, plaintext })).toEqual(sealed);
        expect(open({ key, iv, aad, sealed })).toEqual(Buffer.from(plaintext));
      }),
      { numRuns: 100 },
    );
  });

  it('refuses every cut and every changed byte of ciphertext, IV and additional data', () => {
    const key = createSecretKey(Buffer.alloc(16, 1));
    const iv = Buffer.alloc(12, 2);
    const aad = Buffer.from('aad');
    const sealed = seal({ key, iv, aad, plaintext: Buffer.from('a plaintext of some bytes') });
    for (let at = 0; at < sealed.length; at += 1) {
      expect(() => open({ key, iv, aad, sealed: changed(sealed, at, 1) })).toThrow(Undecryptable);
    }
    expect(() => openGcm({ key, iv, aad, sealed: sealed.subarray(0, 15) })).toThrow(Undecryptable);
    expect(() => open({ key, iv: changed(iv, 3, 1), aad, sealed })).toThrow(Undecryptable);
    expect(() => open({ key, iv, aad: changed(aad, 0, 1), sealed })).toThrow(Undecryptable);
    expect(() => open({ key, iv, aad: Buffer.alloc(0), sealed })).toThrow(Undecryptable);
  });
});
