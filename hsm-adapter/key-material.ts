// Outside key material, checked before it goes into a token, whose own checks differ from product to product: exact
// length of symmetric keys and SM2 scalars; PKCS#8 that is strict DER, of the spec's size or curve, and consistent in
// itself. Runs beside the token, in the process for slow work. Sources: control-plane specification 3.4.3.

import { createPrivateKey, createPublicKey } from 'node:crypto';
import { encodeSpki, keyPairOf } from '../sm/index.js';
import { checkedEcKey, checkedRsaKey } from '../wrapping/index.js';
import { HsmError } from './hsm-error.ts';
import { type HsmKeySpec, type KeyKind, kindOf } from './key-specs.ts';

export interface CheckedMaterial {
  /** The symmetric key, the PKCS#8 written anew, or the SM2 scalar. The caller wipes it. */
  readonly value: Buffer;
  readonly publicKey: Buffer | null;
}

/** @throws HsmError INVALID_KEY_MATERIAL, the same for whatever is wrong. */
export function checkMaterial(spec: HsmKeySpec, material: Buffer): CheckedMaterial {
  const checked = checkKind(kindOf(spec), material);
  if (checked === null) throw invalidMaterial();
  return checked;
}

export function invalidMaterial(): HsmError {
  return new HsmError('INVALID_KEY_MATERIAL', 'The key material is not of its spec.');
}

function checkKind(kind: KeyKind, material: Buffer): CheckedMaterial | null {
  switch (kind.type) {
    case 'aes':
    case 'sm4':
      return material.length === kind.bytes ? { value: Buffer.from(material), publicKey: null } : null;
    case 'rsa':
      return withPublicKey(checkedRsaKey(material, kind.modulusBits));
    case 'ec':
      return withPublicKey(checkedEcKey(material, kind.curve));
    case 'sm2':
      return checkScalar(material);
  }
}

function withPublicKey(pkcs8: Buffer | null): CheckedMaterial | null {
  if (pkcs8 === null) return null;
  try {
    const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    return { value: pkcs8, publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }) };
  } catch {
    return null;
  }
}

function checkScalar(material: Buffer): CheckedMaterial | null {
  const pair = keyPairOf(Buffer.from(material));
  return pair && { value: pair.scalar, publicKey: encodeSpki(pair.point) };
}
