// The answering end with a handler that blocks, as PKCS#11 calls do.

import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { inShares, RequestChannel, serveFrames } from '../../../hsm-adapter/frame-channel.ts';
import { HsmError } from '../../../hsm-adapter/hsm-error.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function pair(): Promise<{ asking: RequestChannel; answering: Socket }> {
  const path = join(temporaryFolder(), 'pair.sock');
  const server = createServer().listen(path);
  await once(server, 'listening');
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const asking = createConnection({ path });
  const [answering] = await accepted;
  const channel = new RequestChannel(asking, { monotonic: () => 0, onClose: () => undefined });
  onTestFinished(() => {
    channel.close();
    server.close();
  });
  return { asking: channel, answering };
}

const call = (operation: 'sign' | 'probe') =>
  ({
    operation,
    fields: operation === 'sign' ? [Buffer.of(), Buffer.of(), Buffer.of()] : [],
    deadlineMs: 5_000,
  }) as const;

/** What has left the answering end when each of four requests of one chunk is begun; each takes `workMs` and fails. */
async function leftBefore(workMs: number): Promise<number[]> {
  const { asking, answering } = await pair();
  const left: number[] = [];
  let now = 0;
  const handle = inShares(
    ({ operation }) => {
      left.push(answering.bytesWritten - answering.writableLength);
      now += workMs;
      if (operation === 'sign') throw new HsmError('UNAVAILABLE', 'as the test wants it');
      return [Buffer.of(7)];
    },
    () => now,
  );
  serveFrames(answering, handle, () => undefined);
  // The first is alone in its turn; those behind it come in one chunk.
  const calls = (['probe', 'sign', 'probe', 'probe'] as const).map((operation) =>
    asking.call(call(operation)),
  );
  const settled = await Promise.allSettled(calls);
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  return left;
}

it('the answer to a slow request has left before the next of the same chunk is begun, also when it is an error', async () => {
  const [first = 0, ...later] = await leftBefore(10);
  expect(first).toBe(0);
  for (const [index, left] of later.entries()) expect(left).toBeGreaterThan([first, ...later][index] ?? 0);
});

it('quick requests are done in one turn, and their answers leave together', async () => {
  const [first, second = 0, third, fourth] = await leftBefore(0);
  expect(first).toBe(0);
  expect(second).toBeGreaterThan(0);
  expect([third, fourth]).toEqual([second, second]);
});

it('a request that passed its deadline is owed until it is answered', async () => {
  const { asking, answering } = await pair();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  serveFrames(
    answering,
    () => held.then(() => []),
    () => undefined,
  );
  await expect(asking.call({ ...call('probe'), deadlineMs: 20 })).rejects.toMatchObject({ code: 'TIMEOUT' });
  expect(asking).toMatchObject({ inFlight: 0, owed: 1 });
  const next = asking.call(call('probe'));
  release();
  await next;
  expect(asking).toMatchObject({ inFlight: 0, owed: 0 });
});
