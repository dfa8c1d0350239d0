// The rules of network rules, policies, application access points and Client Keys.

import { describe, expect, test } from 'vitest';
import type { NewClientKey } from '../../../appliance/core/client-keys.ts';
import type { NewPolicy } from '../../../appliance/core/policies.ts';
import {
  type CoreOptions,
  type CoreServices,
  codeOf,
  coreServices,
  FIRST_PAGE,
  NOW,
} from '../../support/core-services.ts';

const KEY_USER = 'RbacPermission/Template/CryptoServiceKeyUser';
const SECRET_USER = 'RbacPermission/Template/CryptoServiceSecretUser';
const POLICY: NewPolicy = { name: 'policy', permissions: [KEY_USER], resources: ['key/*'] };
const RULE = { name: 'rule', type: 'Private', sources: ['10.0.0.0/8'] };
const PASSWORD = 'secret-1';
const UNKNOWN_CLIENT_KEY = 'KAAP.00000000-0000-4000-8000-000000000000';
const DAY = 86_400_000;

/** A rule, a policy restricted to it, and an access point with that policy. */
async function chain(options: CoreOptions = {}): Promise<CoreServices> {
  const services = coreServices(options);
  const { access } = services;
  await access.createNetworkRule(RULE);
  await access.createPolicy({ ...POLICY, accessControlRules: '{ "NetworkRules": ["rule"] }' });
  await access.createAccessPoint({ name: 'app', policies: ['policy'] });
  return services;
}

describe('network rules', () => {
  test('are created, described, changed field by field, listed and deleted', async () => {
    const { access } = coreServices();
    await access.createNetworkRule({ ...RULE, description: 'office' });
    await access.updateNetworkRule('rule', { sources: ['::1', '10.0.0.1'] });
    expect(access.describeNetworkRule('rule')).toMatchObject({
      sources: ['::1', '10.0.0.1'],
      description: 'office',
    });
    await access.updateNetworkRule('rule', { description: '' });
    expect(access.describeNetworkRule('rule')).toEqual({
      ...RULE,
      sources: ['::1', '10.0.0.1'],
      description: '',
      createdAt: NOW,
    });
    expect(access.listNetworkRules(FIRST_PAGE).items.map((rule) => rule.name)).toEqual(['rule']);
    await access.deleteNetworkRule('rule');
    expect(await codeOf(() => access.describeNetworkRule('rule'))).toBe('Forbidden.ResourceNotFound');
  });

  test.each([
    ['a name with a space', { ...RULE, name: 'a b' }],
    ['a name of 65 characters', { ...RULE, name: 'a'.repeat(65) }],
    ['another type', { ...RULE, type: 'Public' }],
    ['a text that is no address', { ...RULE, sources: ['10.0.0.0/8', 'x'] }],
    ['an address twice', { ...RULE, sources: ['10.0.0.1', '10.0.0.1'] }],
    ['101 addresses', { ...RULE, sources: Array.from({ length: 101 }, (_, index) => `10.0.0.${index}`) }],
    ['a description that is too long', { ...RULE, description: 'd'.repeat(8193) }],
  ])('with %s are refused', async (_what, request) => {
    expect(await codeOf(() => coreServices().access.createNetworkRule(request))).toBe('InvalidParameter');
  });

  test('a change is checked like a new rule', async () => {
    const { access } = await chain();
    expect(await codeOf(() => access.updateNetworkRule('rule', { sources: ['x'] }))).toBe('InvalidParameter');
    expect(await codeOf(() => access.updateNetworkRule('none', {}))).toBe('Forbidden.ResourceNotFound');
  });
});

