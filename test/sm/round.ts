// One round of the comparison of our SM2 with others: sign, verify, encrypt and decrypt with inputs that follow from the
// round's number, so that a failure can be had again. The inputs are aimed at what fails now and then elsewhere: short
// scalars, r, s and coordinates with zeros in front, and the ends of the range of scalars.

import { createHash } from 'node:crypto';
import { decrypt, digestMessage, encrypt, signDigest, verifyDigest } from '../../sm/index.js';
import {
  bytes32,
  digestOf,
  inverse,
  mod,
  multipleOfBase,
  N,
  number,
  oracleEncrypt,
  oracleSign,
  xOf,
} from '../support/sm2-oracle.ts';
import type { Sm2Key, Sm2Peer } from '../support/sm2-peers.ts';

const ROUNDS_PER_KEY = 16;
const LENGTHS = [1, 2, 3, 15, 16, 31, 32, 33, 63, 64, 65, 96, 200, 1000];
const MAX_PLAINTEXT = 6047;
/** After the point and C3. */
const C2_AT = 65 + 32;

/** Scalars whose points have coordinates that begin with a zero byte. */
export interface ShortPoints {
  readonly x: readonly bigint[];
  readonly y: readonly bigint[];
}

/** Searches scalars for `count` points of each kind. */
export function findShortPoints(seed: string, count: number): ShortPoints {
  const x: bigint[] = [];
  const y: bigint[] = [];
  for (let index = 0; x.length < count || y.length < count; index += 1) {
    const scalar = scalarOf(bytesOf(`${seed} point ${index}`));
    const point = multipleOfBase(scalar);
    if (point[1] === 0) x.push(scalar);
    if (point[33] === 0) y.push(scalar);
  }
  return { x, y };
}

/** @throws Error naming what differs */
export function compareRound(seed: string, round: number, short: ShortPoints): void {
  const draw = (label: string) => bytesOf(`${seed} ${round} ${label}`);
  const keyRound = Math.floor(round / ROUNDS_PER_KEY);
  const d = scalarLike(bytesOf(`${seed} ${keyRound} key`), keyRound, short) % (N - 1n) || 1n;
  const key: Sm2Key = { scalar: bytes32(d), point: multipleOfBase(d) };
  const ks = [0, 1, 2, 3].map((index) => scalarLike(draw(`k${index}`), round + index, short));
  const message = messageOf(draw('message'), round);
  compareSignatures({ d, key, ks, message, kind: round % 4, target: draw('target') });
  compareEncryption({ d, key, ks, plaintext: message, der: round % 2 === 1 });
}

/** The same with an implementation that draws its own k. @throws Error naming what differs */
export function compareWithPeer(seed: string, round: number, peer: Sm2Peer, short: ShortPoints): void {
  const d = scalarLike(bytesOf(`${seed} ${round} peer key`), round, short) % (N - 1n) || 1n;
  const key: Sm2Key = { scalar: bytes32(d), point: multipleOfBase(d) };
  const message = messageOf(bytesOf(`${seed} ${round} peer message`), round);
  const digest = digestMessage({ point: key.point, message });
  const signature = signDigest({ scalar: key.scalar, digest });
  must(peer.verify(key, message, signature), 'the peer refuses our signature');
  must(
    !peer.verify(key, Buffer.concat([message, Buffer.of(0)]), signature),
    'the peer accepts another message',
  );
  must(
    verifyDigest({
      point: key.point,
      digest,
      signature: peer.sign(key, message),
    }),
    'we refuse the signature of the peer',
  );
  must(
    peer.decrypt(key, encrypt({ point: key.point, plaintext: message })).equals(message),
    'the peer does not decrypt our ciphertext',
  );
  must(
    decrypt({ scalar: key.scalar, ciphertext: conformingCiphertext(peer, key, message) }).equals(message),
    'we do not decrypt the ciphertext of the peer',
  );
}

/**
 * GB/T 32918.4, step A5: a k whose key stream is all zero is not used. Peers use it, which shows in one of 256 messages
 * of one byte: C2 is then the plaintext, and we refuse it.
 */
