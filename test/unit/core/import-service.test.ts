// The rules of bringing one's own key. Source: control-plane specification 3.4.1 and 3.4.2.

import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { destroyKey } from '../../../appliance/core/key-deletion.ts';
import { KEY_SPECS, type KeySpecName, SM_KEY_SPECS } from '../../../appliance/core/key-specs.ts';
import type { KeyStore, WrappedMaterial } from '../../../appliance/core/ports/key-store.ts';
import { WRAPPING_ALGORITHMS } from '../../../appliance/core/wrapping.ts';
import { codeOf, coreServices, NOW } from '../../support/core-services.ts';
import {
  externalKey,
  importedKey,
  importParameters,
  importTo,
  stored,
  traces,
} from '../../support/imports.ts';
import { changed, present } from '../../support/present.ts';
import { softwareKeyStore } from '../../support/software-keys.ts';
import { sourceKey, waysOf, wrap } from '../../support/wrapping-side.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const keyStore = softwareKeyStore();
const services = (options: Parameters<typeof coreServices>[0] = {}) => coreServices({ keyStore, ...options });
afterAll(() => keyStore.close());

describe('a key of origin EXTERNAL', () => {
  test('waits for its material and has none', async () => {
    const core = services();
    const keyId = await externalKey(core);
    expect(traces(core, keyId)).toEqual({
      state: 'PendingImport',
      materialFingerprint: null,
      materialExpiresAt: null,
      versions: 0,
    });
  });

  test('does not rotate, before the import and after it', async () => {
    const core = services();
    const { keyId } = await importedKey(core);
    for (const id of [keyId, await externalKey(core)]) {
      expect(await codeOf(() => core.keys.createKeyVersion(id))).toBe('Rejected.UnsupportedOperation');
      expect(await codeOf(() => core.keys.updateRotationPolicy(id, true, '7d'))).toBe(
        'Rejected.UnsupportedOperation',
      );
    }
  });

  test('keeps its material: DeleteKeyMaterial is refused, as it is for other keys', async () => {
    const core = services();
    const { keyId } = await importedKey(core);
    expect(await codeOf(() => core.keys.deleteKeyMaterial(keyId))).toBe('UnsupportedOperation');
    const { id } = await core.keys.createKey({});
    expect(await codeOf(() => core.keys.deleteKeyMaterial(id))).toBe('Unsupported.Origin');
    expect(stored(core, keyId).state).toBe('Enabled');
  });

  test('goes with its material and its wrapping keys when its window ends', async () => {
    const core = services();
    const { keyId, parameters } = await importedKey(core);
    const other = await importedKey(core);
    await core.keys.scheduleKeyDeletion(keyId, 7);
    await core.store.transact((transaction) => destroyKey(transaction, stored(core, keyId)));
    expect([...core.store.records.wrappingKeys.list()].map((each) => each.keyId)).toEqual([other.keyId]);
    expect([...core.store.records.keyVersions.list()].map((each) => each.keyId)).toEqual([other.keyId]);
    expect(await codeOf(() => importTo(core.keys, parameters, randomBytes(32)))).toBe(
      'Forbidden.KeyNotFound',
    );
    expect(
      await codeOf(() => importTo(core.keys, { ...parameters, keyId: other.keyId }, randomBytes(32))),
    ).toBe('InvalidImportToken');
  });
});

