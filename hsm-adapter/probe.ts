// What a token can do, for an operator who brings a new product: its mechanisms, how each operation would be done, and
// how fast it is. Works with session objects alone: nothing is written to the token, and it needs no domain key.
// Runs in a process of its own, because a module may crash or hang.

import { newKey, newPublicKey } from './attributes.ts';
import { CKM } from './cryptoki.ts';
import { toHsmError } from './hsm-error.ts';
import { HSM_KEY_SPECS } from './key-specs.ts';
import type { OperationSupport } from './mechanisms.ts';
import type { Handle, MechanismCall, TokenInfo } from './pkcs11-module.ts';
import { digestInfo } from './rsa-encoding.ts';
import type { Token } from './token.ts';

export interface ProbeReport {
  readonly token: TokenInfo;
  readonly vendor: string;
  /** How many mechanisms it lists, and those of them that the adapter can use, by name. */
  readonly mechanismCount: number;
  readonly mechanisms: readonly { readonly name: string; readonly there: boolean }[];
  readonly support: readonly OperationSupport[];
  readonly speed: readonly ProbedSpeed[];
}

export interface ProbedSpeed {
  readonly what: string;
  /** One after the other, in one session; null when the token refused. */
  readonly perSecond: number | null;
  /** '' when it went well. */
  readonly error: string;
}

const MAX_MS = 400;
const MAX_ROUNDS = 500;
const DATA = Buffer.alloc(1024, 7);
const DIGEST = Buffer.alloc(32, 7);
const IV = Buffer.alloc(12, 7);
const GCM: MechanismCall = { mechanism: CKM.AES_GCM, gcmIv: IV, aad: Buffer.alloc(0) };
const RSA_ROOM = 256;
const EC_ROOM = 64;

export function probeToken(token: Token): ProbeReport {
  const { mechanisms } = token;
  return {
    token: token.info,
    vendor: token.vendor,
    mechanismCount: mechanisms.size,
    mechanisms: Object.entries(CKM).map(([name, code]) => ({
      name: `CKM_${name}`,
      there: mechanisms.has(code),
    })),
    support: token.support,
    speed: SUBJECTS.map((subject) => measured(token, subject)),
  };
}

interface Subject {
  readonly what: string;
  /** Prepares, and returns one round of what is measured. */
  readonly prepare: (token: Token, session: Handle) => () => void;
}

const SUBJECTS: readonly Subject[] = [
  {
    what: '32 random bytes',
    prepare:
      ({ sessions }, session) =>
      () =>
        void sessions.module.random(session, 32),
  },
  {
    what: 'generate AES-256',
    prepare: (token, session) => () => destroy(token, session, [aesKey(token, session)]),
  },
  {
    what: 'AES-256-GCM of 1 KiB',
    prepare(token, session) {
      const key = aesKey(token, session);
      const input = { data: DATA, room: DATA.length + 32 };
      return () => void token.sessions.module.encrypt(session, GCM, key, input);
    },
  },
  {
    what: 'generate EC P-256',
    prepare: (token, session) => () => destroy(token, session, ecPair(token, session)),
  },
  {
    what: 'sign ECDSA P-256',
    prepare(token, session) {
      const [key] = ecPair(token, session);
      const input = { data: DIGEST, room: EC_ROOM };
      return () => void token.sessions.module.sign(session, { mechanism: CKM.ECDSA }, key, input);
    },
  },
  {
    what: 'generate RSA-2048',
    prepare: (token, session) => () => destroy(token, session, rsaPair(token, session)),
  },
  {
    what: 'sign RSA-2048 (PKCS#1)',
    prepare(token, session) {
      const [key] = rsaPair(token, session);
      const input = { data: digestInfo(DIGEST), room: RSA_ROOM };
      return () => void token.sessions.module.sign(session, { mechanism: CKM.RSA_PKCS }, key, input);
    },
  },
];

function measured(token: Token, { what, prepare }: Subject): ProbedSpeed {
  try {
    const perSecond = token.sessions.run('UNAVAILABLE', (session) => rate(prepare(token, session)));
    return { what, perSecond, error: '' };
  } catch (error) {
    const { cause, message } = toHsmError(error);
    return { what, perSecond: null, error: cause instanceof Error ? cause.message : message };
  }
}

function rate(round: () => void): number {
  round();
  const startedAt = performance.now();
  let rounds = 0;
  do {
    round();
    rounds += 1;
  } while (rounds < MAX_ROUNDS && performance.now() - startedAt < MAX_MS);
  const perSecond = (rounds * 1000) / (performance.now() - startedAt);
  return perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond);
}

function aesKey({ sessions }: Token, session: Handle): Handle {
  return sessions.module.generateKey(session, CKM.AES_KEY_GEN, newKey(HSM_KEY_SPECS.AES_256.kind));
}

function ecPair(token: Token, session: Handle): readonly [Handle, Handle] {
  return pair(token, session, CKM.EC_KEY_PAIR_GEN, 'EC_P256');
}

function rsaPair(token: Token, session: Handle): readonly [Handle, Handle] {
  return pair(token, session, CKM.RSA_PKCS_KEY_PAIR_GEN, 'RSA_2048');
}

function pair(
  { sessions }: Token,
  session: Handle,
  mechanism: number,
  spec: 'EC_P256' | 'RSA_2048',
): readonly [privateKey: Handle, publicKey: Handle] {
  const { kind } = HSM_KEY_SPECS[spec];
  const templates = { publicKey: newPublicKey(kind), privateKey: newKey(kind) };
  const { privateKey, publicKey } = sessions.module.generateKeyPair(session, mechanism, templates);
  return [privateKey, publicKey];
}

function destroy({ sessions }: Token, session: Handle, objects: readonly Handle[]): void {
  for (const object of objects) sessions.module.destroy(session, object);
}
