// What the scheduled jobs do to keys, and when: never early, whatever became of the key meanwhile.

import { describe, expect, test } from 'vitest';
import { NOW } from '../../support/control-plane.ts';
import { codeOf } from '../../support/core-services.ts';
import { importedKey, importParameters } from '../../support/imports.ts';
import { present } from '../../support/present.ts';
import { DAY_MS, DOOMED, MINUTE_MS, type Schedulers, schedulers } from '../../support/schedulers.ts';

const WEEK_MS = 7 * DAY_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Passes the time in steps that the clock guard takes for honest, checking at each. */
async function passTo(fixture: Schedulers, time: number): Promise<void> {
  const process = fixture.newProcess('one');
  await process.check();
  while (fixture.clock.now < time) {
    fixture.pass(Math.min(DAY_MS, time - fixture.clock.now));
    await process.check();
  }
}

function versionsOf({ store }: Schedulers, id: string): number {
  store.refresh();
  return [...store.records.keyVersions.list({ prefix: `${id}-` })].length;
}

describe('deletion', () => {
  test('destroys key, versions, aliases and tags when the window ends, and not a millisecond before', async () => {
    const fixture = schedulers();
    const { keys, store, audit } = fixture;
    const [doomed, other] = [
      await keys.createKey({ tags: [{ key: 'a', value: 'b' }] }),
      await keys.createKey({}),
    ];
    await keys.createKeyVersion(doomed.id);
    await keys.createAlias('alias/doomed', doomed.id);
    await keys.createAlias('alias/doomed-too', doomed.id);
    await keys.createAlias('alias/other', other.id);
    await keys.scheduleKeyDeletion(doomed.id, 7);

    await passTo(fixture, NOW + WEEK_MS - 1);
    expect(fixture.key(doomed.id)).toMatchObject({ state: 'PendingDeletion' });
    expect([versionsOf(fixture, doomed.id), audit.records.length]).toEqual([2, 0]);

    await passTo(fixture, NOW + WEEK_MS);
    expect(fixture.key(doomed.id)).toBeUndefined();
    expect(versionsOf(fixture, doomed.id)).toBe(0);
    expect([...store.records.aliases.list()].map(({ name }) => name)).toEqual(['alias/other']);
    expect(keys.listTags({ keyIds: [], having: [], nextToken: '' }).rows).toEqual([]);
    expect(await codeOf(() => keys.resolveKeyRef(doomed.id))).toBe('Forbidden.KeyNotFound');
    expect(await codeOf(() => keys.resolveKeyRef('alias/doomed'))).toBe('Forbidden.AliasNotFound');
    expect(fixture.key(other.id)).toMatchObject({ state: 'Enabled' });
    expect(versionsOf(fixture, other.id)).toBe(1);
    expect(fixture.forgotten()).toBe(1);
    expect(audit.records).toEqual([
      expect.objectContaining({
        plane: 'control',
        api: 'DeleteKey',
        resource: doomed.id,
        identityType: 'system',
        principal: 'scheduler',
        time: NOW + WEEK_MS,
        status: 200,
      }),
    ]);
  });

  test('leaves a key that was called back, and one that was scheduled again, to its new date', async () => {
    const fixture = schedulers();
    const { keys } = fixture;
    const [called, again] = [await keys.createKey({}), await keys.createKey({})];
    for (const { id } of [called, again]) await keys.scheduleKeyDeletion(id, 7);
    await passTo(fixture, NOW + DAY_MS);
    for (const { id } of [called, again]) await keys.cancelKeyDeletion(id);
    await keys.scheduleKeyDeletion(again.id, 7);
    await passTo(fixture, NOW + WEEK_MS + DAY_MS - 1);
    expect(fixture.key(called.id)).toMatchObject({ state: 'Enabled' });
    expect(fixture.key(again.id)).toMatchObject({ state: 'PendingDeletion' });
    await passTo(fixture, NOW + WEEK_MS + DAY_MS);
    expect([fixture.key(called.id) !== undefined, fixture.key(again.id)]).toEqual([true, undefined]);
  });

  test('that was overdue when the instance stopped happens at the first check', async () => {
    const fixture = schedulers();
    await fixture.newProcess('before').check();
    const { id } = await fixture.createKey(DOOMED);
    fixture.pass(DAY_MS);
    await fixture.newProcess('after').check();
    expect(fixture.key(id)).toBeUndefined();
  });

  test('that fell due while the instance was off waits until the clock has run true for the time of confirmation', async () => {
    const fixture = schedulers();
    await fixture.newProcess('before').check();
    const { id } = await fixture.createKey({ state: 'PendingDeletion', deleteAt: NOW + HOUR_MS });
    fixture.clock.now += DAY_MS;
    fixture.clock.tick = 0;
    const process = fixture.newProcess('after');
    await process.check();
    fixture.pass(HOUR_MS - 1);
    await process.check();
    expect(fixture.key(id)).toBeDefined();
    fixture.pass(1);
    await process.check();
    expect(fixture.key(id)).toBeUndefined();
  });

  test('never happens early by jumps of the clock that are believed one by one, and late if they are confirmed', async () => {
    const fixture = schedulers();
    const process = fixture.newProcess('one');
    await process.check();
    const { id } = await fixture.createKey({ state: 'PendingDeletion', deleteAt: NOW + 7 * DAY_MS });
    for (let jumps = 0; jumps < 10; jumps += 1) {
      fixture.clock.now += DAY_MS - MINUTE_MS;
      fixture.pass(MINUTE_MS);
      await process.check();
      expect(process.status().state).toBe('working');
    }
    expect(fixture.clock.now).toBeGreaterThan(NOW + 7 * DAY_MS);
    expect(fixture.key(id)).toBeDefined();
    fixture.pass(DAY_MS - 1);
    await process.check();
    expect(fixture.key(id)).toBeDefined();
    fixture.pass(1);
    await process.check();
    expect(fixture.key(id)).toBeUndefined();
  });

  test('goes by a clock that the operator accepted', async () => {
    const fixture = schedulers();
    await fixture.newProcess('before').check();
    const { id } = await fixture.createKey({ state: 'PendingDeletion', deleteAt: NOW + HOUR_MS });
    fixture.clock.now += 2 * HOUR_MS;
    fixture.clock.tick = 0;
    await fixture.newProcess('after', { acceptUntil: fixture.clock.now + MINUTE_MS }).check();
    expect(fixture.key(id)).toBeUndefined();
  });

  test('that is called back between looking and acting does not happen', async () => {
    const fixture = schedulers();
    const { id } = await fixture.createKey(DOOMED);
    // The first transaction of a check takes the lease; the key is changed before the next one runs.
    let transactions = 0;
    const process = fixture.newProcess('one', {
      wrap: (store) => ({
        ...store,
        async transact(change) {
          transactions += 1;
          if (transactions === 2) await fixture.keys.cancelKeyDeletion(id);
          return store.transact(change);
        },
      }),
    });
    await process.check();
    expect(fixture.key(id)).toMatchObject({ state: 'Enabled' });
    expect([transactions, fixture.audit.records]).toEqual([2, []]);
  });
});

