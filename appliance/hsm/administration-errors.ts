// What administrators are told when the connection cannot be changed. The messages of settings and of the adapter carry
// no secret.

import { HsmError } from '../../hsm-adapter/index.ts';
import { KmsError } from '../errors.ts';
import { HsmSettingsError } from './hsm-settings-error.ts';

/** As a KmsError, or as it is when it is no matter of the administrator's. */
export function administrationError(error: unknown): unknown {
  if (error instanceof HsmSettingsError) {
    const subject = error.parameter === null ? '' : `The parameter ${error.parameter} is not valid: `;
    return new KmsError('InvalidParameter', `${subject}${error.message}.`, { cause: error });
  }
  if (!(error instanceof HsmError)) return error;
  if (error.code === 'DOMAIN_KEY_MISSING' || error.code === 'DOMAIN_KEY_MISMATCH') {
    return new KmsError('Rejected.StateModifiedFailed', error.message, { cause: error });
  }
  return new KmsError('ServiceUnavailableTemporary', undefined, { cause: error });
}
