// The only file that touches pkcs11js: loads a PKCS#11 module, calls it synchronously, turns its mechanism parameters
// into what the library wants. Runs in token processes only. Calls are never made on its *Async or *Callback variants:
// those corrupt memory or leak (HSM specification, section C).

import { CKD_NULL, CKF, CKG, CKM, CKU_USER, CKZ_DATA_SPECIFIED } from './cryptoki.ts';
import { HsmError } from './hsm-error.ts';
import { MechanismNumbers } from './mechanism-numbers.ts';

/** Session, slot and object handles: opaque, and valid for one connection to the module. */
export type Handle = Buffer & { readonly handle: unique symbol };

/** Built by attributes.ts alone: a malformed attribute aborts the process inside the library. */
export interface Attribute {
  readonly type: number;
  readonly value?: number | boolean | string | Buffer;
}

export type Template = readonly Attribute[];

export type MechanismCall =
  | { readonly mechanism: number }
  | { readonly mechanism: number; readonly iv: Uint8Array }
  | { readonly mechanism: typeof CKM.AES_GCM; readonly gcmIv: Uint8Array; readonly aad: Uint8Array }
  | { readonly mechanism: typeof CKM.RSA_PKCS_OAEP; readonly oaep: 'sha1' | 'sha256' }
  | { readonly mechanism: typeof CKM.RSA_PKCS_PSS; readonly saltBytes: number }
  | { readonly mechanism: typeof CKM.ECDH1_DERIVE; readonly point: Uint8Array };

export interface TokenInfo {
  readonly label: string;
  readonly serial: string;
  readonly manufacturer: string;
  readonly model: string;
}

type Library = import('pkcs11js').PKCS11;
type GcmParams = import('pkcs11js').AesGCM;
type OaepParams = import('pkcs11js').RsaOAEP;
type PssParams = import('pkcs11js').RsaPSS;
type EcdhParams = import('pkcs11js').ECDH1;

// Parameter types of pkcs11js.
const PARAMS = { OAEP: 4, PSS: 5, EC_DH: 6, GCM: 7 } as const;
const GCM_TAG_BITS = 128;
const OAEP_HASHES = {
  sha1: { hashAlg: CKM.SHA_1, mgf: CKG.MGF1_SHA1 },
  sha256: { hashAlg: CKM.SHA256, mgf: CKG.MGF1_SHA256 },
} as const;
const READ_WRITE = CKF.SERIAL_SESSION | CKF.RW_SESSION;
const MAX_FOUND = 16;

/** @throws HsmError UNAVAILABLE when pkcs11js is not installed; the library's own errors otherwise. */
export async function loadPkcs11Module(path: string): Promise<Pkcs11Module> {
  const { default: pkcs11js } = await import('pkcs11js').catch((cause: unknown) => {
    throw new HsmError('UNAVAILABLE', 'pkcs11js is not installed (it compiles with g++, make and python3).', {
      cause,
    });
  });
  const library = new pkcs11js.PKCS11();
  library.load(path);
  library.C_Initialize({ flags: CKF.OS_LOCKING_OK });
  return new Pkcs11Module(library);
}

export class Pkcs11Module {
  readonly #library: Library;
  #numbers = new MechanismNumbers();

  constructor(library: Library) {
    this.#library = library;
  }

  /** Once the product is known. */
  useNumbers(numbers: MechanismNumbers): void {
    this.#numbers = numbers;
  }

  slots(): Handle[] {
    return this.#library.C_GetSlotList(true) as Handle[];
  }

  tokenInfo(slot: Handle): TokenInfo {
    const info = this.#library.C_GetTokenInfo(slot);
    return {
      label: trimmed(info.label),
      serial: trimmed(info.serialNumber),
      manufacturer: trimmed(info.manufacturerID),
      model: trimmed(info.model),
    };
  }

  /** In the standard's numbers. */
  mechanisms(slot: Handle): ReadonlySet<number> {
    return this.#numbers.standard(this.#library.C_GetMechanismList(slot));
  }

  openSession(slot: Handle): Handle {
    return this.#library.C_OpenSession(slot, READ_WRITE) as Handle;
  }

  closeSession(session: Handle): void {
    this.#library.C_CloseSession(session);
  }

  sessionInfo(session: Handle): void {
    this.#library.C_GetSessionInfo(session);
  }

  login(session: Handle, pin: string): void {
    this.#library.C_Login(session, CKU_USER, pin);
  }

  random(session: Handle, bytes: number): Buffer {
    return this.#library.C_GenerateRandom(session, Buffer.alloc(bytes));
  }

  find(session: Handle, template: Template): Handle[] {
    this.#library.C_FindObjectsInit(session, this.#template(template));
    try {
      return this.#library.C_FindObjects(session, MAX_FOUND) as Handle[];
    } finally {
      this.#library.C_FindObjectsFinal(session);
    }
  }

