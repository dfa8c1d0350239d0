// The answering end with a handler that blocks, as PKCS#11 calls do.

import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { oneATurn, RequestChannel, serveFrames } from '../../../hsm-adapter/frame-channel.ts';
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

it('an answer has left before the next request of the same chunk is begun, also when it is an error', async () => {
  const { asking, answering } = await pair();
  const left: number[] = [];
  const handle = oneATurn(({ operation }) => {
    left.push(answering.bytesWritten - answering.writableLength);
    if (operation === 'sign') throw new HsmError('UNAVAILABLE', 'as the test wants it');
    return [Buffer.of(7)];
  });
  serveFrames(answering, handle, () => undefined);
  // One turn, and so one chunk.
  const calls = [asking.call(call('probe')), asking.call(call('sign')), asking.call(call('probe'))];
  const [first, second, third] = await Promise.allSettled(calls);
  expect([first?.status, second?.status, third?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(left).toHaveLength(3);
  const [before = 0, behind = 0, last = 0] = left;
  expect(before).toBe(0);
  expect(behind).toBeGreaterThan(before);
  expect(last).toBeGreaterThan(behind);
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
