// How much of all bodies together is held, before anybody has authenticated.

import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import {
  BodyAllowance,
  type GiveUp,
  type ReceivedBody,
  receiveBody,
  withoutBytes,
} from '../../../appliance/data-plane/request-body.ts';
import { KmsError } from '../../../appliance/errors.ts';

const KIB = 1024;
const limits = { smallBytes: 1024 * KIB, largeBytes: 256 * KIB };

interface Sending {
  readonly request: IncomingMessage;
  readonly giveUp: GiveUp;
  received: ReceivedBody | null;
}

function sending(allowance: BodyAllowance): Sending {
  const request = new IncomingMessage(new Socket());
  const giveUp = receiveBody(request, allowance, (body) => {
    result.received = body;
  });
  const result: Sending = { request, giveUp, received: null };
  return result;
}

function send(allowance: BodyAllowance, bytes: number): Sending {
  const result = sending(allowance);
  result.request.emit('data', Buffer.alloc(bytes));
  return result;
}

test('many bodies of a few KiB are held up to their limit, and refused beyond', () => {
  const allowance = new BodyAllowance(limits);
  const all = Array.from({ length: 40 }, () => send(allowance, 60 * KIB));
  expect(allowance.held).toBeLessThanOrEqual(limits.smallBytes);
  expect(allowance.held).toBeGreaterThan(limits.smallBytes - 64 * KIB);
  for (const { request } of all) request.emit('end');
  const refused = all.filter(({ received }) => received?.refusal);
  expect(refused.length).toBe(40 - 16);
  for (const { received } of refused) {
    expect([received?.refusal?.code, received?.bytes.length]).toEqual(['Rejected.Throttling', 0]);
  }
  for (const { received } of all) received?.release();
  expect(allowance.held).toBe(0);
});

test('chunks of one byte count for what they cost', () => {
  const allowance = new BodyAllowance(limits);
  const { request } = sending(allowance);
  for (let count = 0; count < 100; count += 1) request.emit('data', Buffer.alloc(1));
  expect(allowance.held).toBe(100 * 257);
});

test('large bodies that use up their allowance leave that of small ones, and give all back when given up', () => {
  const allowance = new BodyAllowance(limits);
  const large = send(allowance, 300 * KIB);
  const refused = send(allowance, 100 * KIB);
  const small = send(allowance, 60 * KIB);
  for (const { request } of [refused, small]) request.emit('end');
  expect([refused.received?.refusal?.code, small.received?.refusal]).toEqual([
    'Rejected.Throttling',
    undefined,
  ]);
  small.received?.release();
  large.giveUp(new KmsError('InvalidParameter'));
  expect(allowance.held).toBe(0);
});

test('a body that is refused anyhow is let go at once, and once only', () => {
  const allowance = new BodyAllowance(limits);
  const { request } = send(allowance, 10 * KIB);
  const kept = send(allowance, 20 * KIB);
  const held = allowance.held;
  const dropping = sending(allowance);
  dropping.request.emit('data', Buffer.alloc(5 * KIB));
  dropping.request.emit('end');
  if (!dropping.received) throw new Error('not received');
  const dropped = withoutBytes(dropping.received);
  dropped.release();
  expect([dropped.bytes.length, allowance.held]).toEqual([0, held]);
  for (const each of [request, kept.request]) each.emit('error', new Error('gone'));
  expect(allowance.held).toBe(0);
});
