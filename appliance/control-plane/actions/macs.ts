// GenerateMac and VerifyMac: checked like every call on a key, and refused, for no key spec of this instance makes
// message authentication codes. Source: control-plane specification 2.8.

import { z } from 'zod';
import { requireEnabled } from '../../core/crypto-service.ts';
import { KmsError } from '../../errors.ts';
import { type Action, defineAction, type Services } from '../action.ts';
import { base64, name, oneOf } from '../parameter-types.ts';
import { KEY_CALL } from './crypto-call.ts';

const generation = {
  KeyId: name,
  Algorithm: oneOf(['HMAC_SM3', 'HMAC_SHA_224', 'HMAC_SHA_256', 'HMAC_SHA_384', 'HMAC_SHA_512']),
  Message: base64,
};

export const MAC_ACTIONS: readonly Action[] = [
  macAction('GenerateMac', z.object(generation)),
  macAction('VerifyMac', z.object({ ...generation, Mac: base64 })),
];

function macAction(action: string, parameters: z.ZodObject<typeof generation>): Action {
  return defineAction({
    name: action,
    ...KEY_CALL,
    parameters,
    run({ KeyId }, { keys }: Services) {
      requireEnabled(keys.resolveKeyRef(KeyId));
      throw new KmsError('UnsupportedOperation');
    },
  });
}