  create(session: Handle, template: Template): Handle {
    return this.#library.C_CreateObject(session, this.#template(template)) as Handle;
  }

  destroy(session: Handle, object: Handle): void {
    this.#library.C_DestroyObject(session, object);
  }

  attribute(session: Handle, object: Handle, type: number): Buffer {
    const value = this.#library.C_GetAttributeValue(session, object, [{ type }])[0]?.value;
    return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
  }

  generateKey(session: Handle, mechanism: number, template: Template): Handle {
    return this.#library.C_GenerateKey(
      session,
      this.#mechanism({ mechanism }),
      this.#template(template),
    ) as Handle;
  }

  generateKeyPair(
    session: Handle,
    mechanism: number,
    templates: { readonly publicKey: Template; readonly privateKey: Template },
  ): { readonly publicKey: Handle; readonly privateKey: Handle } {
    const { publicKey, privateKey } = templates;
    const pair = this.#library.C_GenerateKeyPair(
      session,
      this.#mechanism({ mechanism }),
      this.#template(publicKey),
      this.#template(privateKey),
    );
    return { publicKey: pair.publicKey as Handle, privateKey: pair.privateKey as Handle };
  }

  wrap(session: Handle, call: MechanismCall, { by, key }: { by: Handle; key: Handle }): Buffer {
    return this.#library.C_WrapKey(session, this.#mechanism(call), by, key, Buffer.alloc(MAX_WRAPPED_BYTES));
  }

  unwrap(
    session: Handle,
    call: MechanismCall,
    { by, wrapped, template }: { by: Handle; wrapped: Buffer; template: Template },
  ): Handle {
    return this.#library.C_UnwrapKey(
      session,
      this.#mechanism(call),
      by,
      wrapped,
      this.#template(template),
    ) as Handle;
  }

  derive(session: Handle, call: MechanismCall, base: Handle, template: Template): Handle {
    return this.#library.C_DeriveKey(
      session,
      this.#mechanism(call),
      base,
      this.#template(template),
    ) as Handle;
  }

  /** `room` is the size of the output buffer: what the result may have at the most. */
  encrypt(session: Handle, call: MechanismCall, key: Handle, { data, room }: DataAndRoom): Buffer {
    this.#library.C_EncryptInit(session, this.#mechanism(call), key);
    return this.#library.C_Encrypt(session, nonNull(data), Buffer.alloc(room));
  }

  /** Tokens want room for the whole ciphertext, tag and padding included. */
  decrypt(session: Handle, call: MechanismCall, key: Handle, { data, room }: DataAndRoom): Buffer {
    this.#library.C_DecryptInit(session, this.#mechanism(call), key);
    return this.#library.C_Decrypt(session, nonNull(data), Buffer.alloc(room));
  }

  sign(session: Handle, call: MechanismCall, key: Handle, { data, room }: DataAndRoom): Buffer {
    this.#library.C_SignInit(session, this.#mechanism(call), key);
    return this.#library.C_Sign(session, nonNull(data), Buffer.alloc(room));
  }

  #mechanism(call: MechanismCall): import('pkcs11js').Mechanism {
    const mechanism = this.#numbers.own(call.mechanism);
    const parameter = parametersOf(call) ?? ('iv' in call ? Buffer.from(call.iv) : null);
    return parameter === null ? { mechanism } : { mechanism, parameter };
  }

  #template(template: Template): Attribute[] {
    return template.map((attribute) => this.#numbers.attribute(attribute));
  }
}

export interface DataAndRoom {
  readonly data: Buffer;
  readonly room: number;
}

const MAX_WRAPPED_BYTES = 8_192;

/** An empty buffer of its own becomes a NULL pointer inside the library, an empty view of another does not. */
function nonNull(data: Buffer): Buffer {
  return data.length === 0 ? Buffer.alloc(1).subarray(0, 0) : data;
}

/** Null for mechanisms that take none, or a bare IV. */
function parametersOf(call: MechanismCall): GcmParams | OaepParams | PssParams | EcdhParams | null {
  if ('gcmIv' in call) {
    const iv = Buffer.from(call.gcmIv);
    return { type: PARAMS.GCM, iv, ivBits: iv.length * 8, aad: Buffer.from(call.aad), tagBits: GCM_TAG_BITS };
  }
  if ('oaep' in call) return { type: PARAMS.OAEP, ...OAEP_HASHES[call.oaep], source: CKZ_DATA_SPECIFIED };
  if ('saltBytes' in call) {
    return { type: PARAMS.PSS, hashAlg: CKM.SHA256, mgf: CKG.MGF1_SHA256, saltLen: call.saltBytes };
  }
  if ('point' in call) return { type: PARAMS.EC_DH, kdf: CKD_NULL, publicData: Buffer.from(call.point) };
  return null;
}

/** Fields of token info are padded with blanks, by some modules with NULs. */
function trimmed(text: string): string {
  return text.replaceAll('\0', ' ').trim();
}
