// What the standard edition is compared with: for a scenario, the PKCS#11 call that does its work, in a loop on the token
// itself. Adding a row makes a scenario comparable. The key is a session object, as the keys of an instance are in use.

import { newKey, newPublicKey } from '../hsm-adapter/attributes.ts';
import { CKM } from '../hsm-adapter/cryptoki.ts';
import { HSM_KEY_SPECS } from '../hsm-adapter/key-specs.ts';
import type { Handle, MechanismCall } from '../hsm-adapter/pkcs11-module.ts';
import type { Token } from '../hsm-adapter/token.ts';
import type { ScenarioName } from './scenarios.ts';

interface RawOperation {
  readonly title: string;
  /** Prepares a key in the session, and returns one operation. */
  readonly prepare: (token: Token, session: Handle) => () => void;
}

const TAG_BYTES = 16;
const DIGEST = Buffer.alloc(32, 7);
const ECDSA: MechanismCall = { mechanism: CKM.ECDSA };
const PSS: MechanismCall = { mechanism: CKM.RSA_PKCS_PSS, saltBytes: 32 };

export const RAW_OPERATIONS = {
  encrypt: { title: 'CKM_AES_GCM 32 B', prepare: gcm(32) },
  'encrypt-4k': { title: 'CKM_AES_GCM 4 KiB', prepare: gcm(4096) },
  'sign-p256': { title: 'CKM_ECDSA', prepare: signing('EC_P256', ECDSA, 64) },
  'sign-rsa2048': { title: 'CKM_RSA_PKCS_PSS', prepare: signing('RSA_2048', PSS, 256) },
} as const satisfies Partial<Record<ScenarioName, RawOperation>>;

export type RawName = keyof typeof RAW_OPERATIONS;

export function isRawName(scenario: ScenarioName): scenario is RawName {
  return Object.hasOwn(RAW_OPERATIONS, scenario);
}

function gcm(bytes: number): RawOperation['prepare'] {
  return ({ sessions: { module } }, session) => {
    const key = module.generateKey(session, CKM.AES_KEY_GEN, newKey(HSM_KEY_SPECS.AES_256.kind));
    const call = { mechanism: CKM.AES_GCM, gcmIv: Buffer.alloc(12, 7), aad: Buffer.alloc(0) };
    const input = { data: Buffer.alloc(bytes, 7), room: bytes + TAG_BYTES };
    return () => void module.encrypt(session, call, key, input);
  };
}

function signing(spec: 'EC_P256' | 'RSA_2048', call: MechanismCall, room: number): RawOperation['prepare'] {
  return ({ sessions: { module } }, session) => {
    const { kind } = HSM_KEY_SPECS[spec];
    const mechanism = kind.type === 'rsa' ? CKM.RSA_PKCS_KEY_PAIR_GEN : CKM.EC_KEY_PAIR_GEN;
    const { privateKey } = module.generateKeyPair(session, mechanism, {
      publicKey: newPublicKey(kind),
      privateKey: newKey(kind),
    });
    return () => void module.sign(session, call, privateKey, { data: DIGEST, room });
  };
}
