// Bodies that are not what they should be, thrown at the listener by a caller whose signature is good: each gets a
// protobuf answer and one audit record, the process stays up and its memory flat; and decryption failures are alike,
// in time as well. More runs with SLOW=1. Source: data-plane specification 4.2 and section 6.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DataPlaneFixture, startDataPlane } from '../../support/data-plane.ts';
import type { DkmsAnswer } from '../../support/dkms-client.ts';
import {
  APIS,
  type Api,
  bytesField,
  encodeRequest,
  type Fields,
  varintField,
} from '../../support/dkms-messages.ts';
import { changed } from '../../support/present.ts';
import { SLOW } from '../../support/software-keys.ts';

const RUNS = { numRuns: SLOW ? 3000 : 150 };
const IV = Buffer.alloc(12, 5);
const TEXT = Buffer.from('text');

let plane: DataPlaneFixture;
let aes: string;
let signing: string;
let valid: readonly (readonly [Api, Buffer])[];

beforeAll(async () => {
  plane = await startDataPlane();
  aes = (await plane.createKey('Aliyun_AES_256')).id;
  signing = (await plane.createKey('EC_P256')).id;
  const { CiphertextBlob } = await plane.client.ok('Encrypt', { KeyId: aes, Plaintext: TEXT, Iv: IV });
  const messages: readonly (readonly [Api, Fields])[] = [
    ['Encrypt', { KeyId: aes, Plaintext: TEXT, Algorithm: 'AES_GCM', Aad: TEXT, Iv: IV }],
    ['Decrypt', { KeyId: aes, CiphertextBlob, Iv: IV }],
    ['AdvanceDecrypt', { KeyId: aes, CiphertextBlob, Iv: IV }],
    ['Sign', { KeyId: signing, Message: TEXT, MessageType: 'RAW' }],
    ['Verify', { KeyId: signing, Message: TEXT, Signature: TEXT }],
    ['GenerateRandom', { Length: 16 }],
    ['GenerateDataKey', { KeyId: aes, NumberOfBytes: 16 }],
    ['GetPublicKey', { KeyId: signing }],
  ];
  valid = messages.map(([api, fields]) => [api, encodeRequest(api, fields)] as const);
});

afterAll(() => plane.close());

beforeEach(() => {
  plane.audit.records.length = 0;
});

const answerOf = async (api: Api, body: Buffer): Promise<DkmsAnswer> => {
  plane.audit.records.length = 0;
  // The client throws on anything that is not the protobuf of the status.
  const answer = await plane.client.callBytes(api, body);
  expect(plane.audit.records).toHaveLength(1);
  expect(plane.audit.last).toMatchObject({ api, status: answer.status, requestId: answer.reply.RequestId });
  return answer;
};

async function expectServedOrRefused(api: Api, body: Buffer): Promise<void> {
  const { status, reply } = await answerOf(api, body);
  expect([200, 400, 403, 404, 409]).toContain(status);
  if (status !== 200) expect([reply.ErrorCode === '', reply.ErrorMessage === '']).toEqual([false, false]);
}

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));

describe('a body', () => {
  test('of random bytes is refused', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom(...APIS), bytes(300), expectServedOrRefused), RUNS);
  });

  test('that was cut, changed, doubled or interrupted is served or refused', async () => {
    const mutation = fc.oneof(
      fc.nat().map((at) => (body: Buffer) => body.subarray(0, at % body.length)),
      fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })).map(
        ([at, change]) =>
          (body: Buffer) =>
            changed(body, at % body.length, change),
      ),
      fc.constant((body: Buffer) => Buffer.concat([body, body])),
      fc.tuple(fc.nat(), bytes(20)).map(
        ([at, junk]) =>
          (body: Buffer) =>
            Buffer.concat([body.subarray(0, at % body.length), junk, body.subarray(at % body.length)]),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(), mutation, async (index, mutate) => {
        const [api, body] = valid[index % valid.length] ?? ['Encrypt', Buffer.alloc(0)];
        await expectServedOrRefused(api, mutate(body));
      }),
      RUNS,
    );
  });

  test('with any lengths and texts in its fields is served or refused', async () => {
    const text = fc.oneof(
      fc.string({ maxLength: 80 }),
      fc.constantFrom(
        '',
        'AES_GCM',
        'AES_CBC',
        'RSA_PSS_SHA_256',
        'NO_PADDING',
        'RAW',
        'DIGEST',
        '\u0000',
        '💥',
      ),
    );
    const fields = fc.record({
      Algorithm: text,
      PaddingMode: text,
      Iv: bytes(70),
      Aad: bytes(40),
      payload: bytes(200),
    });
    await fc.assert(
      fc.asyncProperty(fields, fc.boolean(), async ({ payload, ...others }, encrypting) => {
        const api = encrypting ? 'Encrypt' : 'Decrypt';
        const content = encrypting ? { Plaintext: payload } : { CiphertextBlob: payload };
        const { status } = await answerOf(api, encodeRequest(api, { KeyId: aes, ...content, ...others }));
        // Nothing that was not made by the key decrypts.
        expect(encrypting ? [200, 400] : [400]).toContain(status);
      }),
      RUNS,
    );
  });
});

