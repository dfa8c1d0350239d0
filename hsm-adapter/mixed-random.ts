// Random bytes for keys and nonces that are used beside the token: the token's, masked with the node's own, so that
// neither generator alone decides.

import { randomBytes } from 'node:crypto';
import type { SessionPool } from './session-pool.ts';

export function drawMixed(sessions: SessionPool, bytes: number): Buffer {
  const drawn = sessions.run('UNAVAILABLE', (session) => sessions.module.random(session, bytes));
  const mask = randomBytes(bytes);
  for (const [index, byte] of mask.entries()) drawn[index] = (drawn[index] ?? 0) ^ byte;
  mask.fill(0);
  return drawn;
}
