// EncryptionContext as additional data. The digests were computed with sha256sum.

import { expect, test } from 'vitest';
import { encryptionContextAad } from '../../../appliance/core/encryption-context.ts';

test.each([
  ['{"a":"1","b":"2"}', '8e85be58c1c372ac29fe7bfa80d8ddcbd04a4032c7b51c1c026d67c55b1ab23f'],
  [' { "b" : "2" , "a" : "\\u0031" } ', '8e85be58c1c372ac29fe7bfa80d8ddcbd04a4032c7b51c1c026d67c55b1ab23f'],
  ['{"é😀":"x=y&z","Äpfel":"ja","a":""}', 'ca7175a4c3c255cb3021fcbc0e2d3bdc16c8bb46bd640af4ea9f6ab4efee1216'],
])('%s hashes its pairs in the order of their keys', (text, digest) => {
  expect(encryptionContextAad(text)?.toString('hex')).toBe(digest);
});

test('an empty context binds nothing', () => {
  expect(encryptionContextAad('{}')).toEqual(Buffer.alloc(0));
});

test('a member called __proto__ is a pair like another', () => {
  expect(encryptionContextAad('{"__proto__":"1"}')).not.toEqual(Buffer.alloc(0));
});

test.each(['', 'null', '[]', '["a"]', '"a"', '1', '{"a":1}', '{"a":null}', '{"a":{}}', '{', '{"a":"b"}}'])(
  '%s is not a context',
  (text) => {
    expect(encryptionContextAad(text)).toBeUndefined();
  },
);

test('8192 characters are the most', () => {
  const context = (length: number) => JSON.stringify({ a: 'x'.repeat(length - '{"a":""}'.length) });
  expect(encryptionContextAad(context(8192))).toHaveLength(32);
  expect(encryptionContextAad(context(8193))).toBeUndefined();
});
