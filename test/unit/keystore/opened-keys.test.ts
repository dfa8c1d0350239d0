// The cache of opened keys stays within its bound and keeps what is used.

import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { KeyVersionId } from '../../../appliance/core/ids.ts';
import { keySpec } from '../../../appliance/core/key-specs.ts';
import { OpenedKeys } from '../../../appliance/keystore/opened-keys.ts';

const secret = createSecretKey(Buffer.alloc(32));
const key = { spec: keySpec('Aliyun_AES_256'), privateKey: secret, publicKey: secret };
const id = (text: string) => text as KeyVersionId;

describe('OpenedKeys', () => {
  it('drops the least recently used key over its bound', () => {
    const keys = new OpenedKeys(2);
    keys.add(id('a'), key);
    keys.add(id('b'), key);
    keys.get(id('a'));
    keys.add(id('c'), key);
    expect([keys.get(id('a')), keys.get(id('b')), keys.get(id('c'))]).toEqual([key, undefined, key]);
  });

  it('keeps all when a key is added twice within the bound', () => {
    const keys = new OpenedKeys(2);
    for (const name of ['a', 'b', 'b']) keys.add(id(name), key);
    expect(keys.get(id('a'))).toBe(key);
  });

  it('is empty after clear', () => {
    const keys = new OpenedKeys(2);
    keys.add(id('a'), key);
    keys.clear();
    expect(keys.get(id('a'))).toBeUndefined();
  });
});
