// The one place where CKR_* codes become HsmErrors. Some codes mean different things at different calls: a token says
// GENERAL_ERROR for a bad ciphertext as for a broken device, so the caller says what it would mean from a healthy token.
// Source: HSM specification, sections A (error quality), C (shapes of errors) and J (error classes).

import { CKR } from './cryptoki.ts';
import { HsmError, type HsmErrorCode } from './hsm-error.ts';

/** The connection to the token is of no further use: the process that holds it answers with this and ends. */
export class TokenLost extends HsmError {
  constructor(message: string, options?: ErrorOptions) {
    super('UNAVAILABLE', message, options);
    this.name = 'TokenLost';
  }
}

/** The token refused the PIN: nobody may try it again before the operator has looked (tokens lock). */
export class PinRejected extends HsmError {
  constructor(options?: ErrorOptions) {
    super('UNAVAILABLE', 'The token refused the PIN.', options);
    this.name = 'PinRejected';
  }
}

const LOST: ReadonlySet<number> = new Set([
  CKR.HOST_MEMORY,
  CKR.DEVICE_ERROR,
  CKR.DEVICE_MEMORY,
  CKR.DEVICE_REMOVED,
  CKR.KEY_HANDLE_INVALID,
  CKR.OBJECT_HANDLE_INVALID,
  CKR.OPERATION_ACTIVE,
  CKR.OPERATION_NOT_INITIALIZED,
  CKR.SESSION_CLOSED,
  CKR.SESSION_HANDLE_INVALID,
  CKR.TOKEN_NOT_PRESENT,
  CKR.TOKEN_NOT_RECOGNIZED,
  CKR.USER_NOT_LOGGED_IN,
  CKR.CRYPTOKI_NOT_INITIALIZED,
]);

const PIN: ReadonlySet<number> = new Set([
  CKR.PIN_INCORRECT,
  CKR.PIN_INVALID,
  CKR.PIN_LEN_RANGE,
  CKR.PIN_EXPIRED,
  CKR.PIN_LOCKED,
]);

const PLAIN: ReadonlyMap<number, HsmErrorCode> = new Map<number, HsmErrorCode>([
  [CKR.ENCRYPTED_DATA_INVALID, 'INVALID_CIPHERTEXT'],
  [CKR.ENCRYPTED_DATA_LEN_RANGE, 'INVALID_CIPHERTEXT'],
  [CKR.AEAD_DECRYPT_FAILED, 'INVALID_CIPHERTEXT'],
  [CKR.KEY_FUNCTION_NOT_PERMITTED, 'INVALID_INPUT'],
  [CKR.KEY_TYPE_INCONSISTENT, 'INVALID_INPUT'],
  [CKR.KEY_SIZE_RANGE, 'INVALID_INPUT'],
  [CKR.MECHANISM_INVALID, 'MECHANISM_MISSING'],
  [CKR.MECHANISM_PARAM_INVALID, 'MECHANISM_MISSING'],
  [CKR.DOMAIN_PARAMS_INVALID, 'MECHANISM_MISSING'],
  [CKR.CURVE_NOT_SUPPORTED, 'MECHANISM_MISSING'],
  [CKR.SESSION_COUNT, 'BUSY'],
]);

const AMBIGUOUS: ReadonlySet<number> = new Set([
  CKR.GENERAL_ERROR,
  CKR.FUNCTION_FAILED,
  CKR.ARGUMENTS_BAD,
  CKR.DATA_INVALID,
  CKR.DATA_LEN_RANGE,
  CKR.WRAPPED_KEY_INVALID,
  CKR.WRAPPED_KEY_LEN_RANGE,
]);

/** What was asked of the token is refused, not the device broken: where nobody else is to blame, it does not do it. */
const REFUSED: ReadonlySet<number> = new Set([
  CKR.ATTRIBUTE_TYPE_INVALID,
  CKR.ATTRIBUTE_VALUE_INVALID,
  CKR.KEY_NOT_WRAPPABLE,
  CKR.KEY_UNEXTRACTABLE,
  CKR.TEMPLATE_INCONSISTENT,
]);

/**
 * What a PKCS#11 call's failure means. `meaning` is what an ambiguous code stands for when the token is healthy, and
 * `healthy` asks it. HsmErrors pass as they are.
 */
export function translate(error: unknown, meaning: HsmErrorCode, healthy: () => boolean): HsmError {
  if (error instanceof HsmError) return error;
  const ckr = returnValueOf(error);
  const cause = { cause: error };
  if (Number.isNaN(ckr)) return new HsmError('INVALID_INPUT', 'The PKCS#11 library refused a call.', cause);
  const text = `PKCS#11 error 0x${ckr.toString(16)}${methodOf(error)}.`;
  if (PIN.has(ckr)) return new PinRejected(cause);
  if (LOST.has(ckr)) return new TokenLost(text, cause);
  const plain = PLAIN.get(ckr);
  if (plain !== undefined) return new HsmError(plain, text, cause);
  if (!healthy()) return new TokenLost(text, cause);
  return new HsmError(meaningOf(ckr, meaning), text, cause);
}

function meaningOf(ckr: number, meaning: HsmErrorCode): HsmErrorCode {
  if (REFUSED.has(ckr)) return meaning === 'UNAVAILABLE' ? 'MECHANISM_MISSING' : meaning;
  return AMBIGUOUS.has(ckr) ? meaning : 'UNAVAILABLE';
}

/** Some calls of pkcs11js throw a plain Error whose text alone has the code. */
function returnValueOf(error: unknown): number {
  if (!(error instanceof Error)) return Number.NaN;
  if ('code' in error && typeof error.code === 'number' && error.code !== 0) return error.code;
  return Number(/CKR_\w+:(\d+)/.exec(error.message)?.[1] ?? Number.NaN);
}

function methodOf(error: unknown): string {
  return error instanceof Error &&
    'method' in error &&
    typeof error.method === 'string' &&
    error.method !== ''
    ? ` in ${error.method}`
    : '';
}