describe('policies', () => {
  test('keep the access control rules verbatim and read the names out of them', async () => {
    const { access } = await chain();
    expect(access.describePolicy('policy')).toEqual({
      name: 'policy',
      roles: ['CryptoServiceKeyUser'],
      resources: ['key/*'],
      accessControlRules: '{ "NetworkRules": ["rule"] }',
      networkRules: ['rule'],
      description: '',
      createdAt: NOW,
    });
  });

  test.each(['', '{}', '{"NetworkRules":[]}', ' {\n} '])(
    'with the access control rules %j are open to any address',
    async (text) => {
      const { access } = coreServices();
      await access.createPolicy({ ...POLICY, accessControlRules: text });
      expect(access.describePolicy('policy')).toMatchObject({ accessControlRules: text, networkRules: [] });
    },
  );

  test('are changed field by field; absent fields stay', async () => {
    const { access } = await chain();
    await access.updatePolicy('policy', { permissions: [SECRET_USER, KEY_USER] });
    await access.updatePolicy('policy', { description: 'new' });
    expect(access.describePolicy('policy')).toMatchObject({
      roles: ['CryptoServiceSecretUser', 'CryptoServiceKeyUser'],
      networkRules: ['rule'],
      description: 'new',
    });
    await access.updatePolicy('policy', { accessControlRules: '{}', resources: ['alias/x'] });
    expect(access.describePolicy('policy')).toMatchObject({ networkRules: [], resources: ['alias/x'] });
  });

  test.each<[string, Partial<NewPolicy>]>([
    ['a bad name', { name: 'ä' }],
    ['no permission', { permissions: [] }],
    ['an unknown permission', { permissions: ['RbacPermission/Template/Admin'] }],
    ['a permission without its prefix', { permissions: ['CryptoServiceKeyUser'] }],
    ['a permission twice', { permissions: [KEY_USER, KEY_USER] }],
    ['no resource', { resources: [] }],
    ['an unknown resource', { resources: ['key/*', 'all'] }],
    ['101 resources', { resources: Array.from({ length: 101 }, (_, index) => `key/k${index}`) }],
    ['rules that are not JSON', { accessControlRules: '{' }],
    ['rules that are no object', { accessControlRules: '["rule"]' }],
    ['rules that are null', { accessControlRules: 'null' }],
    ['rules with an unknown restriction', { accessControlRules: '{"Vpc":["x"]}' }],
    ['rules whose names are no texts', { accessControlRules: '{"NetworkRules":[1]}' }],
    ['rules whose names are no list', { accessControlRules: '{"NetworkRules":"rule"}' }],
    ['a rule twice', { accessControlRules: '{"NetworkRules":["rule","rule"]}' }],
  ])('with %s are refused', async (_what, fields) => {
    const { access } = await chain();
    expect(await codeOf(() => access.createPolicy({ ...POLICY, name: 'new', ...fields }))).toBe(
      'InvalidParameter',
    );
  });

  test('that name a network rule which is not there are refused, new or changed', async () => {
    const { access } = await chain();
    const dangling = { accessControlRules: '{"NetworkRules":["none"]}' };
    expect(await codeOf(() => access.createPolicy({ ...POLICY, name: 'new', ...dangling }))).toBe(
      'Forbidden.ResourceNotFound',
    );
    expect(await codeOf(() => access.updatePolicy('policy', dangling))).toBe('Forbidden.ResourceNotFound');
    expect(access.describePolicy('policy').networkRules).toEqual(['rule']);
  });
});

describe('application access points', () => {
  test('are created, changed field by field, listed and deleted', async () => {
    const { access } = await chain();
    expect(access.describeAccessPoint('app')).toEqual({
      name: 'app',
      authenticationMethod: 'ClientKey',
      policies: ['policy'],
      description: '',
      createdAt: NOW,
    });
    await access.createPolicy({ ...POLICY, name: 'second' });
    await access.updateAccessPoint('app', { policies: ['second', 'policy'] });
    await access.updateAccessPoint('app', { description: 'd' });
    expect(access.describeAccessPoint('app')).toMatchObject({
      policies: ['second', 'policy'],
      description: 'd',
    });
    expect(access.listAccessPoints(FIRST_PAGE).items).toHaveLength(1);
    await access.deleteAccessPoint('app');
    expect(await codeOf(() => access.describeAccessPoint('app'))).toBe('Forbidden.ResourceNotFound');
  });

  test('have one to three different policies that are there', async () => {
    const { access } = await chain();
    for (const name of ['p1', 'p2', 'p3']) await access.createPolicy({ ...POLICY, name });
    const create = (policies: string[]) => codeOf(() => access.createAccessPoint({ name: 'x', policies }));
    expect(await create([])).toBe('InvalidParameter');
    expect(await create(['policy', 'p1', 'p2', 'p3'])).toBe('InvalidParameter');
    expect(await create(['policy', 'policy'])).toBe('InvalidParameter');
    expect(await create(['policy', 'none'])).toBe('Forbidden.ResourceNotFound');
    expect(await codeOf(() => access.updateAccessPoint('app', { policies: ['none'] }))).toBe(
      'Forbidden.ResourceNotFound',
    );
    expect(await create(['p1', 'p2', 'p3'])).toBe('none');
  });

  test('authenticate by Client Key and by nothing else', async () => {
    const { access } = await chain();
    const request = { name: 'x', policies: ['policy'], authenticationMethod: 'Password' };
    expect(await codeOf(() => access.createAccessPoint(request))).toBe('InvalidParameter');
  });

  test('take their Client Keys with them, and no others', async () => {
    const { access } = await chain();
    await access.createAccessPoint({ name: 'other', policies: ['policy'] });
    await access.createClientKey({ accessPoint: 'app', password: PASSWORD });
    const kept = await access.createClientKey({ accessPoint: 'other', password: PASSWORD });
    await access.deleteAccessPoint('app');
    expect(access.listClientKeys().map((clientKey) => clientKey.id)).toEqual([kept.clientKey.id]);
  });
});

