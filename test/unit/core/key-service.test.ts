// The rules of keys and aliases over a store in memory and the software key store.

import { describe, expect, test } from 'vitest';
import { isKeyId, keyIdOfVersion } from '../../../appliance/core/ids.ts';
import type { KeyState } from '../../../appliance/core/key.ts';
import type { NewKey } from '../../../appliance/core/key-service.ts';
import type { KeyStore } from '../../../appliance/core/ports/key-store.ts';
import { type CoreServices, codeOf, coreServices, FIRST_PAGE, NOW } from '../../support/core-services.ts';
import { present } from '../../support/present.ts';
import { encryption, softwareKeyStore } from '../../support/software-keys.ts';

const ARN = 'acs:kms:cn-hangzhou:1000000000000001:';

async function keyInState({ keys, store }: CoreServices, state: KeyState): Promise<string> {
  const key = await keys.createKey({});
  await store.transact((transaction) => transaction.keys.put(key.id, { ...key, state }));
  return key.id;
}

describe('creating a key', () => {
  test('without any wish gives an enabled AES-256 key for encryption', async () => {
    const { keys } = coreServices();
    const key = await keys.createKey({});
    expect(key).toMatchObject({
      spec: 'Aliyun_AES_256',
      usage: 'ENCRYPT/DECRYPT',
      origin: 'Aliyun_KMS',
      protectionLevel: 'SOFTWARE',
      state: 'Enabled',
      description: '',
      createdAt: NOW,
    });
    expect(isKeyId(key.id)).toBe(true);
    expect(keyIdOfVersion(key.primaryVersionId)).toBe(key.id);
    expect(key.initialVersionId).toBe(key.primaryVersionId);
  });

  test('stores material that works, under the identity of the key version', async () => {
    const { keys, store, keyStore } = coreServices();
    const key = await keys.createKey({});
    const version = present(store.records.keyVersions.get(key.primaryVersionId));
    const algorithm = encryption('AES_GCM');
    const { ciphertext, iv } = await keyStore.encrypt(version, algorithm, { plaintext: Buffer.from('text') });
    expect(await keyStore.decrypt(version, algorithm, { ciphertext, iv })).toEqual(Buffer.from('text'));
  });

  test.each<[NewKey, Partial<NewKey>]>([
    [{ spec: 'EC_P256' }, { usage: 'SIGN/VERIFY' }],
    [{ spec: 'EC_P256', usage: 'ENCRYPT/DECRYPT' }, { usage: 'ENCRYPT/DECRYPT' }],
    [{ spec: 'EC_P256K', usage: 'SIGN/VERIFY' }, { usage: 'SIGN/VERIFY' }],
    [{ spec: 'RSA_2048', usage: 'ENCRYPT/DECRYPT' }, { usage: 'ENCRYPT/DECRYPT' }],
    [{ protectionLevel: 'HSM' }, { protectionLevel: 'HSM' }],
    [{ protectionLevel: 'SOFTWARE' }, { protectionLevel: 'SOFTWARE' }],
    [{ origin: 'Aliyun_KMS' }, { origin: 'Aliyun_KMS' }],
    [{ origin: 'EXTERNAL' }, { origin: 'EXTERNAL' }],
    [{ description: 'd'.repeat(8192) }, { description: 'd'.repeat(8192) }],
  ])('with %o is accepted', async (request, expected) => {
    expect(await coreServices().keys.createKey(request)).toMatchObject(expected);
  });

  test.each<[NewKey, string]>([
    [{ spec: 'Aliyun_AES_512' }, 'InvalidParameter'],
    [{ spec: 'constructor' }, 'InvalidParameter'],
    [{ usage: 'SIGN/VERIFY' }, 'InvalidParameter'],
    [{ spec: 'RSA_2048', usage: 'sign/verify' }, 'InvalidParameter'],
    [{ origin: 'external' }, 'InvalidParameter'],
    [{ origin: 'EXTERNAL', automaticRotation: true, rotationInterval: '7d' }, 'UnsupportedOperation'],
    [{ protectionLevel: 'NONE' }, 'InvalidParameter'],
    [{ description: 'd'.repeat(8193) }, 'InvalidParameter'],
  ])('with %o is refused with %s and leaves nothing behind', async (request, code) => {
    const { keys, store } = coreServices();
    expect(await codeOf(() => keys.createKey(request))).toBe(code);
    expect(store.records.keys.count() + store.records.keyVersions.count()).toBe(0);
  });

  test('over the quota is refused, also when the last place goes to another call meanwhile', async () => {
    const { keys, store } = coreServices({ limits: { keys: 2 } });
    const codes = await Promise.all([0, 1, 2].map(() => codeOf(() => keys.createKey({ spec: 'EC_P256' }))));
    expect(codes.sort()).toEqual(['Rejected.LimitExceeded', 'none', 'none']);
    expect(await codeOf(() => keys.createKey({}))).toBe('Rejected.LimitExceeded');
    expect(store.records.keys.count()).toBe(2);
    expect(store.records.keyVersions.count()).toBe(2);
  });

  test('leaves nothing behind when the material cannot be made', async () => {
    const real = softwareKeyStore();
    const broken: KeyStore = Object.assign(Object.create(real) as KeyStore, {
      generate: () => Promise.reject(new Error('no entropy')),
    });
    const { keys, store } = coreServices({ keyStore: broken });
    await expect(keys.createKey({})).rejects.toThrow();
    expect(store.records.keys.count() + store.records.keyVersions.count()).toBe(0);
  });
});

