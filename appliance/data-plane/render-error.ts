// The only place where an error becomes bytes on the data plane: the Error protobuf with a code and a message that is
// never empty (the Java SDK breaks on an empty one). Source: data-plane specification 1.6 and 5.

import { errorEncoder } from '../../proto/index.ts';
import { type ErrorCode, KmsError } from '../errors.ts';

/** Codes that exist inside only; on the wire they carry the closest documented one. */
const WIRE_CODES: Partial<Record<ErrorCode, ErrorCode>> = {
  RequestBodyTooLarge: 'InvalidParameter',
  RequestHeaderTooLarge: 'InvalidParameter',
  RequestTimeout: 'InvalidParameter',
  'Forbidden.AliasNotFound': 'Forbidden.KeyNotFound',
};

/** The code a client sees for an error. */
export function wireCode(error: KmsError): ErrorCode {
  return WIRE_CODES[error.code] ?? error.code;
}

export function renderError(error: KmsError, requestId: string): Uint8Array {
  return errorEncoder.encode({
    StatusCode: error.status,
    ErrorCode: wireCode(error),
    ErrorMessage: error.message === '' ? new KmsError(error.code).message : error.message,
    RequestId: requestId,
  });
}