describe('rotation', () => {
  const rotating = { automaticRotation: true, rotationInterval: '7d' };

  test('gives the key a version when its interval has passed, and again after another', async () => {
    const fixture = schedulers();
    const { id, primaryVersionId } = await fixture.keys.createKey(rotating);
    await passTo(fixture, NOW + WEEK_MS - 1);
    expect(versionsOf(fixture, id)).toBe(1);
    await passTo(fixture, NOW + WEEK_MS);
    const rotated = present(fixture.key(id));
    expect(versionsOf(fixture, id)).toBe(2);
    expect(rotated).toMatchObject({ rotatedAt: NOW + WEEK_MS, initialVersionId: primaryVersionId });
    expect(rotated.primaryVersionId).not.toBe(primaryVersionId);
    await passTo(fixture, NOW + 2 * WEEK_MS - 1);
    expect(versionsOf(fixture, id)).toBe(2);
    await passTo(fixture, NOW + 2 * WEEK_MS);
    expect(versionsOf(fixture, id)).toBe(3);
    const deeds = fixture.audit.records.map(({ api, resource, identityType }) => [
      api,
      resource,
      identityType,
    ]);
    expect(deeds).toEqual(Array.from({ length: 2 }, () => ['RotateKey', id, 'system']));
  });

  test('counts from a version made by hand', async () => {
    const fixture = schedulers();
    const { id } = await fixture.keys.createKey(rotating);
    await passTo(fixture, NOW + DAY_MS);
    await fixture.keys.createKeyVersion(id);
    await passTo(fixture, NOW + WEEK_MS);
    expect(versionsOf(fixture, id)).toBe(2);
    await passTo(fixture, NOW + WEEK_MS + DAY_MS);
    expect(versionsOf(fixture, id)).toBe(3);
  });

  test('is suspended while the key is disabled or pending deletion, and overdue soon after', async () => {
    const fixture = schedulers();
    const { keys } = fixture;
    const [disabled, doomed, off] = [
      await keys.createKey(rotating),
      await keys.createKey(rotating),
      await keys.createKey(rotating),
    ];
    await keys.disableKey(disabled.id);
    await keys.scheduleKeyDeletion(doomed.id, 30);
    await keys.updateRotationPolicy(off.id, false);
    await passTo(fixture, NOW + WEEK_MS + DAY_MS);
    for (const { id } of [disabled, doomed, off]) expect(versionsOf(fixture, id)).toBe(1);
    await keys.enableKey(disabled.id);
    await keys.cancelKeyDeletion(doomed.id);
    await passTo(fixture, fixture.clock.now + MINUTE_MS);
    expect([disabled, doomed, off].map(({ id }) => versionsOf(fixture, id))).toEqual([2, 2, 1]);
  });

  test('of a key that has too many versions fails, and that of the others does not', async () => {
    const fixture = schedulers(undefined, { keyVersions: 2 });
    const full = await fixture.keys.createKey(rotating);
    const other = await fixture.keys.createKey(rotating);
    await fixture.keys.createKeyVersion(full.id);
    await passTo(fixture, NOW + WEEK_MS);
    expect([full, other].map(({ id }) => versionsOf(fixture, id))).toEqual([2, 2]);
    expect(fixture.logged).toContainEqual({
      keyId: full.id,
      code: 'Rejected.LimitExceeded',
      message: 'the key was not rotated',
    });
    expect(fixture.audit.records.map(({ resource }) => resource)).toEqual([other.id]);
  });
});

