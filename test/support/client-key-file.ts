// Opens a Client Key's PKCS#12 as an application does: its private key and its certificate.

import { createPrivateKey, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { present } from './present.ts';

export interface Credentials {
  /** `KAAP.<uuid>` */
  readonly keyId: string;
  readonly privateKey: KeyObject;
  readonly certificatePem: string;
}

export function openClientKey(keyId: string, privateKeyData: string, password: string): Credentials {
  const asn1 = forge.asn1.fromDer(Buffer.from(privateKeyData, 'base64').toString('latin1'));
  const file = forge.pkcs12.pkcs12FromAsn1(asn1, password);
  const { certBag = '', pkcs8ShroudedKeyBag = '' } = forge.pki.oids;
  const bag = (type: string) => present(file.getBags({ bagType: type })[type]?.[0]);
  return {
    keyId,
    privateKey: createPrivateKey(forge.pki.privateKeyToPem(present(bag(pkcs8ShroudedKeyBag).key))),
    certificatePem: forge.pki.certificateToPem(present(bag(certBag).cert)),
  };
}
