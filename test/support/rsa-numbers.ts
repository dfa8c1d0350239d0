// RSA private keys put together from numbers, right or wrong, and the parts of PKCS#8, for tests of what is refused.

import { generatePrimeSync, type KeyObject } from 'node:crypto';
import { elements } from './der.ts';
import { present } from './present.ts';
import { derInteger, derOf } from './sm2-oracle.ts';

export function partsOf(der: Buffer): { algorithm: Buffer; inner: Buffer } {
  const [, algorithm, inner] = elements(present(elements(der)[0]).content);
  return { algorithm: present(algorithm).raw, inner: present(inner).content };
}

export function pkcs8(version: bigint, algorithm: Buffer, inner: Buffer): Buffer {
  return derOf(0x30, derInteger(version), algorithm, derOf(4, inner));
}

export function pkcs8Of(key: KeyObject, type: 'pkcs8' | 'sec1' | 'pkcs1' = 'pkcs8'): Buffer {
  return key.export({ type, format: 'der' });
}

/** With the two highest bits set, so that products have full length. */
export function primeOf(bits: number): bigint {
  for (;;) {
    const prime = generatePrimeSync(bits, { bigint: true });
    if (prime >> BigInt(bits - 2) === 3n && prime % 65537n !== 1n) return prime;
  }
}

interface Numbers {
  readonly p: bigint;
  readonly q: bigint;
  readonly e: bigint;
}

/** A key whose numbers agree as far as they can; `phiOfQ` when q is no prime. */
export function consistent(algorithm: Buffer, { p, q, e }: Numbers, phiOfQ = q - 1n): Buffer {
  const d = inverse(e, (p - 1n) * phiOfQ);
  const numbers = [0n, p * q, e, d, p, q, d % (p - 1n), d % (q - 1n), inverse(q, p)];
  return pkcs8(0n, algorithm, derOf(0x30, ...numbers.map(derInteger)));
}

/** 1 where there is none. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [r0, r1, s0, s1] = [modulus, value % modulus, 0n, 1n];
  while (r1 > 0n) {
    const quotient = r0 / r1;
    [r0, r1, s0, s1] = [r1, r0 - quotient * r1, s1, s0 - quotient * s1];
  }
  return r0 === 1n ? ((s0 % modulus) + modulus) % modulus : 1n;
}

export function blocksOf(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length / 16 }, (_, index) => bytes.subarray(16 * index, 16 * index + 16));
}

export function allPairs(count: number): [number, number][] {
  const indices = Array.from({ length: count }, (_, index) => index);
  return indices.flatMap((left) => indices.slice(left + 1).map((right): [number, number] => [left, right]));
}