describe('the codec', () => {
  const encrypt = (...parts: Buffer[]): Promise<string> =>
    answerOf(
      'Encrypt',
      Buffer.concat([encodeRequest('Encrypt', { KeyId: aes, Plaintext: TEXT }), ...parts]),
    ).then(({ code }) => code);

  test.each([
    ['an unknown field', bytesField(99, TEXT), 'none'],
    ['an unknown number', varintField(77, 5), 'none'],
    ['an unknown field with a number of two bytes', bytesField(5000, TEXT), 'none'],
    ['an unknown fixed64', Buffer.from('990600000000000000ff', 'hex'), 'none'],
    ['a field for the second time', bytesField(2, TEXT), 'InvalidParameter'],
    ['the same field for the second time', bytesField(1, Buffer.alloc(0)), 'InvalidParameter'],
    ['field number 0', bytesField(0, TEXT), 'InvalidParameter'],
    ['a number where text belongs', varintField(3, 1), 'InvalidParameter'],
    ['a length beyond the end', Buffer.of(0x1a, 0x7f, 0x41), 'InvalidParameter'],
    ['a length of 4 GiB', Buffer.from('1affffffff0f', 'hex'), 'InvalidParameter'],
    ['a varint without end', Buffer.alloc(20, 0xff), 'InvalidParameter'],
    ['an end of no group', Buffer.of(0x9c, 0x06), 'InvalidParameter'],
    ['an unknown group', Buffer.from('9b06d806019c06', 'hex'), 'InvalidParameter'],
    ['98 unknown fields', Buffer.alloc(98 * 3, Buffer.of(0x7a, 1, 0)), 'none'],
    ['99 unknown fields', Buffer.alloc(99 * 3, Buffer.of(0x7a, 1, 0)), 'InvalidParameter'],
    ['a million unknown fields', Buffer.alloc(3_000_000, Buffer.of(0x7a, 1, 0)), 'InvalidParameter'],
    ['a group without end', Buffer.of(0x9b, 0x06), 'InvalidParameter'],
    ['a wire type that does not exist', Buffer.of(0x9e, 0x06), 'InvalidParameter'],
    ['a text that is not UTF-8', bytesField(3, Buffer.of(0xc3, 0x28)), 'InvalidParameter'],
    ['half a surrogate', bytesField(3, Buffer.from('eda080', 'hex')), 'InvalidParameter'],
    ['an algorithm of 65 bytes', bytesField(3, Buffer.alloc(65, 0x41)), 'InvalidParameter'],
    ['an Iv of 65 bytes', bytesField(5, Buffer.alloc(65)), 'InvalidParameter'],
    ['a million groups in each other', Buffer.alloc(1_000_000, 0x7b), 'InvalidParameter'],
  ])('%s', async (_what, part, code) => {
    expect(await encrypt(part)).toBe(code);
  });

  test('a KeyId of 513 bytes, or one that is not UTF-8', async () => {
    for (const name of [Buffer.alloc(513, 0x61), Buffer.of(0xff)]) {
      const body = Buffer.concat([bytesField(1, name), bytesField(2, TEXT)]);
      expect((await answerOf('Encrypt', body)).code).toBe('InvalidParameter');
    }
  });
});

test('memory stays flat over some thousand bad requests', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const body = Buffer.alloc(20_000, 0xff);
  const round = async (): Promise<number> => {
    for (let count = 0; count < 20; count += 1) {
      await Promise.all(
        Array.from({ length: 50 }, (_, index) => {
          const [api, good] = valid[index % valid.length] ?? ['Encrypt', body];
          return plane.client.callBytes(api, index % 2 === 0 ? body : good.subarray(1));
        }),
      );
    }
    plane.audit.records.length = 0;
    plane.logged.length = 0;
    collect();
    const { heapUsed, external, arrayBuffers } = process.memoryUsage();
    return heapUsed + external + arrayBuffers;
  };
  // What a busy machine has not let go of yet only adds to a figure: the least of some is compared.
  const least = async (): Promise<number> => Math.min(await round(), await round(), await round());
  await round();
  const before = await least();
  expect((await least()) - before).toBeLessThan(4 * 1024 * 1024);
});

test('decryption failures take the same time, whatever is wrong', async () => {
  const blob = (await plane.client.ok('Encrypt', { KeyId: aes, Plaintext: Buffer.alloc(6000), Iv: IV }))
    .CiphertextBlob;
  const failures: Fields[] = [
    { KeyId: aes, CiphertextBlob: changed(blob, 0), Iv: IV },
    { KeyId: aes, CiphertextBlob: changed(blob, blob.length - 1), Iv: IV },
    { KeyId: aes, CiphertextBlob: blob, Iv: IV, Aad: TEXT },
    { KeyId: aes, CiphertextBlob: blob, Iv: changed(IV, 0) },
  ];
  const times: number[][] = failures.map(() => []);
  for (let run = 0; run < 60; run += 1) {
    for (const [index, fields] of failures.entries()) {
      const started = performance.now();
      expect(await plane.client.code('Decrypt', fields)).toBe('InvalidParameter');
      times[index]?.push(performance.now() - started);
    }
  }
  const medians = times.map((each) => each.sort((a, b) => a - b)[each.length / 2] ?? 0);
  // Wide, because the machine has other work: what it would show is a path of another kind.
  expect(Math.max(...medians) / Math.min(...medians)).toBeLessThan(3);
});