function conformingCiphertext(peer: Sm2Peer, key: Sm2Key, plaintext: Buffer): Buffer {
  for (;;) {
    const ciphertext = peer.encrypt(key, plaintext);
    if (!ciphertext.subarray(C2_AT).equals(plaintext)) return ciphertext;
  }
}

interface Signing {
  readonly d: bigint;
  readonly key: Sm2Key;
  readonly ks: readonly bigint[];
  readonly message: Buffer;
  /** 0, 1: hash the message; 2: aim at a short s; 3: at a short r. */
  readonly kind: number;
  readonly target: Buffer;
}

function compareSignatures({ d, key, ks, message, kind, target }: Signing): void {
  const digest = kind < 2 ? digestOf(key.point, message) : aimedDigest({ d, k: ks[0] ?? 1n, kind, target });
  if (kind < 2) must(digestMessage({ point: key.point, message }).equals(digest), 'e differs');
  const expected = oracleSign(d, digest, ks);
  const signature = signDigest({ scalar: key.scalar, digest }, drawn(ks));
  must(signature.equals(expected), 'the signature differs');
  must(verifyDigest({ point: key.point, digest, signature }), 'a good signature is refused');
  const other = Buffer.from(digest);
  other[31] = (other[31] ?? 0) ^ 1;
  if (kind === 0) {
    must(
      !verifyDigest({
        point: key.point,
        digest: other,
        signature,
      }),
      'a signature of other bytes is accepted',
    );
  }
}

/** The digest with which k gives an s or an r of chosen shortness. */
function aimedDigest({ d, k, kind, target }: Pick<Signing, 'd' | 'kind' | 'target'> & { k: bigint }): Buffer {
  const size = 1 + ((target[0] ?? 0) % 31);
  const wanted = number(target.subarray(1, 1 + size)) || 1n;
  const r = kind === 2 ? mod((k - wanted * (1n + d)) * inverse(d)) : wanted;
  return bytes32(mod(r - xOf(k)));
}

interface Encrypting {
  readonly d: bigint;
  readonly key: Sm2Key;
  readonly ks: readonly bigint[];
  readonly plaintext: Buffer;
  readonly der: boolean;
}

function compareEncryption({ d, key, ks, plaintext, der }: Encrypting): void {
  const expected = oracleEncrypt(d, plaintext, ks);
  must(encrypt({ point: key.point, plaintext }, drawn(ks)).equals(expected.raw), 'the ciphertext differs');
  const ciphertext = der ? expected.der : expected.raw;
  must(decrypt({ scalar: key.scalar, ciphertext }).equals(plaintext), 'the plaintext differs');
}

function drawn(ks: readonly bigint[]): () => bigint {
  const rest = [...ks];
  return () => {
    const next = rest.shift();
    if (next === undefined) throw new Error('more scalars were drawn than there are');
    return next;
  };
}

/** A scalar from 1 to n - 1 of the kind that the number chooses. */
function scalarLike(bytes: Buffer, choice: number, short: ShortPoints): bigint {
  const small = 1n + BigInt(bytes[1] ?? 0);
  switch (choice % 8) {
    case 0:
      return small;
    case 1:
      return N - small;
    case 2:
      return number(bytes.subarray(1)) || 1n;
    case 3:
      return number(bytes.subarray(16)) || 1n;
    case 4:
      return picked(short.x, bytes);
    case 5:
      return picked(short.y, bytes);
    default:
      return scalarOf(bytes);
  }
}

function picked(from: readonly bigint[], bytes: Buffer): bigint {
  return from[(bytes[0] ?? 0) % from.length] ?? 1n;
}

function scalarOf(bytes: Buffer): bigint {
  return (number(bytes) % (N - 1n)) + 1n;
}

function messageOf(bytes: Buffer, round: number): Buffer {
  const length = round % 500 === 499 ? MAX_PLAINTEXT : (LENGTHS[round % LENGTHS.length] ?? 1);
  return Buffer.alloc(length, bytes);
}

function bytesOf(label: string): Buffer {
  return createHash('sha256').update(label).digest();
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}
