// What a client is told of each error of the HSM adapter.

import { expect, it } from 'vitest';
import { ERROR_TABLE, KmsError } from '../../../appliance/errors.ts';
import { answered } from '../../../appliance/keystore/hsm-failures.ts';
import { HsmError, type HsmErrorCode } from '../../../hsm-adapter/index.ts';

async function answerTo(code: HsmErrorCode): Promise<unknown> {
  return answered(Promise.reject(new HsmError(code, 'text'))).catch((error: unknown) => error);
}

it.each([
  ['BUSY', 'Rejected.Throttling'],
  ['TIMEOUT', 'ServiceUnavailableTemporary'],
  ['UNAVAILABLE', 'ServiceUnavailableTemporary'],
  ['PROTOCOL', 'ServiceUnavailableTemporary'],
  ['DOMAIN_KEY_MISSING', 'ServiceUnavailableTemporary'],
  ['DOMAIN_KEY_MISMATCH', 'ServiceUnavailableTemporary'],
  ['MECHANISM_MISSING', 'UnsupportedOperation'],
] as const)('%s is answered with %s', async (code, expected) => {
  expect(await answerTo(code)).toMatchObject({ code: expected });
});

it.each([
  ['INVALID_CIPHERTEXT', 'InvalidParameter'],
  ['INVALID_KEY_MATERIAL', 'InvalidKeyMaterial'],
] as const)('%s is answered with %s, always alike, without a cause', async (code, expected) => {
  const error = await answerTo(code);
  expect(error).toMatchObject({ code: expected, message: ERROR_TABLE[expected].message });
  expect((error as Error).cause).toBeUndefined();
});

it.each(['INVALID_INPUT', 'KEY_DAMAGED', 'NOT_ADMITTED'] as const)(
  '%s is no answer but a fault',
  async (code) => {
    const error = await answerTo(code);
    expect(error).toBeInstanceOf(HsmError);
    expect(error).not.toBeInstanceOf(KmsError);
  },
);