describe('finding a key', () => {
  test('by id, by alias and by the ARN of either gives the same key', async () => {
    const { keys } = coreServices();
    const key = await keys.createKey({});
    await keys.createAlias('alias/app/main', key.id);
    for (const text of [key.id, 'alias/app/main', `${ARN}key/${key.id}`, `${ARN}alias/app/main`]) {
      expect(keys.resolveKeyRef(text)).toEqual(key);
    }
  });

  test.each([
    ['an unknown id', 'key-kms6957325a0000000000', 'Forbidden.KeyNotFound'],
    ['a text that is no id', 'not a key', 'Forbidden.KeyNotFound'],
    ['an unknown alias', 'alias/nothing', 'Forbidden.AliasNotFound'],
    ['a text that is no alias', 'alias/a b', 'Forbidden.AliasNotFound'],
    ['the ARN of an unknown alias', `${ARN}alias/nothing`, 'Forbidden.AliasNotFound'],
  ])('by %s is refused with its code', async (_what, text, code) => {
    expect(await codeOf(() => coreServices().keys.resolveKeyRef(text))).toBe(code);
  });

  test('by the ARN of another account or region is refused', async () => {
    const { keys } = coreServices();
    const { id } = await keys.createKey({});
    for (const foreign of [`acs:kms:cn-hangzhou:2:key/${id}`, `acs:kms:x:1000000000000001:key/${id}`]) {
      expect(await codeOf(() => keys.resolveKeyRef(foreign))).toBe('Forbidden.KeyNotFound');
      expect(await codeOf(() => keys.disableKey(foreign))).toBe('Forbidden.KeyNotFound');
    }
  });
});

describe('listing keys', () => {
  test('goes by creation time in pages that add up, with the count of all', async () => {
    const { keys, clock } = coreServices();
    const made: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      clock.now = NOW + index * 10;
      made.push((await keys.createKey({})).id);
    }
    const pages = [1, 2, 3, 4].map((pageNumber) => keys.listKeys({ pageNumber, pageSize: 2 }));
    expect(pages.flatMap((page) => page.items.map((key) => key.id))).toEqual(made);
    expect(pages.map((page) => page.items.length)).toEqual([2, 2, 1, 0]);
    expect(pages.map((page) => page.totalCount)).toEqual([5, 5, 5, 5]);
    expect(keys.listKeys({ pageNumber: 1, pageSize: 0 })).toMatchObject({ items: [], totalCount: 5 });
  });

  test('filters by the values of every filter, any value of each', async () => {
    const services = coreServices();
    const { keys, store } = services;
    const aes = await keys.createKey({});
    const ec = await keys.createKey({ spec: 'EC_P256', protectionLevel: 'HSM' });
    const off = await keyInState(services, 'Disabled');
    const found = (...filters: [string, string[]][]): string[] =>
      keys
        .listKeys(
          FIRST_PAGE,
          filters.map(([key, values]) => ({ key, values })),
        )
        .items.map((key) => key.id)
        .sort();
    expect(found(['KeyState', ['Disabled']])).toEqual([off]);
    expect(found(['KeySpec', ['EC_P256', 'RSA_2048']])).toEqual([ec.id]);
    expect(found(['KeyUsage', ['ENCRYPT/DECRYPT']], ['KeyState', ['Enabled']])).toEqual([aes.id]);
    expect(found(['ProtectionLevel', ['HSM']])).toEqual([ec.id]);
    expect(found(['CreatorType', ['Service']])).toEqual([]);
    expect(found(['DKMSInstanceId', [store.instanceId]], ['CreatorType', ['User']])).toHaveLength(3);
    expect(found(['KeyState', []])).toHaveLength(3);
    expect(await codeOf(() => found(['toString', ['x']]))).toBe('InvalidParameter');
  });
});