describe('GetParametersForImport', () => {
  const rows = [...WRAPPING_ALGORITHMS.values()];
  const names = [...rows.map(({ name }) => name), 'RSAES_OAEP_SHA_1', 'constructor', ''] as const;

  test.each([...KEY_SPECS.keys()] as KeySpecName[])('takes the ways of %s and no others', async (spec) => {
    // Which has every spec.
    const core = services({ edition: 'standard' });
    const keyId = await externalKey(core, spec);
    const answered: string[] = [];
    for (const algorithm of names)
      for (const wrappingKeySpec of ['RSA_2048', 'EC_SM2', 'RSA_3072', 'EC_P256', '']) {
        const code = await codeOf(() =>
          core.keys.getParametersForImport(keyId, { algorithm, wrappingKeySpec }),
        );
        if (code === 'none') answered.push(`${algorithm} ${wrappingKeySpec}`);
        else expect(code).toBe('InvalidParameter');
      }
    const expected = waysOf(spec).map((way) => `${way} ${way.startsWith('SM2') ? 'EC_SM2' : 'RSA_2048'}`);
    expect(answered.sort()).toEqual(expected.sort());
  });

  test('makes no key of SM2 where those are withheld', async () => {
    const core = services({ withheldSpecs: SM_KEY_SPECS });
    const keyId = await externalKey(core);
    expect(await codeOf(() => importParameters(core.keys, keyId))).toBe('InvalidParameter');
    expect(await codeOf(() => importParameters(core.keys, keyId, 'RSAES_OAEP_SHA_256'))).toBe('none');
  });

  test('gives another key pair and token each time, for 24 hours', async () => {
    const core = services();
    const keyId = await externalKey(core);
    const [one, other] = [await importParameters(core.keys, keyId), await importParameters(core.keys, keyId)];
    expect(one.publicKey).not.toEqual(other.publicKey);
    expect(one.importToken).not.toEqual(other.importToken);
    expect(one.tokenExpiresAt).toBe(NOW + DAY_MS);
    expect(one.importToken.length).toBeLessThan(3000);
    const crossed = { ...one, importToken: other.importToken };
    expect(await codeOf(() => importTo(core.keys, crossed, randomBytes(32)))).toBe('InvalidKeyMaterial');
  });

  test('of a key made here, an alias, or nothing is refused', async () => {
    const core = services();
    const { id } = await core.keys.createKey({});
    await core.keys.createAlias('alias/a', id);
    expect(await codeOf(() => importParameters(core.keys, id))).toBe('Unsupported.Origin');
    expect(await codeOf(() => importParameters(core.keys, 'alias/a'))).toBe('Unsupported.Alias');
    expect(await codeOf(() => importParameters(core.keys, 'key-none'))).toBe('Forbidden.KeyNotFound');
  });

  test('holds at most a hundred live wrapping keys of a key, and drops those that expired', async () => {
    const core = services();
    const keyId = await externalKey(core);
    const first = await importParameters(core.keys, keyId);
    const [sample] = core.store.records.wrappingKeys.list();
    await core.store.transact(({ wrappingKeys }) => {
      for (let index = 1; index < 100; index += 1) {
        const id = `${present(sample).id.slice(0, -3)}${String(index).padStart(3, '0')}` as never;
        wrappingKeys.put(id, { ...present(sample), id });
      }
    });
    expect(await codeOf(() => importParameters(core.keys, keyId))).toBe('Rejected.LimitExceeded');
    core.clock.now = first.tokenExpiresAt;
    expect(await codeOf(() => importParameters(core.keys, keyId))).toBe('none');
    expect(core.store.records.wrappingKeys.count()).toBe(1);
  });
});

describe('an import token', () => {
  test('lasts 24 hours and can be used again within them', async () => {
    const core = services();
    const { parameters, material, keyId } = await importedKey(core);
    core.clock.now = NOW + DAY_MS - 1;
    await importTo(core.keys, parameters, material, NOW + 9 * DAY_MS);
    expect(stored(core, keyId).materialExpiresAt).toBe(NOW + 9 * DAY_MS);
    core.clock.now = NOW + DAY_MS;
    expect(await codeOf(() => importTo(core.keys, parameters, material))).toBe('ExpiredImportToken');
  });

  test('of another key, altered anywhere, cut, extended or made up is refused', async () => {
    const core = services();
    const keyId = await externalKey(core);
    const parameters = await importParameters(core.keys, keyId);
    const other = await importParameters(core.keys, await externalKey(core));
    const { importToken: token } = parameters;
    const encryptedKeyMaterial = wrap(parameters.publicKey, 'SM2PKE', randomBytes(32));
    const refused = async (importToken: Buffer): Promise<void> => {
      const request = { importToken, encryptedKeyMaterial, expiresAt: null };
      expect(await codeOf(() => core.keys.importKeyMaterial(keyId, request))).toBe('InvalidImportToken');
    };
    await refused(other.importToken);
    for (let at = 0; at < token.length; at += 1) await refused(changed(token, at));
    for (const bad of [token.subarray(1), token.subarray(0, -1), Buffer.concat([token, Buffer.of(0)])])
      await refused(bad);
    for (const size of [1, 32, 41, 100]) await refused(randomBytes(size));
    expect(traces(core, keyId)).toMatchObject({ state: 'PendingImport', versions: 0 });
  });

  test('of another key is refused as such also when it has expired', async () => {
    const core = services();
    const parameters = await importParameters(core.keys, await externalKey(core));
    const other = await importParameters(core.keys, await externalKey(core));
    core.clock.now = NOW + 2 * DAY_MS;
    const crossed = { ...parameters, importToken: other.importToken };
    expect(await codeOf(() => importTo(core.keys, crossed, randomBytes(32)))).toBe('InvalidImportToken');
  });
});

