// Who does scheduled work and when: one process at a time, not while the clock cannot be believed, and whatever step a
// process dies at, the next one finishes the work and its audit.

import { describe, expect, test } from 'vitest';
import type { Store } from '../../../appliance/core/ports/store.ts';
import { claimLease, LEASE_MS } from '../../../appliance/core/scheduler-state.ts';
import { openLmdb } from '../../support/byte-stores.ts';
import { NOW } from '../../support/control-plane.ts';
import {
  DAY_MS,
  DOOMED,
  MAX_JUMP_MS,
  MINUTE_MS,
  type Schedulers,
  schedulers,
} from '../../support/schedulers.ts';

/** After taking the lease, the first deletion and the note that it is audited. */
const SECOND_DELETION = 4;

function doomedKeys(fixture: Schedulers, count: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, async () => (await fixture.createKey(DOOMED)).id));
}

function left(fixture: Schedulers, ids: readonly string[]): number {
  return ids.filter((id) => fixture.key(id) !== undefined).length;
}

describe('several processes over one store', () => {
  test('share the work so that each deed is done once, by the one that holds the lease', async () => {
    const fixture = schedulers(openLmdb());
    const ids = await doomedKeys(fixture, 5);
    const processes = ['one', 'two', 'three'].map((owner) => fixture.newProcess(owner));
    await Promise.all(processes.map((process) => process.check()));
    expect(left(fixture, ids)).toBe(0);
    expect(fixture.audit.records.map(({ resource }) => resource).sort()).toEqual([...ids].sort());
    expect(processes.map((process) => process.status().state).sort()).toEqual([
      'standby',
      'standby',
      'working',
    ]);
  });

  test('wait for the end of the lease of one that died, and take over at once from one that stopped', async () => {
    const fixture = schedulers(openLmdb());
    const [first, second, third] = ['one', 'two', 'three'].map((owner) => fixture.newProcess(owner)) as [
      ReturnType<Schedulers['newProcess']>,
      ReturnType<Schedulers['newProcess']>,
      ReturnType<Schedulers['newProcess']>,
    ];
    await first.check();
    const ids = await doomedKeys(fixture, 1);
    fixture.pass(LEASE_MS - 1);
    await second.check();
    expect([second.status().state, left(fixture, ids)]).toEqual(['standby', 1]);
    fixture.pass(1);
    await second.check();
    expect([second.status().state, left(fixture, ids)]).toEqual(['working', 0]);
    await first.check();
    expect(first.status().state).toBe('standby');
    await second.stop();
    await third.check();
    expect(third.status().state).toBe('working');
  });

  test('keep the lease by checking', async () => {
    const fixture = schedulers();
    const [first, second] = [fixture.newProcess('one'), fixture.newProcess('two')];
    for (let minutes = 0; minutes < 10; minutes += 1) {
      await first.check();
      await second.check();
      fixture.pass(MINUTE_MS);
    }
    expect([first.status().state, second.status().state]).toEqual(['working', 'standby']);
  });

  test('one that was held up while another took over does nothing more', async () => {
    const fixture = schedulers(openLmdb());
    const ids = await doomedKeys(fixture, 3);
    const quick = fixture.newProcess('quick');
    let transactions = 0;
    const slow = fixture.newProcess('slow', {
      wrap: (store) => ({
        ...store,
        async transact(change) {
          transactions += 1;
          if (transactions === SECOND_DELETION) {
            fixture.pass(LEASE_MS);
            await store.transact((transaction) =>
              claimLease(transaction, 'quick', { now: fixture.clock.now, proven: fixture.clock.now }),
            );
          }
          return store.transact(change);
        },
      }),
    });
    await slow.check();
    expect([slow.status().state, left(fixture, ids), transactions]).toEqual(['standby', 2, SECOND_DELETION]);
    await quick.check();
    expect([quick.status().state, left(fixture, ids)]).toEqual(['working', 0]);
    expect(fixture.audit.records.map(({ resource }) => resource).sort()).toEqual([...ids].sort());
  });

  test('a lease that ends further ahead than leases do, from when the clock was wrong, holds nobody off', async () => {
    const fixture = schedulers();
    fixture.clock.now += DAY_MS;
    await fixture.newProcess('of tomorrow').check();
    fixture.clock.now -= DAY_MS;
    const process = fixture.newProcess('of today');
    await process.check();
    expect(process.status().state).toBe('working');
  });
});

