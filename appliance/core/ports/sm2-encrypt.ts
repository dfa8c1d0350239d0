// Port: SM2 encryption to a public key of somebody else (C1 | C3 | C2), off the event loop.

/** Of one byte of plaintext or more, to a SubjectPublicKeyInfo in DER; null when that holds no SM2 key. */
export type Sm2Encrypt = (publicKey: Buffer, plaintext: Uint8Array) => Promise<Buffer | null>;
