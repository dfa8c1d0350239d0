// The domain key of one member: AES-256, non-extractable, for wrapping alone. It is made in one token and reaches each
// other one wrapped under an RSA key generated there. Joining, joining again and synchronising are the same step:
//   joining member: offer its RSA key  ->  holding member: hand over, if admitted  ->  joining member: accept and compare.
// Each member keeps the domain key wrapped under its own RSA key, so that any member can hand it on later although the
// key in use can never be extracted. Source: HSM specification, section B; design section 4.

import { createHash, createPublicKey, timingSafeEqual } from 'node:crypto';
import type { Admission } from './admission.ts';
import {
  DOMAIN_KEY_LABEL,
  domainKey,
  find,
  HAND_OVER_LABEL,
  handOverRecord,
  knownKey,
  MEMBER_KEY_LABEL,
  memberKeyPair,
  newDomainKey,
  peerPublicKey,
  unwrappedDomainKeyInTransit,
} from './attributes.ts';
import { CHECK_VALUE_BYTES } from './blob.ts';
import { CKA, CKM, CKO } from './cryptoki.ts';
import { HsmError } from './hsm-error.ts';
import type { Handle, MechanismCall } from './pkcs11-module.ts';
import { rsaSpki } from './public-key.ts';
import type { Token } from './token.ts';

const KEY_WRAP: MechanismCall = { mechanism: CKM.AES_KEY_WRAP_PAD };
// The hash every token takes; SHA-1's collisions do not matter to OAEP.
const HAND_OVER: MechanismCall = { mechanism: CKM.RSA_PKCS_OAEP, oaep: 'sha1' };
const MIN_PEER_MODULUS_BITS = 3072;
const CHECKED_KEY_BYTES = 16;

export class DomainKey {
  readonly #token: Token;
  readonly #admission: Admission;
  #known: { readonly handle: Handle; readonly checkValue: Buffer } | null = null;

  constructor(token: Token, admission: Admission) {
    this.#token = token;
    this.#admission = admission;
  }

  /** The key and its check value. @throws HsmError DOMAIN_KEY_MISSING. */
  require(): { readonly handle: Handle; readonly checkValue: Buffer } {
    const found = this.#known ?? this.#find();
    if (found === null) throw new HsmError('DOMAIN_KEY_MISSING', 'The token has no domain key.');
    return found;
  }

  /** The check value as the token computes it now; null without a domain key. Tells a token that was changed. */
  probe(): Buffer | null {
    if (this.#known === null) return this.#find()?.checkValue ?? null;
    const { handle, checkValue } = this.#known;
    const current = this.#checkValueOf(handle);
    if (!timingSafeEqual(current, checkValue)) throw new HsmError('UNAVAILABLE', 'The domain key changed.');
    return current;
  }

  /** Wraps an extractable session key. */
  wrap(session: Handle, key: Handle): Buffer {
    const { handle } = this.require();
    return this.#token.sessions.module.wrap(session, KEY_WRAP, { by: handle, key });
  }

  /**
   * What the domain key makes of 32 known bytes: equal on all members, unpredictable without it. RFC 5649 is
   * deterministic and answers for every bit of its input; of the wrapped bytes nothing but their hash leaves.
   */
  mark(known: Buffer): Buffer {
    const { handle } = this.require();
    return createHash('sha256').update(this.#wrapKnown(handle, known)).digest();
  }

  /** Makes the domain key unless there is one. Returns its check value. */
  create(): Buffer {
    const existing = this.#find();
    if (existing !== null) return existing.checkValue;
    const { sessions } = this.#token;
    const { publicKey } = this.#memberKey();
    const wrapped = sessions.run('UNAVAILABLE', (session) => {
      const key = sessions.module.generateKey(session, CKM.AES_KEY_GEN, newDomainKey());
      const result = sessions.module.wrap(session, HAND_OVER, { by: publicKey, key });
      sessions.module.destroy(session, key);
      return result;
    });
    return this.accept(wrapped, null);
  }

  /** The public key under which this member receives the domain key: SubjectPublicKeyInfo, made at the first call. */
  offer(): Buffer {
    const { publicKey } = this.#memberKey();
    const { sessions } = this.#token;
    return sessions.run('UNAVAILABLE', (session) => {
      const modulus = sessions.module.attribute(session, publicKey, CKA.MODULUS);
      return rsaSpki(modulus, sessions.module.attribute(session, publicKey, CKA.PUBLIC_EXPONENT));
    });
  }

  /** Unwraps what was encrypted for the offered key. */
  memberPrivateKey(): Handle {
    return this.#memberKey().privateKey;
  }

  /**
   * The domain key wrapped under another member's offered key, and its check value.
   * @throws HsmError NOT_ADMITTED, before anything is unwrapped, unless the key is admitted.
   */
  handOver(peerKey: Buffer): { readonly wrapped: Buffer; readonly checkValue: Buffer } {
    const peer = parsePeerKey(peerKey);
    this.#admission.check(peerKey);
    const { checkValue } = this.require();
    const record = this.#one(CKO.DATA, HAND_OVER_LABEL);
    if (record === null) throw new HsmError('DOMAIN_KEY_MISSING', 'The token has no hand-over record.');
    const { sessions } = this.#token;
    const { privateKey } = this.#memberKey();
    const wrapped = sessions.run('UNAVAILABLE', (session) => {
      const { module } = sessions;
      const own = module.attribute(session, record, CKA.VALUE);
      const template = unwrappedDomainKeyInTransit();
      const key = module.unwrap(session, HAND_OVER, { by: privateKey, wrapped: own, template });
      const by = module.create(session, peerPublicKey(peer.modulus, peer.exponent));
      const result = module.wrap(session, HAND_OVER, { by, key });
      module.destroy(session, key);
      module.destroy(session, by);
      return result;
    });
    return { wrapped, checkValue };
  }

  /**
   * Takes the domain key over, unless it is there already. Returns its check value.
   * @throws HsmError DOMAIN_KEY_MISMATCH when the token has another one, or when what came is not what was announced.
   */
  accept(wrapped: Buffer, expected: Buffer | null): Buffer {
    const existing = this.#find();
    if (existing !== null) return agreed(existing.checkValue, expected);
    const { sessions } = this.#token;
    const { privateKey } = this.#memberKey();
    // First the record, so that a member with the domain key can always hand it on.
    this.#forgetRecord();
    const handle = sessions.run('INVALID_INPUT', (session) => {
      sessions.module.create(session, handOverRecord(wrapped));
      return sessions.module.unwrap(session, HAND_OVER, { by: privateKey, wrapped, template: domainKey() });
    });
    const checkValue = this.#checkValueOf(handle);
    try {
      agreed(checkValue, expected);
    } catch (error) {
      sessions.run('UNAVAILABLE', (session) => sessions.module.destroy(session, handle));
      this.#forgetRecord();
      throw error;
    }
    this.#known = { handle, checkValue };
    return checkValue;
  }

  #forgetRecord(): void {
    const record = this.#one(CKO.DATA, HAND_OVER_LABEL);
    if (record === null) return;
    const { sessions } = this.#token;
    sessions.run('UNAVAILABLE', (session) => sessions.module.destroy(session, record));
  }

  #find(): { readonly handle: Handle; readonly checkValue: Buffer } | null {
    const handle = this.#one(CKO.SECRET_KEY, DOMAIN_KEY_LABEL);
    this.#known = handle === null ? null : { handle, checkValue: this.#checkValueOf(handle) };
    return this.#known;
  }

