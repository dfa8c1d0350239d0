// Data key pairs: made for the caller and kept nowhere. Few at once, because an RSA pair may take seconds of a core.
// Sources: data-plane specification 4.10; RFC 5958 (PKCS#8), RFC 5280 (SubjectPublicKeyInfo).

import { findKeySpec, isPairKind, type KeySpecName } from '../core/key-specs.ts';
import { KmsError } from '../errors.ts';
import { ConcurrencyLimit } from './concurrency-limit.ts';
import { generatePair } from './generate-pair.ts';
import { encodePem } from './pem.ts';

export type KeyFormat = 'PEM' | 'DER';

export interface DataKeyPair {
  /** SubjectPublicKeyInfo, PEM text or DER. */
  readonly publicKey: Buffer;
  /** Unencrypted PKCS#8, PEM text or DER; the caller's to wipe. */
  readonly privateKey: Buffer;
}

export class KeyPairGenerator {
  readonly #limit: ConcurrencyLimit;

  constructor({ maxConcurrent = 1 }: { readonly maxConcurrent?: number } = {}) {
    this.#limit = new ConcurrencyLimit(maxConcurrent);
  }

  /** Errors: Rejected.Throttling when too many are under way; InvalidParameter for a symmetric spec and EC_SM2. */
  async generateDataKeyPair(spec: KeySpecName, format: KeyFormat): Promise<DataKeyPair> {
    const kind = findKeySpec(spec)?.material;
    if (kind === undefined || !isPairKind(kind)) throw new KmsError('InvalidParameter');
    const pair = await this.#limit.run(() => generatePair(kind));
    const publicKey = pair.publicKey.export({ type: 'spki', format: 'der' });
    const privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'der' });
    if (format === 'DER') return { publicKey, privateKey };
    try {
      return {
        publicKey: encodePem('PUBLIC KEY', publicKey),
        privateKey: encodePem('PRIVATE KEY', privateKey),
      };
    } finally {
      privateKey.fill(0);
    }
  }
}