class Killed extends Error {}

/** Dies at its n-th transaction, before or after it is committed; from then on it does nothing. */
function dying(at: number, when: 'before' | 'after') {
  let transactions = 0;
  return (store: Store): Store => ({
    ...store,
    async transact(change) {
      transactions += 1;
      if (transactions > at || (transactions === at && when === 'before')) throw new Killed();
      const result = await store.transact(change);
      if (transactions === at) throw new Killed();
      return result;
    },
  });
}

describe('a process that dies', () => {
  const steps = [1, 2, 3, 4, 5, 6, 7].flatMap((at) => [[at, 'before'] as const, [at, 'after'] as const]);

  test.each(steps)(
    'at transaction %i, %s it is committed, leaves work that the next one finishes',
    async (at, when) => {
      const fixture = schedulers(openLmdb());
      const ids = await doomedKeys(fixture, 2);
      const rotating = await fixture.createKey({ rotationInterval: 7 * DAY_MS, rotatedAt: NOW - 7 * DAY_MS });
      await fixture.newProcess('dying', { wrap: dying(at, when) }).check();
      fixture.pass(LEASE_MS);
      await fixture.newProcess('next').check();
      expect(left(fixture, ids)).toBe(0);
      expect([...fixture.store.records.keyVersions.list({ prefix: `${rotating.id}-` })]).toHaveLength(2);
      expect(fixture.key(rotating.id)?.rotatedAt).not.toBe(rotating.rotatedAt);
      // Every deed is audited, under one request id; a record may have been written twice.
      const deeds = new Map(
        fixture.audit.records.map(({ requestId, api, resource }) => [requestId, `${api} ${resource}`]),
      );
      expect([...deeds.values()].sort()).toEqual(
        [...ids.map((id) => `DeleteKey ${id}`), `RotateKey ${rotating.id}`].sort(),
      );
      expect(fixture.store.records.scheduler.get('scheduler')?.unaudited).toEqual([]);
    },
  );

  test('has seven transactions to die at', async () => {
    const fixture = schedulers();
    await doomedKeys(fixture, 2);
    await fixture.createKey({ rotationInterval: 7 * DAY_MS, rotatedAt: NOW - 7 * DAY_MS });
    let transactions = 0;
    const count = (store: Store): Store => ({
      ...store,
      transact(change) {
        transactions += 1;
        return store.transact(change);
      },
    });
    await fixture.newProcess('counted', { wrap: count }).check();
    expect(transactions).toBe(7);
  });
});

describe('an audit log that cannot be written', () => {
  test('ends all deeds after the first, which is audited when it can be again', async () => {
    const fixture = schedulers();
    const ids = await doomedKeys(fixture, 3);
    const process = fixture.newProcess('one');
    fixture.audit.broken = true;
    for (let checks = 0; checks < 3; checks += 1) {
      await process.check();
      fixture.pass(MINUTE_MS);
      expect(process.status().state).toBe('failing');
    }
    expect(left(fixture, ids)).toBe(2);
    fixture.audit.broken = false;
    await process.check();
    expect([process.status().state, left(fixture, ids)]).toEqual(['working', 0]);
    expect(fixture.audit.records.map(({ resource }) => resource).sort()).toEqual([...ids].sort());
  });
});

