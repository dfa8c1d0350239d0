// What SM2 must refuse or avoid: values out of range, points off the curve, loose encodings, and the scalars k for which
// the standard says to draw again.

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodePkcs8,
  decodeSpki,
  decrypt,
  encodePkcs8,
  encodeSpki,
  encrypt,
  generateKeyPair,
  signDigest,
  Undecryptable,
  verifyDigest,
} from '../../../sm/index.js';
import { changed } from '../../support/present.ts';
import {
  bytes32,
  derInteger,
  derOf,
  insideDer,
  inverse,
  mod,
  multipleOfBase,
  N,
  number,
  oracleEncrypt,
  oracleSign,
  xOf,
} from '../../support/sm2-oracle.ts';

const key = generateKeyPair();
const d = number(key.scalar);
const digest = bytes32(0x1234_5678_9abc_def0n);
const signature = signDigest({ scalar: key.scalar, digest });
const plaintext = Buffer.from('a message');
const { raw, der } = oracleEncrypt(d, plaintext, [5n]);

const verify = (value: Uint8Array, point: Uint8Array = key.point) =>
  verifyDigest({ point, digest, signature: value });
const open = (ciphertext: Uint8Array) => decrypt({ scalar: key.scalar, ciphertext });

function drawing(...ks: bigint[]) {
  const rest = [...ks];
  return { next: () => rest.shift() ?? 0n, rest };
}

describe('signDigest draws another k', () => {
  const good = 77n;
  const cases = {
    'for r = 0': { k: 3n, e: mod(-xOf(3n)) },
    'for r + k = n': { k: 3n, e: mod(N - 3n - xOf(3n)) },
    'for s = 0': { k: 3n, e: mod(3n * inverse(d) - xOf(3n)) },
  };
  it.each(Object.entries(cases))('%s', (_, { k, e }) => {
    const { next, rest } = drawing(k, good);
    const value = signDigest({ scalar: key.scalar, digest: bytes32(e) }, next);
    expect(rest).toEqual([]);
    expect(value).toEqual(oracleSign(d, bytes32(e), [good]));
  });
});