describe('importing', () => {
  test('enables the key; the same material may come again, other material may not', async () => {
    const core = services();
    const { keyId, parameters, material } = await importedKey(core);
    const before = traces(core, keyId);
    expect(before).toMatchObject({ state: 'Enabled', versions: 1 });
    expect(await codeOf(() => importTo(core.keys, parameters, randomBytes(32)))).toBe('InvalidKeyMaterial');
    expect(traces(core, keyId)).toEqual(before);
    await importTo(core.keys, await importParameters(core.keys, keyId), material);
    expect(traces(core, keyId)).toEqual(before);
  });

  test('to a disabled key leaves it disabled, to one that is going is refused', async () => {
    const core = services();
    const { keyId, parameters, material } = await importedKey(core);
    await core.keys.disableKey(keyId);
    await importTo(core.keys, parameters, material);
    expect(stored(core, keyId).state).toBe('Disabled');
    await core.keys.scheduleKeyDeletion(keyId, 7);
    expect(await codeOf(() => importTo(core.keys, parameters, material))).toBe(
      'Rejected.StateModifiedFailed',
    );
  });

  test('with an expiry that has passed is refused', async () => {
    const core = services();
    const keyId = await externalKey(core);
    const parameters = await importParameters(core.keys, keyId);
    for (const expiresAt of [1, NOW - 1, NOW])
      expect(await codeOf(() => importTo(core.keys, parameters, randomBytes(32), expiresAt))).toBe(
        'InvalidParameter',
      );
    expect(stored(core, keyId).state).toBe('PendingImport');
  });

  test.each([
    ['different', () => randomBytes(32)],
    ['the same', () => Buffer.alloc(32, 1)],
  ])('twice at once, %s material: exactly one wins and the other is told', async (_, material) => {
    const core = services();
    const keyId = await externalKey(core);
    const [left, right] = [
      await importParameters(core.keys, keyId),
      await importParameters(core.keys, keyId),
    ];
    const codes = await Promise.all(
      [left, right].map((each) => codeOf(() => importTo(core.keys, each, material()))),
    );
    expect(codes.sort()).toEqual(['Rejected.StateModifiedFailed', 'none']);
    expect(traces(core, keyId)).toMatchObject({ state: 'Enabled', versions: 1 });
  });

  test.each([
    ['was deleted', 'Forbidden.KeyNotFound'],
    ['was scheduled for deletion', 'Rejected.StateModifiedFailed'],
    ['lost its wrapping keys', 'InvalidImportToken'],
    ['outlived its token', 'ExpiredImportToken'],
    ['outlived the expiry', 'InvalidParameter'],
  ])('to a key that %s while it was unwrapped leaves nothing behind', async (what, code) => {
    let meanwhile: () => unknown = () => undefined;
    const slow: KeyStore = Object.assign(Object.create(keyStore) as KeyStore, {
      generateWrappingKey: keyStore.generateWrappingKey.bind(keyStore),
      async importMaterial(...args: [never, WrappedMaterial]) {
        const imported = await keyStore.importMaterial(...args);
        await meanwhile();
        return imported;
      },
    });
    const core = services({ keyStore: slow });
    const keyId = await externalKey(core);
    const parameters = await importParameters(core.keys, keyId);
    const { store, clock, keys } = core;
    const changes: Readonly<Record<string, () => unknown>> = {
      'was deleted': () => store.transact((transaction) => transaction.keys.delete(keyId)),
      'was scheduled for deletion': () => keys.scheduleKeyDeletion(keyId, 7),
      'lost its wrapping keys': () =>
        store.transact(({ wrappingKeys }) => {
          for (const { id } of [...wrappingKeys.list()]) wrappingKeys.delete(id);
        }),
      'outlived its token': () => {
        clock.now = NOW + DAY_MS;
      },
      'outlived the expiry': () => {
        clock.now = NOW + 1000;
      },
    };
    meanwhile = present(changes[what]);
    const expiresAt = what === 'outlived the expiry' ? NOW + 1000 : null;
    expect(await codeOf(() => importTo(keys, parameters, randomBytes(32), expiresAt))).toBe(code);
    expect(store.records.keyVersions.count()).toBe(0);
    expect(store.records.keys.get(keyId)?.materialFingerprint ?? null).toBeNull();
  });

  test.each(['Aliyun_SM4', 'RSA_2048', 'EC_P256', 'EC_P256K', 'EC_SM2'] as const)(
    'brings %s in by each of its ways',
    async (spec) => {
      const core = services();
      for (const way of waysOf(spec)) {
        const parameters = await importParameters(core.keys, await externalKey(core, spec), way);
        const encryptedKeyMaterial = wrap(parameters.publicKey, way, sourceKey(spec).material);
        const { importToken, keyId } = parameters;
        const key = await core.keys.importKeyMaterial(keyId, {
          importToken,
          encryptedKeyMaterial,
          expiresAt: null,
        });
        expect(key).toMatchObject({ state: 'Enabled', origin: 'EXTERNAL', spec });
      }
    },
  );
});
