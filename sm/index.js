// SM2, SM3 and SM4: the algorithms alone, on bytes. Plain JavaScript that imports packages only, because it runs in
// worker threads, which inherit no TypeScript loader, and beside the tokens of an HSM as well as in the appliance.
// SM3 and the SM4 block cipher are node:crypto's; SM2 stands on @noble/curves, never on node:crypto's curve "SM2", whose
// signatures are not SM2's. Sources: GB/T 32918 (SM2), 32905 (SM3), 32907 (SM4), RFC 8998 (SM4-GCM).

export { randomScalar } from './curve.js';
export { INTEGER, OCTET_STRING, readElement, SEQUENCE, writeElement } from './der.js';
export { Undecryptable } from './errors.js';
export { decrypt, encrypt } from './sm2-encryption.js';
export { decodePkcs8, decodeSpki, encodePkcs8, encodeSpki } from './sm2-key-encoding.js';
export { generateKeyPair, keyPairOf } from './sm2-keys.js';
export { digestMessage, signDigest, verifyDigest } from './sm2-signature.js';
export { openGcm, sealGcm } from './sm4-gcm.js';
