// Keys that an instance acknowledged, with what each of them protected: none may ever be lost.

import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { present } from './present.ts';
import type { StandardProcess } from './standard-process.ts';

const SPECS = ['Aliyun_AES_256', 'EC_P256'] as const;
type Spec = (typeof SPECS)[number] | 'RSA_2048';

const DATA = Buffer.from('what must not be lost');
const PAUSE_MS = 150;
const AT_ONCE = 8;

/** Resolves when the key works and what it protected before is there. */
type Check = () => Promise<void>;

export interface CreatedKeys {
  count(): number;
  create(spec: Spec): Promise<void>;
  /** Creates key after key meanwhile; every one must be acknowledged. */
  whileCreating(what: () => Promise<void>): Promise<void>;
  /** Uses every one of them. */
  check(): Promise<void>;
}

export function createdKeys({ root, application }: StandardProcess): CreatedKeys {
  const checks: Check[] = [];

  const aesCheck = async (KeyId: string): Promise<Check> => {
    const { CiphertextBlob, Iv } = await application.ok('Encrypt', { KeyId, Plaintext: DATA });
    return async () => {
      expect((await application.ok('Decrypt', { KeyId, CiphertextBlob, Iv })).Plaintext).toEqual(DATA);
    };
  };
  const signingCheck = (KeyId: string): Check => {
    const message = { KeyId, Message: DATA, MessageType: 'RAW' };
    return async () => {
      const { Signature } = await application.ok('Sign', message);
      expect((await application.ok('Verify', { ...message, Signature })).Value).toBe(true);
    };
  };
  const create = async (KeySpec: Spec): Promise<void> => {
    const KeyUsage = KeySpec === 'Aliyun_AES_256' ? 'ENCRYPT/DECRYPT' : 'SIGN/VERIFY';
    const { status, body } = await root.call('CreateKey', { KeySpec, KeyUsage });
    expect([status, body.Code]).toEqual([200, undefined]);
    const { KeyId } = body.KeyMetadata;
    checks.push(KeySpec === 'Aliyun_AES_256' ? await aesCheck(KeyId) : signingCheck(KeyId));
  };
  return {
    count: () => checks.length,
    create,
    async whileCreating(what) {
      let running = true;
      const creating = async (): Promise<void> => {
        for (let turn = 0; running; turn += 1) {
          await create(present(SPECS[turn % SPECS.length]));
          await delay(PAUSE_MS);
        }
      };
      const happening = what().finally(() => {
        running = false;
      });
      await Promise.all([happening, creating()]);
    },
    async check() {
      for (let first = 0; first < checks.length; first += AT_ONCE) {
        await Promise.all(checks.slice(first, first + AT_ONCE).map((check) => check()));
      }
    },
  };
}
