// The yardstick of a signature: `crypto.sign` in a bare loop. Takes { bits, windowMs } as a message and answers how many
// signatures it made, in which time, and with how much processor time (both in microseconds).

import { constants, generateKeyPairSync, sign } from 'node:crypto';

const message = Buffer.alloc(32, 7);
/** @type {Map<number, import('node:crypto').KeyObject>} */
const keys = new Map();

/** @param {number} bits */
function keyOf(bits) {
  const key = keys.get(bits) ?? generateKeyPairSync('rsa', { modulusLength: bits }).privateKey;
  keys.set(bits, key);
  return key;
}

process.on('message', (/** @type {{ bits: number, windowMs: number }} */ { bits, windowMs }) => {
  // As the instance signs.
  const key = { key: keyOf(bits), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  let count = 0;
  for (; performance.now() - startedAt < windowMs; count++) sign('sha256', message, key);
  const { user, system } = process.cpuUsage(cpuBefore);
  process.send?.({ count, elapsed: (performance.now() - startedAt) * 1000, cpu: user + system });
});
process.on('disconnect', () => process.exit());
