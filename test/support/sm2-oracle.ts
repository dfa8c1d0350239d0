// SM2 once more, for comparison: written from GB/T 32918 on its own, on big integers and on OpenSSL's multiplication of
// the base point (ECDH on the curve, which is sound in node:crypto; its SM2 signatures are not). Knowing the private key,
// even the shared point of an encryption is a multiple of the base point. Nothing here is secret or constant-time.

import { createECDH, createHash, ECDH } from 'node:crypto';
import { type DerElement, elements } from './der.ts';

export const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const CONSTANTS = [
  'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc',
  '28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93',
  '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7',
  'bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0',
];

export interface Ciphertext {
  readonly raw: Buffer;
  readonly der: Buffer;
}

export function mod(value: bigint): bigint {
  return ((value % N) + N) % N;
}

export function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = mod(base), rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = mod(result * square);
    square = mod(square * square);
  }
  return result;
}

export const inverse = (value: bigint): bigint => power(value, N - 2n);

export function bytes32(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
}

export function number(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

/** 04 | x | y of a multiple of the base point. */
export function multipleOfBase(scalar: bigint): Buffer {
  const ecdh = createECDH('SM2');
  ecdh.setPrivateKey(bytes32(scalar));
  return ecdh.getPublicKey();
}

/** Whether OpenSSL takes 04 | x | y for a point. */
export function isOnSm2Curve(point: Buffer): boolean {
  try {
    return ECDH.convertKey(point, 'SM2', undefined, undefined, 'uncompressed').length === point.length;
  } catch {
    return false;
  }
}

/** The x coordinate of a multiple of the base point. */
export const xOf = (scalar: bigint): bigint => number(multipleOfBase(scalar).subarray(1, 33));

export function digestOf(point: Buffer, message: Uint8Array, identity = '1234567812345678'): Buffer {
  const head = Buffer.concat([Buffer.of(0, identity.length * 8), Buffer.from(identity)]);
  const constants = Buffer.from(CONSTANTS.join(''), 'hex');
  return sm3(sm3(head, constants, point.subarray(1)), message);
}

/** DER, with the first k that will do. */
export function oracleSign(d: bigint, digest: Buffer, ks: readonly bigint[]): Buffer {
  for (const k of ks) {
    const r = mod(number(digest) + xOf(k));
    const s = mod(inverse(1n + d) * (k - r * d));
    if (r !== 0n && mod(r + k) !== 0n && s !== 0n) return derOf(0x30, derInteger(r), derInteger(s));
  }
  throw new Error('no k will do');
}

export function oracleEncrypt(d: bigint, plaintext: Buffer, ks: readonly bigint[]): Ciphertext {
  for (const k of ks) {
    const c1 = multipleOfBase(k);
    const shared = multipleOfBase(mod(k * d)).subarray(1);
    const stream = kdf(shared, plaintext.length);
    if (stream.every((byte) => byte === 0)) continue;
    const c2 = Buffer.from(plaintext.map((byte, index) => byte ^ (stream[index] ?? 0)));
    const c3 = sm3(shared.subarray(0, 32), plaintext, shared.subarray(32));
    const coordinates = [c1.subarray(1, 33), c1.subarray(33)].map((each) => derInteger(number(each)));
    return {
      raw: Buffer.concat([c1, c3, c2]),
      der: derOf(0x30, ...coordinates, derOf(0x04, c3), derOf(0x04, c2)),
    };
  }
  throw new Error('no k will do');
}

/** The DER form of a raw ciphertext, which the openssl command reads. */
export function rawToDer(raw: Buffer): Buffer {
  const [x, y, c3, c2] = [raw.subarray(1, 33), raw.subarray(33, 65), raw.subarray(65, 97), raw.subarray(97)];
  const head = [x, y].map((each) => derInteger(number(each)));
  return derOf(0x30, ...head, derOf(0x04, c3), derOf(0x04, c2));
}

/** The contents of the elements inside a DER sequence. */
export function insideDer(der: Buffer): Buffer[] {
  return elements(elements(der)[0]?.content ?? Buffer.alloc(0)).map(({ content }: DerElement) => content);
}

export function derInteger(value: bigint): Buffer {
  const digits = value.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return derOf(0x02, Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex'));
}

export function derOf(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const size = content.length.toString(16);
  const long = Buffer.from(size.length % 2 === 0 ? size : `0${size}`, 'hex');
  const length = content.length < 128 ? Buffer.of(content.length) : Buffer.of(0x80 + long.length, ...long);
  return Buffer.concat([Buffer.of(tag), length, content]);
}

function kdf(shared: Buffer, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    sm3(shared, Buffer.from((index + 1).toString(16).padStart(8, '0'), 'hex')),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

function sm3(...parts: Uint8Array[]): Buffer {
  return createHash('sm3').update(Buffer.concat(parts)).digest();
}
