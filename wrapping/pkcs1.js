// EME-PKCS1-v1_5 decoding that takes one path whatever it is given: a message that is not well padded, or not as long as
// it must be, becomes random bytes and a mark, in the same steps and the same time (implicit rejection).
// Sources: RFC 8017 section 7.2.2, RFC 5246 section 7.4.7.1.

import { randomBytes } from 'node:crypto';

/**
 * @param {Uint8Array} encoded as long as the modulus
 * @param {number} messageBytes the only length that is right
 * @returns {{ message: Buffer, genuine: 0 | 1 }} random bytes when not genuine
 */
export function openPkcs1(encoded, messageBytes) {
  const message = randomBytes(messageBytes);
  const start = encoded.length - messageBytes;
  let bad = (encoded[0] ?? 1) | ((encoded[1] ?? 0) ^ 2) | (encoded[start - 1] ?? 1);
  for (let index = 2; index < start - 1; index += 1) bad |= isZero(encoded[index] ?? 0);
  const genuine = isZero(bad);
  for (let index = 0; index < messageBytes; index += 1) {
    const drawn = message[index] ?? 0;
    message[index] = drawn ^ ((drawn ^ (encoded[start + index] ?? 0)) & -genuine);
  }
  return { message, genuine: genuine === 1 ? 1 : 0 };
}

/**
 * 1 for 0, 0 for 1 to 255, without a branch.
 * @param {number} byte
 */
function isZero(byte) {
  return ((byte - 1) >> 8) & 1;
}