describe('verifyDigest refuses', () => {
  const [r, s] = insideDer(signature).map(number) as [bigint, bigint];
  const encoded = (first: bigint, second: bigint) => derOf(0x30, derInteger(first), derInteger(second));

  it('nothing of a good signature', () => {
    expect(verify(signature)).toBe(true);
    expect(verify(encoded(r, s))).toBe(true);
  });

  it.each([
    ['r = 0', 0n, s],
    ['s = 0', r, 0n],
    ['r = s = 0', 0n, 0n],
    ['r = n', N, s],
    ['s = n', r, N],
    ['r + n', r + N, s],
    ['s + n', r, s + N],
    ['r + s = n', r, N - r],
    ['r = n - 1, s = 1', N - 1n, 1n],
    ['r and s swapped', s, r],
    ['-s', r, N - s],
  ])('%s', (_, first, second) => {
    expect(verify(encoded(first, second))).toBe(false);
  });

  const long = (content: Buffer) => Buffer.concat([Buffer.of(0x30, 0x81, content.length), content]);
  const content = signature.subarray(2);
  const padded = (value: bigint) => derOf(2, Buffer.from([0, ...bytes32(value)]));
  const short = oracleSign(d, bytes32(mod(7n - xOf(9n))), [9n]);

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['raw r | s', Buffer.concat([bytes32(r), bytes32(s)])],
    ['a byte behind the end', Buffer.concat([signature, Buffer.of(0)])],
    ['a byte inside the sequence', derOf(0x30, content, Buffer.of(0))],
    ['a length in the long form', long(content)],
    ['the indefinite form', Buffer.concat([Buffer.of(0x30, 0x80), content, Buffer.of(0, 0)])],
    ['another outer tag', Buffer.concat([Buffer.of(0x31), signature.subarray(1)])],
    ['another inner tag', derOf(0x30, derOf(4, bytes32(r)), derInteger(s))],
    ['a third integer', derOf(0x30, derInteger(r), derInteger(s), derInteger(1n))],
    ['one integer', derOf(0x30, derInteger(r))],
    ['an empty integer', derOf(0x30, derInteger(r), derOf(2))],
    ['a negative integer', derOf(0x30, derInteger(r), derOf(2, Buffer.of(0xff)))],
    ['an integer of 34 bytes', derOf(0x30, derInteger(r), derInteger(1n << 264n))],
    [
      'an integer longer than it must be',
      derOf(0x30, derOf(2, Buffer.from([0, 0, ...bytes32(r)])), derInteger(s)),
    ],
  ])('%s', (_, value) => expect(verify(value)).toBe(false));

  it('zeros in front of a short integer', () => {
    const e = bytes32(mod(7n - xOf(9n)));
    const [, sOfShort] = insideDer(short).map(number) as [bigint, bigint];
    const check = (value: Buffer) => verifyDigest({ point: key.point, digest: e, signature: value });
    expect(check(short)).toBe(true);
    expect(check(derOf(0x30, padded(7n), derInteger(sOfShort)))).toBe(false);
  });

  it('points off the curve, compressed, infinite or out of range', () => {
    for (const point of badPoints) expect(verify(signature, point)).toBe(false);
  });

  it('every cut and every changed byte', () => {
    fc.assert(
      fc.property(fc.nat(signature.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        expect(verify(changed(signature, at, change))).toBe(false);
        expect(verify(signature.subarray(0, at))).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

const P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;
const small = smallPoint();
const onTwist = Buffer.concat([Buffer.of(4), bytes32(1n), bytes32(1n)]);
const badPoints = [
  onTwist,
  changed(key.point, 64, 1),
  Buffer.concat([Buffer.of(2 + ((key.point[64] ?? 0) & 1)), key.point.subarray(1, 33)]),
  Buffer.concat([Buffer.of(6 + ((key.point[64] ?? 0) & 1)), key.point.subarray(1)]),
  Buffer.of(0),
  Buffer.alloc(65),
  Buffer.concat([Buffer.of(4), Buffer.alloc(64)]),
  // A point of the curve, if x were reduced.
  Buffer.concat([Buffer.of(4), bytes32(small.x + P), bytes32(small.y)]),
  Buffer.concat([Buffer.of(4), bytes32(N), bytes32(2n ** 256n - 1n)]),
  key.point.subarray(1),
  Buffer.concat([key.point, Buffer.of(0)]),
];

describe('decrypt', () => {
  it('takes raw and DER alike', () => {
    expect(open(raw)).toEqual(plaintext);
    expect(open(der)).toEqual(plaintext);
  });

  const parts = { c1: raw.subarray(0, 65), c3: raw.subarray(65, 97), c2: raw.subarray(97) };
  const [x, y] = [number(raw.subarray(1, 33)), number(raw.subarray(33, 65))];
  const oldOrder = Buffer.concat([parts.c1, parts.c2, parts.c3]);
  const octets = [derOf(4, parts.c3), derOf(4, parts.c2)] as const;

  const refused: [string, Buffer][] = [
    ['nothing', Buffer.alloc(0)],
    ['a point alone', parts.c1],
    ['no C2', raw.subarray(0, 97)],
    ['no 04 in front', raw.subarray(1)],
    ['the old order C1 C2 C3', oldOrder],
    ['a byte more', Buffer.concat([raw, Buffer.of(0)])],
    ['DER with a byte behind', Buffer.concat([der, Buffer.of(0)])],
    ['DER with the octets exchanged', derOf(0x30, derInteger(x), derInteger(y), octets[1], octets[0])],
    ['DER with an empty C2', derOf(0x30, derInteger(x), derInteger(y), octets[0], derOf(4))],
    ['DER without C2', derOf(0x30, derInteger(x), derInteger(y), octets[0])],
    ['DER with x + p', derOf(0x30, derInteger(x + P), derInteger(y), ...octets)],
    ['DER with a negative x', derOf(0x30, derOf(2, Buffer.of(0x80)), derInteger(y), ...octets)],
    ['DER with a length beyond the end', Buffer.concat([der.subarray(0, -1)])],
    ['DER of a length of four bytes', Buffer.concat([Buffer.of(0x30, 0x84, 0, 0, 0), der])],
  ];
  const badC1 = badPoints.map((point, index): [string, Buffer] => [
    `point ${index}`,
    Buffer.concat([point, parts.c3, parts.c2]),
  ]);
  it.each([...refused, ...badC1])('refuses %s', (_, ciphertext) => {
    expect(() => open(ciphertext)).toThrow(Undecryptable);
  });

  it('refuses every cut and every changed byte, raw and DER', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(raw, der),
        fc.nat(200),
        fc.integer({ min: 1, max: 255 }),
        (whole, place, change) => {
          const at = place % whole.length;
          expect(() => open(changed(whole, at, change))).toThrow(Undecryptable);
          expect(() => open(whole.subarray(0, at))).toThrow(Undecryptable);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('refuses a key stream of zeros, which encrypt draws again to avoid', () => {
    // A byte of stream is zero for one k in 256.
    let k = 1n;
    const streamByte = (at: bigint) => {
      const { next } = drawing(at, 0n);
      try {
        return encrypt({ point: key.point, plaintext: Buffer.of(0) }, next)[97];
      } catch {
        return 0; // It drew again.
      }
    };
    while (streamByte(k) !== 0) k += 1n;
    const { next, rest } = drawing(k, 2n);
    const expected = oracleEncrypt(d, Buffer.of(0x55), [k, 2n]).raw;
    expect(encrypt({ point: key.point, plaintext: Buffer.of(0x55) }, next)).toEqual(expected);
    expect(rest).toEqual([]);
    // What an encryption that did not draw again would have sent: M itself, and its genuine C3.
    const forged = zeroStreamCiphertext(k, Buffer.of(0x55));
    expect(() => open(forged)).toThrow(Undecryptable);
  });
});

it('encrypt refuses an empty plaintext and keys off the curve', () => {
  expect(() => encrypt({ point: key.point, plaintext: Buffer.alloc(0) })).toThrow(RangeError);
  for (const point of badPoints) expect(() => encrypt({ point, plaintext })).toThrow(RangeError);
});

describe('key encodings', () => {
  it('give back what they were made of', () => {
    expect(decodeSpki(encodeSpki(key.point))).toEqual(key.point);
    expect(decodePkcs8(encodePkcs8(key))).toEqual(key);
  });

  it('take the point with the least x', () => {
    const point = Buffer.concat([Buffer.of(4), bytes32(small.x), bytes32(small.y)]);
    expect(decodeSpki(encodeSpki(point))).toEqual(point);
  });

  it('refuse points off the curve, scalars out of range and every other form', () => {
    for (const point of badPoints) expect(decodeSpki(encodeSpki(point))).toBeNull();
    for (const scalar of [0n, N - 1n, N, 2n ** 256n - 1n].map(bytes32)) {
      expect(decodePkcs8(encodePkcs8({ ...key, scalar }))).toBeNull();
    }
    const pkcs8 = encodePkcs8(key);
    for (const bad of [pkcs8.subarray(1), pkcs8.subarray(0, -1), Buffer.concat([pkcs8, Buffer.of(0)])]) {
      expect(decodePkcs8(bad)).toBeNull();
    }
    expect(decodePkcs8(changed(pkcs8, 20, 1))).toBeNull();
    expect(decodePkcs8(changed(pkcs8, 70, 1))).toBeNull();
  });

  it('are made of scalars from 1 to n - 2', () => {
    const { next, rest } = drawing(N - 1n, 2n);
    expect(generateKeyPair(next)).toEqual({ scalar: bytes32(2n), point: multipleOfBase(2n) });
    expect(rest).toEqual([]);
  });
});

function zeroStreamCiphertext(k: bigint, message: Buffer): Buffer {
  const shared = multipleOfBase(mod(k * d)).subarray(1);
  const c3 = createHash('sm3')
    .update(Buffer.concat([shared.subarray(0, 32), message, shared.subarray(32)]))
    .digest();
  return Buffer.concat([multipleOfBase(k), c3, message]);
}

/** The point of the curve with the least x: x + p still fits in 32 bytes. */
function smallPoint(): { x: bigint; y: bigint } {
  const b = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n;
  for (let x = 1n; ; x += 1n) {
    const square = (x ** 3n - 3n * x + b) % P;
    let y = 1n;
    for (let base = square, rest = (P + 1n) / 4n; rest > 0n; rest >>= 1n) {
      if (rest & 1n) y = (y * base) % P;
      base = (base * base) % P;
    }
    if ((y * y) % P === square) return { x, y };
  }
}