describe('names and references', () => {
  test('a name that is taken is refused, per kind', async () => {
    const { access } = await chain();
    expect(await codeOf(() => access.createNetworkRule(RULE))).toBe('Rejected.ResourceExist');
    expect(await codeOf(() => access.createPolicy(POLICY))).toBe('Rejected.ResourceExist');
    const point = { name: 'app', policies: ['policy'] };
    expect(await codeOf(() => access.createAccessPoint(point))).toBe('Rejected.ResourceExist');
    expect(await codeOf(() => access.createNetworkRule({ ...RULE, name: 'policy' }))).toBe('none');
  });

  test('what is in use is not deleted, until its user is', async () => {
    const { access } = await chain();
    expect(await codeOf(() => access.deleteNetworkRule('rule'))).toBe('Rejected.ResourceInUse');
    expect(await codeOf(() => access.deletePolicy('policy'))).toBe('Rejected.ResourceInUse');
    await access.deleteAccessPoint('app');
    await access.deletePolicy('policy');
    await access.deleteNetworkRule('rule');
    expect(access.listPolicies(FIRST_PAGE).totalCount + access.listNetworkRules(FIRST_PAGE).totalCount).toBe(
      0,
    );
  });

  test.each(['none', '', 'a/b', 'x'.repeat(5000), '\u0000'])(
    'the unknown name %j is not found by any action',
    async (name) => {
      const { access } = await chain();
      const calls = [
        () => access.describeNetworkRule(name),
        () => access.deleteNetworkRule(name),
        () => access.describePolicy(name),
        () => access.updatePolicy(name, {}),
        () => access.deletePolicy(name),
        () => access.describeAccessPoint(name),
        () => access.updateAccessPoint(name, {}),
        () => access.deleteAccessPoint(name),
        () => access.createClientKey({ accessPoint: name, password: PASSWORD }),
        () => access.listClientKeys(name),
        () => access.describeClientKey(name),
        () => access.deleteClientKey(name),
      ];
      for (const call of calls) expect(await codeOf(call)).toBe('Forbidden.ResourceNotFound');
    },
  );

  test('each kind has its limit', async () => {
    const { access } = await chain({
      limits: { networkRules: 1, policies: 1, accessPoints: 1, clientKeys: 0 },
    });
    const calls = [
      () => access.createNetworkRule({ ...RULE, name: 'x' }),
      () => access.createPolicy({ ...POLICY, name: 'x' }),
      () => access.createAccessPoint({ name: 'x', policies: ['policy'] }),
      () => access.createClientKey({ accessPoint: 'app', password: PASSWORD }),
    ];
    for (const call of calls) expect(await codeOf(call)).toBe('Rejected.LimitExceeded');
  });
});

