// Every error that leaves the adapter: one class, one table. PKCS#11's CKR_* codes become these in errors.ts alone.
// Messages never carry key material, plaintext, PINs or bytes from a caller.

interface HsmErrorRow {
  /** Number on the wire between node and client; never reused. */
  readonly wire: number;
  /** Whether another member may answer the same request differently. */
  readonly elsewhere: boolean;
  /** Whether it counts against the member that answered it. */
  readonly fault: boolean;
}

export const HSM_ERRORS = {
  /** A ciphertext, tag, IV or padding that does not decrypt: all alike. */
  INVALID_CIPHERTEXT: { wire: 1, elsewhere: false, fault: false },
  /** Wrong length, unknown name, an operation the key cannot do. */
  INVALID_INPUT: { wire: 2, elsewhere: false, fault: false },
  /** Outside key material that does not unwrap, parse or fit its spec. */
  INVALID_KEY_MATERIAL: { wire: 3, elsewhere: false, fault: false },
  /** The blob is malformed or does not unwrap under the domain key it names. */
  KEY_DAMAGED: { wire: 4, elsewhere: true, fault: false },
  /** The blob belongs to another domain key than the member's. */
  DOMAIN_KEY_MISMATCH: { wire: 5, elsewhere: true, fault: false },
  /** The member has no domain key (a fresh or emptied token): synchronise the cluster. */
  DOMAIN_KEY_MISSING: { wire: 6, elsewhere: true, fault: false },
  /** The token can do the operation in none of the known ways. */
  MECHANISM_MISSING: { wire: 7, elsewhere: true, fault: false },
  /** A bounded queue is full. */
  BUSY: { wire: 8, elsewhere: true, fault: false },
  /** The deadline passed. */
  TIMEOUT: { wire: 9, elsewhere: true, fault: true },
  /** No member, process, session or token to do the work. */
  UNAVAILABLE: { wire: 10, elsewhere: true, fault: true },
  /** The other side does not speak the protocol, or not this version. */
  PROTOCOL: { wire: 11, elsewhere: true, fault: true },
  /** The domain key was asked for with a key that the holding node's operator has not admitted. */
  NOT_ADMITTED: { wire: 12, elsewhere: false, fault: false },
} as const satisfies Record<string, HsmErrorRow>;

export type HsmErrorCode = keyof typeof HSM_ERRORS;

const BY_WIRE: ReadonlyMap<number, HsmErrorCode> = new Map(
  Object.entries(HSM_ERRORS).map(([code, { wire }]) => [wire, code as HsmErrorCode]),
);

export class HsmError extends Error {
  readonly code: HsmErrorCode;

  constructor(code: HsmErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HsmError';
    this.code = code;
  }
}

/** The code behind a number from the wire; undefined when there is none. */
export function errorCodeOf(wire: number): HsmErrorCode | undefined {
  return BY_WIRE.get(wire);
}

/** What was thrown as an HsmError; anything foreign counts as the member being unavailable. */
export function toHsmError(error: unknown): HsmError {
  if (error instanceof HsmError) return error;
  return new HsmError('UNAVAILABLE', 'The HSM operation failed unexpectedly.', { cause: error });
}