describe('a clock that cannot be believed', () => {
  test('stops all work as long as it is wrong, without being taken for the truth meanwhile', async () => {
    const fixture = schedulers();
    const process = fixture.newProcess('one');
    await process.check();
    const { id } = await fixture.createKey({ state: 'PendingDeletion', deleteAt: NOW + 7 * DAY_MS });
    fixture.clock.now += 30 * DAY_MS;
    for (let checks = 0; checks < 5; checks += 1) {
      await process.check();
      expect(process.status()).toEqual({ state: 'clock-refused', aheadMs: 30 * DAY_MS });
      expect(fixture.key(id)).toBeDefined();
      fixture.pass(MINUTE_MS);
    }
    const refusals = fixture.logged.filter(({ message }) => message.startsWith('the clock has jumped ahead'));
    expect(refusals).toHaveLength(1);
    fixture.clock.now -= 30 * DAY_MS;
    await process.check();
    expect(process.status().state).toBe('working');
    expect(fixture.key(id)).toBeDefined();
  });

  test('is noticed after a restart, too, by every process', async () => {
    const fixture = schedulers();
    await fixture.newProcess('before').check();
    const { id } = await fixture.createKey({ state: 'PendingDeletion', deleteAt: NOW + 7 * DAY_MS });
    fixture.clock.now += 8 * DAY_MS;
    fixture.clock.tick = 0;
    for (const owner of ['after', 'another']) {
      const process = fixture.newProcess(owner);
      await process.check();
      await process.check();
      expect(process.status()).toEqual({ state: 'clock-refused', aheadMs: 8 * DAY_MS });
    }
    expect(fixture.key(id)).toBeDefined();
  });

  test('is believed up to the bound', async () => {
    const fixture = schedulers();
    await fixture.newProcess('before').check();
    const at = (ahead: number) => {
      fixture.clock.now = NOW + ahead;
      return fixture.newProcess('after');
    };
    const beyond = at(MAX_JUMP_MS + 1);
    await beyond.check();
    expect(beyond.status().state).toBe('clock-refused');
    const within = at(MAX_JUMP_MS);
    await within.check();
    expect(within.status().state).toBe('working');
  });

  test('is believed when the monotonic clock confirms that the time has passed', async () => {
    const fixture = schedulers();
    const process = fixture.newProcess('one');
    await process.check();
    fixture.pass(30 * DAY_MS);
    await process.check();
    expect(process.status().state).toBe('working');
  });

  test('that was set back makes nothing early and is believed', async () => {
    const fixture = schedulers();
    const process = fixture.newProcess('one');
    await process.check();
    const { id } = await fixture.createKey(DOOMED);
    fixture.clock.now -= DAY_MS;
    await process.check();
    expect([process.status().state, fixture.key(id) !== undefined]).toEqual(['working', true]);
    fixture.clock.now += DAY_MS;
    await process.check();
    expect(fixture.key(id)).toBeDefined();
    fixture.pass(MAX_JUMP_MS);
    await process.check();
    expect(fixture.key(id)).toBeUndefined();
  });

  test.each([
    [0, 'working'],
    [DAY_MS, 'working'],
    [-1, 'clock-refused'],
    [DAY_MS + 1, 'clock-refused'],
  ])('with the operator accepting it until %i ms from then is %s', async (reach, state) => {
    const fixture = schedulers();
    await fixture.newProcess('before').check();
    const jumped = NOW + 60 * DAY_MS;
    fixture.clock.now = jumped;
    const process = fixture.newProcess('accepting', { acceptUntil: jumped + reach });
    await process.check();
    expect(process.status().state).toBe(state);
  });

  test('that was accepted once is not accepted when it jumps again', async () => {
    const fixture = schedulers();
    await fixture.newProcess('before').check();
    fixture.clock.now += 60 * DAY_MS;
    const process = fixture.newProcess('accepting', { acceptUntil: fixture.clock.now + MINUTE_MS });
    await process.check();
    fixture.clock.now += 60 * DAY_MS;
    await process.check();
    expect(process.status()).toEqual({ state: 'clock-refused', aheadMs: 60 * DAY_MS });
  });
});

describe('a started scheduler', () => {
  test('checks at once and every minute after the last check, until it is stopped', async () => {
    const fixture = schedulers();
    const process = fixture.newProcess('one');
    const ring = async (): Promise<void> => {
      const [[run, delay] = []] = [...fixture.timers];
      expect([fixture.timers.size, delay]).toEqual([1, MINUTE_MS]);
      fixture.timers.clear();
      fixture.pass(MINUTE_MS);
      run?.();
      await process.check();
    };
    process.start();
    await process.check();
    expect(process.status().state).toBe('working');
    for (let minutes = 0; minutes < 3; minutes += 1) {
      const { id } = await fixture.createKey(DOOMED);
      await ring();
      expect(fixture.key(id)).toBeUndefined();
    }
    await process.stop();
    expect(fixture.timers.size).toBe(0);
    expect(fixture.store.records.scheduler.get('scheduler')?.owner).toBeNull();
  });

  test('that is stopped during a check finishes it and does not check again', async () => {
    const fixture = schedulers();
    const ids = await doomedKeys(fixture, 2);
    const process = fixture.newProcess('one');
    process.start();
    await process.stop();
    expect([left(fixture, ids), fixture.timers.size]).toEqual([0, 0]);
  });
});
