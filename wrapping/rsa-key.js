// RSA private keys of two primes from outside: every number is there, in its shortest form, and agrees with the others,
// and the primes are prime, however the key was chosen. Sources: RFC 8017 section 3.2 and appendix A.1.2.

import { checkPrimeSync } from 'node:crypto';
import { INTEGER } from '../sm/index.js';
import { contentsOf, readPkcs8, readWhole, writePkcs8 } from './pkcs8.js';

// rsaEncryption, NULL
const ALGORITHM = Buffer.from('06092a864886f70d0101010500', 'hex');
const INTEGERS = Array(9).fill(INTEGER);
/** Longer public exponents are of no use: OpenSSL, for one, takes none with long moduli. */
const MAX_EXPONENT = 1n << 64n;

/**
 * The key as PKCS#8 without attributes; null when it is none of so many bits.
 * @param {Uint8Array} pkcs8
 * @param {number} modulusBits
 * @returns {Buffer | null}
 */
export function checkedRsaKey(pkcs8, modulusBits) {
  const privateKey = readPkcs8(pkcs8, ALGORITHM);
  const numbers = privateKey && contentsOf(readWhole(privateKey), INTEGERS);
  if (!privateKey || !numbers) return null;
  // With the octet of the sign: longer ones are wrong, and a long time in coming to it.
  if (numbers.some((content) => content && content.length > modulusBits / 8 + 1)) return null;
  const [version, n, e, d, p, q, dp, dq, qInverse] = numbers.map(toNumber);
  if (version !== 0n || !n || !e || !d || !p || !q || !dp || !dq || !qInverse) return null;
  if (bitsOf(n) !== modulusBits || p * q !== n || p === q) return null;
  // Halves of the same length, as every generator makes them: a short prime would be found.
  if (bitsOf(p) !== modulusBits / 2 || bitsOf(q) !== modulusBits / 2) return null;
  if (e < 3n || e % 2n === 0n || e >= MAX_EXPONENT || d >= n) return null;
  if ((e * d) % (p - 1n) !== 1n || (e * d) % (q - 1n) !== 1n) return null;
  if (dp !== d % (p - 1n) || dq !== d % (q - 1n) || qInverse >= p || (qInverse * q) % p !== 1n) return null;
  return checkPrimeSync(p) && checkPrimeSync(q) ? writePkcs8(ALGORITHM, privateKey) : null;
}

/**
 * A DER integer; undefined when it is negative or not in its shortest form.
 * @param {Uint8Array | undefined} content
 * @returns {bigint | undefined}
 */
function toNumber(content) {
  const [first, second] = content ?? [];
  if (content === undefined || first === undefined || first >= 0x80) return undefined;
  if (first === 0 && second !== undefined && second < 0x80) return undefined;
  return content.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

/**
 * @param {bigint} number positive
 */
function bitsOf(number) {
  let bits = 0;
  for (let rest = number; rest > 0n; rest >>= 64n) bits += rest >> 64n > 0n ? 64 : 64 - leadingZeros(rest);
  return bits;
}

/**
 * @param {bigint} word below 2^64, not 0
 */
function leadingZeros(word) {
  const high = Number(word >> 32n);
  return high > 0 ? Math.clz32(high) : 32 + Math.clz32(Number(word & 0xffffffffn));
}