describe('switching a key', () => {
  test('off and on again changes its state, and twice is the same as once', async () => {
    const { keys } = coreServices();
    const { id } = await keys.createKey({});
    for (const state of ['Disabled', 'Disabled', 'Enabled', 'Enabled'] as const) {
      await (state === 'Enabled' ? keys.enableKey(id) : keys.disableKey(`${ARN}key/${id}`));
      expect(keys.resolveKeyRef(id).state).toBe(state);
    }
  });

  test.each(['PendingImport', 'PendingDeletion'] as const)('is refused while it is %s', async (state) => {
    const services = coreServices();
    const id = await keyInState(services, state);
    expect(await codeOf(() => services.keys.enableKey(id))).toBe('Rejected.StateModifiedFailed');
    expect(await codeOf(() => services.keys.disableKey(id))).toBe('Rejected.StateModifiedFailed');
  });

  test('needs its id: an alias is refused, an unknown key not found', async () => {
    const { keys } = coreServices();
    expect(await codeOf(() => keys.disableKey('alias/x'))).toBe('Unsupported.Alias');
    expect(await codeOf(() => keys.enableKey(`${ARN}alias/x`))).toBe('Unsupported.Alias');
    expect(await codeOf(() => keys.enableKey('key-kms6957325a0000000000'))).toBe('Forbidden.KeyNotFound');
    expect(await codeOf(() => keys.enableKey('x'))).toBe('Forbidden.KeyNotFound');
  });
});

describe('aliases', () => {
  test('a key may have many, each name means one key', async () => {
    const { keys } = coreServices();
    const [one, two] = [await keys.createKey({}), await keys.createKey({})];
    await keys.createAlias('alias/a', one.id);
    await keys.createAlias('alias/b', `${ARN}key/${one.id}`);
    expect(await codeOf(() => keys.createAlias('alias/a', two.id))).toBe('AliasAlreadyExists');
    const { items, totalCount } = keys.listAliases(FIRST_PAGE);
    expect(items.map((alias) => [alias.name, alias.keyId])).toEqual([
      ['alias/a', one.id],
      ['alias/b', one.id],
    ]);
    expect(totalCount).toBe(2);
  });

  test.each([
    'name',
    'alias/',
    'alias/acs/x',
    'alias/acsx',
    'alias/a b',
    'alias/ä',
    `alias/${'a'.repeat(250)}`,
    'Alias/a',
  ])('the name %s is refused', async (name) => {
    const { keys } = coreServices();
    const { id } = await keys.createKey({});
    expect(await codeOf(() => keys.createAlias(name, id))).toBe('InvalidParameter');
  });

  test('a name of 255 characters is accepted', async () => {
    const { keys } = coreServices();
    const { id } = await keys.createKey({});
    expect(await codeOf(() => keys.createAlias(`alias/${'a'.repeat(249)}`, id))).toBe('none');
  });

  test('are refused for an alias, an unknown key, a key pending deletion, and over the limit', async () => {
    const services = coreServices({ limits: { aliases: 1 } });
    const { keys } = services;
    const { id } = await keys.createKey({});
    const doomed = await keyInState(services, 'PendingDeletion');
    expect(await codeOf(() => keys.createAlias('alias/a', 'alias/b'))).toBe('Unsupported.Alias');
    expect(await codeOf(() => keys.createAlias('alias/a', 'key-kms6957325a0000000000'))).toBe(
      'Forbidden.KeyNotFound',
    );
    expect(await codeOf(() => keys.createAlias('alias/a', doomed))).toBe('Rejected.StateModifiedFailed');
    await keys.createAlias('alias/a', id);
    expect(await codeOf(() => keys.createAlias('alias/b', id))).toBe('Rejected.LimitExceeded');
  });
});
