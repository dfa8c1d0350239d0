// Wraps a data key for whoever holds the private key of a given public key: the way a data key leaves the instance
// without being seen by the caller. RSA by WebCrypto, because it runs off the event loop; SM2 through its port.
// Sources: control-plane specification 2.8, RFC 8017 7.1.

import { createPublicKey, type KeyObject, webcrypto } from 'node:crypto';
import { invalidParameter } from './fields.ts';
import type { Sm2Encrypt } from './ports/sm2-encrypt.ts';

const { subtle } = webcrypto;
const MODULUS_BITS = 2048;

export interface WrappingKey {
  readonly spec: 'RSA_2048' | 'EC_SM2';
  readonly algorithm: 'RSAES_OAEP_SHA_256' | 'RSAES_OAEP_SHA_1' | 'SM2PKE';
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Buffer;
}

interface Wrapping {
  readonly spec: WrappingKey['spec'];
  readonly hash: 'SHA-256' | 'SHA-1';
  readonly maxBytes: number;
}

const WRAPPINGS: ReadonlyMap<string, Wrapping> = new Map([
  ['RSAES_OAEP_SHA_256', { spec: 'RSA_2048', hash: 'SHA-256', maxBytes: 190 }],
  ['RSAES_OAEP_SHA_1', { spec: 'RSA_2048', hash: 'SHA-1', maxBytes: 214 }],
]);

/** @throws KmsError InvalidParameter when key, algorithm and length do not fit */
export async function exportDataKey(
  { spec, algorithm, publicKey }: WrappingKey,
  dataKey: Buffer,
  sm2Encrypt: Sm2Encrypt,
): Promise<Buffer> {
  if (spec === 'EC_SM2' && algorithm === 'SM2PKE') {
    const wrapped = await sm2Encrypt(publicKey, dataKey);
    if (wrapped === null) throw invalidParameter('PublicKeyBlob');
    return wrapped;
  }
  const wrapping = WRAPPINGS.get(algorithm);
  if (wrapping?.spec !== spec) throw invalidParameter('WrappingAlgorithm');
  const spki = rsaKey(publicKey).export({ type: 'spki', format: 'der' });
  if (dataKey.length > wrapping.maxBytes) throw invalidParameter('WrappingKeySpec');
  const key = await subtle.importKey('spki', spki, { name: 'RSA-OAEP', hash: wrapping.hash }, false, [
    'encrypt',
  ]);
  return Buffer.from(await subtle.encrypt({ name: 'RSA-OAEP' }, key, dataKey));
}

function rsaKey(spki: Buffer): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  } catch {
    // Not a public key at all: refused like one of the wrong kind.
  }
  if (key?.asymmetricKeyType === 'rsa' && key.asymmetricKeyDetails?.modulusLength === MODULUS_BITS)
    return key;
  throw invalidParameter('PublicKeyBlob');
}
