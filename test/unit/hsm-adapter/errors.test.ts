// What the errors of a PKCS#11 module become: an answer to the request, or a member that is out of work.

import { expect, it } from 'vitest';
import { TokenLost, translate } from '../../../hsm-adapter/errors.ts';
import type { HsmErrorCode } from '../../../hsm-adapter/hsm-error.ts';
import type { Handle, Pkcs11Module } from '../../../hsm-adapter/pkcs11-module.ts';
import { SessionPool } from '../../../hsm-adapter/session-pool.ts';

const ckr = (code: number): Error => Object.assign(new Error('as the module says'), { code });
const healthy = () => true;

it.each<[string, number, HsmErrorCode, HsmErrorCode]>([
  ['a curve that the token does not have', 0x140, 'UNAVAILABLE', 'MECHANISM_MISSING'],
  ['parameters of a curve that it does not take', 0x130, 'UNAVAILABLE', 'MECHANISM_MISSING'],
  ['a template that it never takes', 0xd1, 'UNAVAILABLE', 'MECHANISM_MISSING'],
  ['a template that does not fit what came in', 0xd1, 'INVALID_KEY_MATERIAL', 'INVALID_KEY_MATERIAL'],
  ['a key that it does not wrap', 0x69, 'UNAVAILABLE', 'MECHANISM_MISSING'],
  ['a key that it does not let out', 0x6a, 'UNAVAILABLE', 'MECHANISM_MISSING'],
  ['a general error where the input is to blame', 0x05, 'INVALID_CIPHERTEXT', 'INVALID_CIPHERTEXT'],
  ['a general error where nothing else is', 0x05, 'UNAVAILABLE', 'UNAVAILABLE'],
  ['a code that nobody knows', 0x7fff, 'INVALID_CIPHERTEXT', 'UNAVAILABLE'],
])('%s, 0x%s', (_what, code, meaning, answer) => {
  expect(translate(ckr(code), meaning, healthy)).toMatchObject({ code: answer });
});

it('an ambiguous error of a token that fails its test is the token lost, a plain one is not asked about', () => {
  expect(translate(ckr(0x05), 'INVALID_CIPHERTEXT', () => false)).toBeInstanceOf(TokenLost);
  expect(translate(ckr(0x40), 'INVALID_CIPHERTEXT', () => false)).toMatchObject({
    code: 'INVALID_CIPHERTEXT',
  });
});

it('the test that the caller adds decides beside the session', () => {
  const session = Buffer.alloc(8) as Handle;
  const module = {
    openSession: () => session,
    closeSession: () => undefined,
    login: () => undefined,
    sessionInfo: () => undefined,
  } as unknown as Pkcs11Module;
  const pool = new SessionPool(module, session, 'pin');
  const fails = () => {
    throw ckr(0x06);
  };
  expect(() => pool.run('INVALID_CIPHERTEXT', fails, () => false)).toThrow(TokenLost);
  expect(() => pool.run('INVALID_CIPHERTEXT', fails)).toThrow(
    expect.objectContaining({ code: 'INVALID_CIPHERTEXT' }) as Error,
  );
});
