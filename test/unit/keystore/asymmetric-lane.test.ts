// The lane when threads die, the queue is full or it is closed: no call is left without an answer.

import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { KmsError } from '../../../appliance/errors.ts';
import { AsymmetricLane, type LaneOptions } from '../../../appliance/keystore/asymmetric-lane.ts';
import { DIE, HANG, THROW } from '../../support/fragile-worker.js';

const FRAGILE = new URL('../../support/fragile-worker.js', import.meta.url);
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const lanes: AsymmetricLane[] = [];

function lane(options: LaneOptions = {}): AsymmetricLane {
  const made = new AsymmetricLane(options);
  lanes.push(made);
  return made;
}

const ask = (of: AsymmetricLane, bytes: number) =>
  of.run('agree', { privateKey, point: new Uint8Array(65), bytes });

afterEach(async () => {
  await Promise.all(lanes.splice(0).map((made) => made.close()));
});

describe('AsymmetricLane', () => {
  it.each([DIE, THROW])('rejects the call a thread died of and serves the others (%i)', async (death) => {
    const fragile = lane({ entry: FRAGILE, threads: 1 });
    const calls = [10, death, 11, death, 12].map((bytes) => ask(fragile, bytes));
    const results = await Promise.allSettled(calls);
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).not.toBeInstanceOf(KmsError);
    }
    expect(await ask(fragile, 13)).toHaveLength(13);
  });

  it('refuses calls over its queue with Rejected.Throttling and serves those within', async () => {
    const small = lane({ entry: FRAGILE, threads: 1, maxQueued: 3 });
    const accepted = [10, 11, 12].map((bytes) => ask(small, bytes));
    await expect(ask(small, 13)).rejects.toMatchObject({ code: 'Rejected.Throttling' });
    expect((await Promise.all(accepted)).map((result) => result?.length)).toEqual([10, 11, 12]);
    expect(await ask(small, 14)).toHaveLength(14);
  });

  it('rejects what is under way, what waits and what comes later when it is closed', async () => {
    const hanging = lane({ entry: FRAGILE, threads: 1 });
    const calls = Promise.allSettled([ask(hanging, HANG), ask(hanging, 10)]);
    await hanging.close();
    expect((await calls).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(ask(hanging, 11)).rejects.toThrow();
  });

  it('rejects every call when its module cannot be loaded', async () => {
    const broken = lane({ entry: new URL('./no-such-module.js', import.meta.url) });
    const results = await Promise.allSettled([10, 11, 12].map((bytes) => ask(broken, bytes)));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });

  it('rejects every call when no thread can be started', async () => {
    const broken = lane({ entry: new URL('https://localhost/') });
    const results = await Promise.allSettled([10, 11].map((bytes) => ask(broken, bytes)));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('answers calls that came together with the answers of each', async () => {
    const two = lane({ entry: FRAGILE, threads: 2 });
    const lengths = Array.from({ length: 100 }, (_, index) => index + 10);
    const answers = await Promise.all(lengths.map((bytes) => ask(two, bytes)));
    expect(answers.map((answer) => answer?.length)).toEqual(lengths);
  });

  it('lets a long call go alone: what came with it is not held up by it', async () => {
    const two = lane({ entry: FRAGILE, threads: 2 });
    const long = two.run('agree', { privateKey, point: new Uint8Array(65), bytes: HANG }, 100_000);
    const cutOff = expect(long).rejects.toThrow();
    const others = Promise.all(Array.from({ length: 10 }, (_, index) => ask(two, index + 10)));
    expect(await others).toHaveLength(10);
    await two.close();
    await cutOff;
  });

  it('rejects an operation that fails with a plain Error and works on', async () => {
    const real = lane({ threads: 1 });
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const failed = await real
      .run('rsaPrivate', { privateKey: rsa, encoded: new Uint8Array(5) })
      .catch((e: unknown) => e);
    expect(failed).toBeInstanceOf(Error);
    expect(failed).not.toBeInstanceOf(KmsError);
    expect(await real.run('rsaPrivate', { privateKey: rsa, encoded: new Uint8Array(256) })).toHaveLength(256);
  });
});
