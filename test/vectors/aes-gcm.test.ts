// AES_GCM through the key store port, both ways.

import { afterAll, describe, expect, it } from 'vitest';
import type { KeyVersion } from '../../appliance/core/key.ts';
import { encryption, softwareKeyStore, versionOf } from '../support/software-keys.ts';
import { type AeadTest, hex, vectorGroups } from '../support/vectors.ts';

const store = softwareKeyStore();
const algorithm = encryption('AES_GCM');
const tests = (vectorGroups('wycheproof-aes-256-gcm') as readonly { tests: AeadTest[] }[]).flatMap(
  (group) => group.tests,
);

afterAll(() => store.close());

function decrypt(version: KeyVersion, test: AeadTest) {
  return store.decrypt(version, algorithm, {
    ciphertext: hex(test.ct + test.tag),
    iv: hex(test.iv),
    aad: hex(test.aad),
  });
}

describe('AES_GCM against Wycheproof', () => {
  it.each(tests)('test $tcId ($flags) is $result', (test) => {
    const version = versionOf('Aliyun_AES_256', hex(test.key), null);
    if (test.result !== 'valid') {
      expect(() => decrypt(version, test)).toThrow(expect.objectContaining({ code: 'InvalidParameter' }));
      return;
    }
    const input = { plaintext: hex(test.msg), iv: hex(test.iv), aad: hex(test.aad) };
    expect(store.encrypt(version, algorithm, input)).toEqual({
      ciphertext: hex(test.ct + test.tag),
      iv: hex(test.iv),
    });
    expect(decrypt(version, test)).toEqual(hex(test.msg));
  });
});