  #memberKey(): { readonly publicKey: Handle; readonly privateKey: Handle } {
    const publicKey = this.#one(CKO.PUBLIC_KEY, MEMBER_KEY_LABEL);
    const privateKey = this.#one(CKO.PRIVATE_KEY, MEMBER_KEY_LABEL);
    if (publicKey !== null && privateKey !== null) return { publicKey, privateKey };
    this.#token.way('DOMAIN_KEY');
    const { sessions } = this.#token;
    if (privateKey !== null && this.#one(CKO.DATA, HAND_OVER_LABEL) !== null)
      throw new HsmError('UNAVAILABLE', 'The token has lost the public half of its member key.');
    return sessions.run('UNAVAILABLE', (session) => {
      const lone = publicKey ?? privateKey;
      // The half of a pair whose making was interrupted: nothing was wrapped under it.
      if (lone !== null) sessions.module.destroy(session, lone);
      return sessions.module.generateKeyPair(session, CKM.RSA_PKCS_KEY_PAIR_GEN, memberKeyPair());
    });
  }

  #one(objectClass: number, label: string): Handle | null {
    const { sessions } = this.#token;
    const found = sessions.run('UNAVAILABLE', (session) => {
      return sessions.module.find(session, find(objectClass, label));
    });
    if (found.length > 1) throw new HsmError('UNAVAILABLE', `The token has several objects named ${label}.`);
    return found[0] ?? null;
  }

  /** The start of the all-zero AES-128 key wrapped under the domain key: equal exactly where the domain keys are. */
  #checkValueOf(handle: Handle): Buffer {
    return this.#wrapKnown(handle, Buffer.alloc(CHECKED_KEY_BYTES)).subarray(0, CHECK_VALUE_BYTES);
  }

  #wrapKnown(handle: Handle, value: Buffer): Buffer {
    const { sessions } = this.#token;
    return sessions.run('UNAVAILABLE', (session) => {
      const key = sessions.module.create(session, knownKey(value));
      const wrapped = sessions.module.wrap(session, KEY_WRAP, { by: handle, key });
      sessions.module.destroy(session, key);
      return wrapped;
    });
  }
}

function agreed(checkValue: Buffer, expected: Buffer | null): Buffer {
  if (expected === null) return checkValue;
  if (expected.length !== checkValue.length || !timingSafeEqual(expected, checkValue)) {
    throw new HsmError('DOMAIN_KEY_MISMATCH', 'The token has another domain key.');
  }
  return checkValue;
}

function parsePeerKey(spki: Buffer): { readonly modulus: Buffer; readonly exponent: Buffer } {
  try {
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    const { n, e } = key.export({ format: 'jwk' });
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (n === undefined || e === undefined || bits < MIN_PEER_MODULUS_BITS) throw new Error('too short');
    return { modulus: Buffer.from(n, 'base64url'), exponent: Buffer.from(e, 'base64url') };
  } catch (cause) {
    throw new HsmError('INVALID_INPUT', 'The member key offered is not an RSA key of 3072 bits.', { cause });
  }
}
