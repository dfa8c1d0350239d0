// The private key of a Client Key, out of the file that the instance hands out once. PKCS#12 wraps the key as an
// encrypted PKCS#8, which node:crypto opens. Source: data-plane specification 3.3.

import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { at, elements, first } from '../test/support/der.ts';

/** pkcs-12PKCS8ShroudedKeyBag, 1.2.840.113549.1.12.10.1.2, as a DER element. */
const SHROUDED_KEY_BAG = '060b2a864886f70d010c0a0102';

export interface Credential {
  readonly keyId: string;
  readonly privateKey: KeyObject;
}

export async function readCredential(clientKeyFile: string, passwordFile: string): Promise<Credential> {
  const { KeyId, PrivateKeyData } = JSON.parse(await readFile(clientKeyFile, 'utf8')) as {
    KeyId: string;
    PrivateKeyData: string;
  };
  const passphrase = await readFile(passwordFile, 'utf8');
  const key = shroudedKey(Buffer.from(PrivateKeyData, 'base64'));
  return { keyId: KeyId, privateKey: createPrivateKey({ key, format: 'der', type: 'pkcs8', passphrase }) };
}

/** The EncryptedPrivateKeyInfo of the first shrouded key bag in a content that is not encrypted itself. */
function shroudedKey(pkcs12: Buffer): Buffer {
  // PFX: version, authSafe ContentInfo [ OID, [0] OCTET STRING ] of a SEQUENCE of ContentInfo of the same shape.
  const contents = elements(at(pkcs12, 0, 1, 1, 0, 0));
  for (const { content } of contents) {
    const [, explicit] = elements(content);
    const octets = explicit && elements(explicit.content)[0];
    if (octets?.tag !== 0x04) continue;
    for (const bag of elements(at(octets.content, 0))) {
      if (first(bag.content) === SHROUDED_KEY_BAG) return at(bag.content, 1);
    }
  }
  throw new Error('the PKCS#12 file holds no key bag');
}