describe('imported material', () => {
  test('is destroyed when it expires and not before, and its key waits for it', async () => {
    const fixture = schedulers();
    const { keys, store, audit } = fixture;
    const core = { keys, store };
    const [{ keyId }, lasting] = [await importedKey(core, NOW + HOUR_MS), await importedKey(core)];
    store.refresh();
    await passTo(fixture, NOW + HOUR_MS - 1);
    expect(fixture.key(keyId)).toMatchObject({ state: 'Enabled', materialExpiresAt: NOW + HOUR_MS });
    await passTo(fixture, NOW + HOUR_MS);
    expect(fixture.key(keyId)).toMatchObject({ state: 'PendingImport', materialExpiresAt: null });
    const [version] = store.records.keyVersions.list({ prefix: `${keyId}-` });
    expect(present(version).blob).toHaveLength(0);
    expect(fixture.key(lasting.keyId)).toMatchObject({ state: 'Enabled' });
    expect(fixture.forgotten()).toBe(1);
    expect(audit.records).toEqual([
      expect.objectContaining({ api: 'ExpireKeyMaterial', resource: keyId, principal: 'scheduler' }),
    ]);
  });

  test('that a wrong clock says has expired is refused, not destroyed', async () => {
    const fixture = schedulers();
    const { keyId } = await importedKey(fixture, NOW + HOUR_MS);
    fixture.store.refresh();
    expect(fixture.keys.resolveKeyId(keyId).state).toBe('Enabled');
    const process = fixture.newProcess('one');
    await process.check();
    fixture.clock.now += 2 * HOUR_MS;
    await process.check();
    expect(fixture.keys.resolveKeyId(keyId).state).toBe('PendingImport');
    fixture.clock.now -= 2 * HOUR_MS;
    await process.check();
    expect(fixture.keys.resolveKeyId(keyId).state).toBe('Enabled');
    expect(fixture.audit.records).toEqual([]);
  });

  test('of a key that is going is destroyed, too, and the key goes on going', async () => {
    const fixture = schedulers();
    const { keyId } = await importedKey(fixture, NOW + HOUR_MS);
    await fixture.keys.scheduleKeyDeletion(keyId, 7);
    await passTo(fixture, NOW + HOUR_MS);
    expect(fixture.key(keyId)).toMatchObject({ state: 'PendingDeletion', materialExpiresAt: null });
    await fixture.keys.cancelKeyDeletion(keyId);
    expect(fixture.key(keyId)).toMatchObject({ state: 'PendingImport' });
  });

  test('has its wrapping keys destroyed when their tokens expire', async () => {
    const fixture = schedulers();
    const { keyId } = await importedKey(fixture);
    fixture.pass(HOUR_MS);
    await importParameters(fixture.keys, keyId);
    const count = (): number => {
      fixture.store.refresh();
      return fixture.store.records.wrappingKeys.count();
    };
    await passTo(fixture, NOW + DAY_MS - 1);
    expect(count()).toBe(2);
    await passTo(fixture, NOW + DAY_MS);
    expect(count()).toBe(1);
    await passTo(fixture, NOW + DAY_MS + HOUR_MS);
    expect(count()).toBe(0);
    expect(fixture.audit.records.map(({ api, resource }) => [api, resource])).toEqual([
      ['ExpireImportToken', keyId],
      ['ExpireImportToken', keyId],
    ]);
  });
});