describe('Client Keys', () => {
  test('are valid from now for five years when nothing is said', async () => {
    const { access, clock, issued } = await chain();
    clock.now = NOW + 999;
    const { clientKey, privateKeyData } = await access.createClientKey({
      accessPoint: 'app',
      password: PASSWORD,
    });
    expect(clientKey).toMatchObject({
      accessPoint: 'app',
      fingerprint: 'ab',
      notBefore: NOW,
      notAfter: Date.parse('2031-01-02T03:04:05Z'),
      createdAt: NOW + 999,
    });
    expect(clientKey.id).toMatch(
      /^KAAP\.[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(privateKeyData).toBe('cGtjczEy');
    expect(issued).toEqual([
      {
        subject: { commonName: 'app' },
        password: PASSWORD,
        notBefore: new Date(clientKey.notBefore),
        notAfter: new Date(clientKey.notAfter),
      },
    ]);
  });

  test('keep neither the password nor the private key', async () => {
    const { access, store } = await chain();
    await access.createClientKey({ accessPoint: 'app', password: PASSWORD });
    const kept = JSON.stringify([...store.records.clientKeys.list()]);
    expect(kept).not.toContain(PASSWORD);
    expect(kept).not.toContain('cGtjczEy');
  });

  test.each<[string, Partial<NewClientKey>]>([
    ['only a beginning', { notBefore: NOW }],
    ['only an end', { notAfter: NOW + DAY }],
    ['an end before the beginning', { notBefore: NOW + 2 * DAY, notAfter: NOW + DAY }],
    ['an end at the beginning', { notBefore: NOW + DAY, notAfter: NOW + DAY }],
    ['an end in the past', { notBefore: NOW - 2 * DAY, notAfter: NOW - DAY }],
    ['a password of 7 characters', { password: 'abc-123' }],
    ['a password of 65 characters', { password: `1${'a'.repeat(64)}` }],
    ['a password of letters only', { password: 'abcdefgh' }],
    ['a password of digits only', { password: '12345678' }],
    ['a password of signs only', { password: '~!@#$%^&' }],
    ['a password with a space', { password: 'abcd 1234' }],
    ['a password that is not ASCII', { password: 'pässword1' }],
  ])('with %s are refused', async (_what, fields) => {
    const { access, issued } = await chain();
    const request = { accessPoint: 'app', password: PASSWORD, ...fields };
    expect(await codeOf(() => access.createClientKey(request))).toBe('InvalidParameter');
    expect(issued).toEqual([]);
  });

  test.each<[string, Partial<NewClientKey>]>([
    ['a beginning in the past', { notBefore: NOW - DAY, notAfter: NOW + DAY }],
    ['an end a second ahead', { notBefore: NOW, notAfter: NOW + 1000 }],
    ['letters and digits', { password: 'abcd1234' }],
    ['letters and signs', { password: 'abcd-_?*' }],
    ['64 characters', { password: `1${'a'.repeat(63)}` }],
  ])('with %s are accepted', async (_what, fields) => {
    const { access } = await chain();
    const request = { accessPoint: 'app', password: PASSWORD, ...fields };
    expect(await codeOf(() => access.createClientKey(request))).toBe('none');
  });

  test('are listed by creation time, of one access point or all, and deleted one by one', async () => {
    const { access, clock } = await chain();
    await access.createAccessPoint({ name: 'other', policies: ['policy'] });
    const ids: string[] = [];
    for (const accessPoint of ['app', 'other', 'app']) {
      clock.now += 1000;
      ids.push((await access.createClientKey({ accessPoint, password: PASSWORD })).clientKey.id);
    }
    expect(access.listClientKeys().map(({ id }) => id)).toEqual(ids);
    expect(access.listClientKeys('app').map(({ id }) => id)).toEqual([ids[0], ids[2]]);
    await access.deleteClientKey(String(ids[0]));
    expect(access.listClientKeys('app').map(({ id }) => id)).toEqual([ids[2]]);
    expect(await codeOf(() => access.describeClientKey(String(ids[0])))).toBe('Forbidden.ResourceNotFound');
    expect(await codeOf(() => access.deleteClientKey(UNKNOWN_CLIENT_KEY))).toBe('Forbidden.ResourceNotFound');
  });

  test('are not kept when their access point was deleted while they were made', async () => {
    const services = await chain({ whileIssuing: ({ access }) => access.deleteAccessPoint('app') });
    const request = { accessPoint: 'app', password: PASSWORD };
    expect(await codeOf(() => services.access.createClientKey(request))).toBe('Forbidden.ResourceNotFound');
    expect(services.store.records.clientKeys.count()).toBe(0);
  });
});
