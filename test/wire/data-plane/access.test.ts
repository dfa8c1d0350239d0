// What a caller may do: policies, resources and network rules, changes that act on the next request of an open
// connection, and the rate limit. Sources: data-plane specification section 6, control-plane specification 2.6.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Credentials } from '../../support/client-key-file.ts';
import { ACCOUNT, ALL_KEYS, type DataPlaneFixture, NOW, startDataPlane } from '../../support/data-plane.ts';
import type { DkmsAnswer, DkmsClient } from '../../support/dkms-client.ts';

const TEXT = Buffer.from('text');
const KEY_USER = ['RbacPermission/Template/CryptoServiceKeyUser'];
const SECRET_USER = ['RbacPermission/Template/CryptoServiceSecretUser'];

let plane: DataPlaneFixture;
let mine: string;
let theirs: string;
let credentials: Credentials;
/** Of access point `tested`, with the one policy `tested`, on one connection. */
let client: DkmsClient;

beforeAll(async () => {
  plane = await startDataPlane();
  mine = (await plane.createKey('Aliyun_AES_256')).id;
  theirs = (await plane.createKey('Aliyun_AES_256')).id;
  await plane.keys.createAlias('alias/app/mine', mine);
  await plane.keys.createAlias('alias/theirs', theirs);
  await plane.access.createPolicy({ name: 'tested', ...ALL_KEYS });
  await plane.access.createAccessPoint({ name: 'tested', policies: ['tested'] });
  plane.store.refresh();
  credentials = await plane.newCredentials('tested');
  client = plane.newClient({ credentials, maxSockets: 1 });
});

afterAll(() => plane.close());

beforeEach(async () => {
  await plane.access.updatePolicy('tested', {
    permissions: KEY_USER,
    resources: ['key/*'],
    accessControlRules: '',
  });
  await plane.access.updateAccessPoint('tested', { policies: ['tested'] });
});

const encrypt = (KeyId: string, as = client): Promise<DkmsAnswer> =>
  as.call('Encrypt', { KeyId, Plaintext: TEXT });
const code = async (KeyId: string): Promise<string> => (await encrypt(KeyId)).code;
const DENIED = 'Forbidden.NoPermission';

describe('resources', () => {
  const arn = (resource: string) => `acs:kms:${ACCOUNT.region}:${ACCOUNT.accountId}:${resource}`;

  test.each<[string, () => string[], string, string]>([
    ['key/*', () => ['key/*'], 'none', 'none'],
    ['Key/*', () => ['Key/*'], 'none', 'none'],
    ['KEY/*', () => ['KEY/*'], 'none', 'none'],
    ['a key id', () => [`key/${mine}`], 'none', DENIED],
    ['a key id with the type in capitals', () => [`KEY/${mine}`], 'none', DENIED],
    ['two key ids', () => [`key/${mine}`, `key/${theirs}`], 'none', 'none'],
    ['the beginning of a key id', () => [`key/${mine.slice(0, -1)}*`], 'none', DENIED],
    ['the beginning of a key id without wildcard', () => [`key/${mine.slice(0, -1)}`], DENIED, DENIED],
    ['an ARN', () => [arn(`key/${mine}`)], 'none', DENIED],
    ['an alias', () => ['alias/app/mine'], 'none', DENIED],
    ['the beginning of an alias', () => ['alias/app/*'], 'none', DENIED],
    ['every alias', () => ['alias/*'], 'none', 'none'],
    ['an alias that does not exist', () => ['alias/none'], DENIED, DENIED],
    ['secrets', () => ['secret/*'], DENIED, DENIED],
  ])('%s', async (_what, resources, ofMine, ofTheirs) => {
    await plane.access.updatePolicy('tested', { resources: resources() });
    expect([await code(mine), await code('alias/app/mine')]).toEqual([ofMine, ofMine]);
    expect([await code(theirs), await code('alias/theirs')]).toEqual([ofTheirs, ofTheirs]);
  });

  test('of a role that is not for keys give no key', async () => {
    await plane.access.updatePolicy('tested', { permissions: SECRET_USER });
    expect(await code(mine)).toBe(DENIED);
    expect(await client.code('GenerateRandom', { Length: 1 })).toBe('none');
  });

  test('that are denied are not told apart from keys that do not exist', async () => {
    await plane.access.updatePolicy('tested', { resources: [`key/${mine}`] });
    for (const KeyId of [theirs, 'alias/theirs', 'alias/none', 'key-kms00000000aaaaaaaaaa', 'x']) {
      const answer = await encrypt(KeyId);
      expect([answer.status, answer.code]).toEqual([403, DENIED]);
      expect(answer.reply.ErrorMessage).toBe(
        `This operation for "${KeyId}" is forbidden by permission system.`,
      );
    }
  });

  test('bind the migration header and the Advance blob like a KeyId', async () => {
    const other = await plane.client.ok('AdvanceEncrypt', { KeyId: theirs, Plaintext: TEXT });
    const { CiphertextBlob, Iv } = await plane.client.ok('Encrypt', { KeyId: theirs, Plaintext: TEXT });
    await plane.access.updatePolicy('tested', { resources: [`key/${mine}`] });
    expect(await client.code('AdvanceDecrypt', { CiphertextBlob: other.CiphertextBlob })).toBe(DENIED);
    const headers = { 'x-kms-migrationkeyversionid': other.KeyVersionId };
    expect(await client.code('Decrypt', { CiphertextBlob, Iv }, { headers })).toBe(DENIED);
  });

  test('follow an alias to the key it names', async () => {
    await plane.access.updatePolicy('tested', { resources: ['alias/app/mine'] });
    expect(await code(mine)).toBe('none');
    const alias = plane.store.records.aliases.get('alias/app/mine');
    if (!alias) throw new Error('the alias is missing');
    await plane.store.transact(({ aliases }) =>
      aliases.put(alias.name, { ...alias, keyId: theirs as typeof alias.keyId }),
    );
    expect([await code(mine), await code(theirs)]).toEqual([DENIED, 'none']);
    await plane.store.transact(({ aliases }) => aliases.put(alias.name, alias));
  });
});

describe('network rules', () => {
  const admit = async (...sources: string[]): Promise<void> => {
    const name = `rule-${plane.store.records.networkRules.count()}`;
    await plane.access.createNetworkRule({ name, type: 'Private', sources });
    const accessControlRules = JSON.stringify({ NetworkRules: [name] });
    await plane.access.updatePolicy('tested', { accessControlRules });
  };

  test.each([
    ['the address', ['127.0.0.1'], 'none'],
    ['a block around it', ['127.0.0.0/8'], 'none'],
    ['every IPv4 address', ['0.0.0.0/0'], 'none'],
    ['one of two', ['10.0.0.0/8', '127.0.0.1/32'], 'none'],
    ['the next address', ['127.0.0.2'], DENIED],
    ['another block', ['10.0.0.0/8'], DENIED],
    ['every IPv6 address', ['::/0'], DENIED],
    ['the IPv6 loopback', ['::1'], DENIED],
    ['no address', [], DENIED],
  ])('with %s', async (_what, sources, expected) => {
    await admit(...sources);
    const answer = await encrypt(mine);
    expect(answer.code).toBe(expected);
    expect(await client.code('GenerateRandom', { Length: 1 })).toBe(expected);
  });

  test('admit only to the resources of their own policy', async () => {
    await admit('10.0.0.0/8');
    await plane.access.createPolicy({ name: 'here', permissions: KEY_USER, resources: [`key/${theirs}`] });
    await plane.access.updateAccessPoint('tested', { policies: ['tested', 'here'] });
    expect([await code(mine), await code(theirs)]).toEqual([DENIED, 'none']);
  });

  test('come before the body is looked into', async () => {
    await admit('10.0.0.1');
    expect((await client.callBytes('Encrypt', Buffer.of(0xff))).code).toBe(DENIED);
  });
});

test('a listener on all addresses takes IPv4 clients as IPv4 and IPv6 clients as IPv6', async () => {
  const dual = await startDataPlane({ host: '::' });
  try {
    const { id } = await dual.createKey('Aliyun_AES_256');
    expect((await encrypt(id, dual.client)).code).toBe('none');
    expect(dual.audit.last.clientAddress).toBe('127.0.0.1');
    const six = dual.newClient({ host: '::1' });
    expect((await encrypt(id, six)).code).toBe('none');
    expect(dual.audit.last.clientAddress).toBe('::1');
    await dual.access.updateNetworkRule('loopback', { sources: ['127.0.0.1'] });
    expect([(await encrypt(id, dual.client)).code, (await encrypt(id, six)).code]).toEqual(['none', DENIED]);
    await dual.access.updateNetworkRule('loopback', { sources: ['::1'] });
    expect([(await encrypt(id, dual.client)).code, (await encrypt(id, six)).code]).toEqual([DENIED, 'none']);
  } finally {
    await dual.close();
  }
});

describe('a change acts on the very next request of an open connection', () => {
  let localPort = 0;
  const next = async (credentialsOf?: Credentials): Promise<string> => {
    const options = credentialsOf ? { credentials: credentialsOf } : {};
    const answer = await client.call('Encrypt', { KeyId: mine, Plaintext: TEXT }, options);
    if (localPort === 0) localPort = answer.localPort;
    expect(answer.localPort).toBe(localPort);
    return answer.code;
  };

  test('of a policy, and of what an access point has of policies', async () => {
    expect(await next()).toBe('none');
    await plane.access.updatePolicy('tested', { resources: [`key/${theirs}`] });
    expect(await next()).toBe(DENIED);
    await plane.access.updateAccessPoint('tested', { policies: ['all-keys'] });
    expect(await next()).toBe('none');
    await plane.access.updateAccessPoint('tested', { policies: ['tested'] });
    expect(await next()).toBe(DENIED);
  });

  test('of a network rule', async () => {
    await plane.access.createNetworkRule({ name: 'changing', type: 'Private', sources: ['127.0.0.1'] });
    await plane.access.updatePolicy('tested', { accessControlRules: '{"NetworkRules":["changing"]}' });
    expect(await next()).toBe('none');
    await plane.access.updateNetworkRule('changing', { sources: ['10.0.0.1'] });
    expect(await next()).toBe(DENIED);
    await plane.access.updateNetworkRule('changing', { sources: ['127.0.0.1', '10.0.0.1'] });
    expect(await next()).toBe('none');
  });

  test('of a key and of its aliases', async () => {
    await plane.changeKey(mine, { state: 'PendingDeletion' });
    expect(await next()).toBe('Rejected.PendingDeletion');
    await plane.changeKey(mine, { state: 'Enabled' });
    expect(await next()).toBe('none');
    expect(await client.code('Encrypt', { KeyId: 'alias/new', Plaintext: TEXT })).toBe(
      'Forbidden.KeyNotFound',
    );
    await plane.keys.createAlias('alias/new', mine);
    expect(await client.code('Encrypt', { KeyId: 'alias/new', Plaintext: TEXT })).toBe('none');
  });

  test('of a Client Key: made, expired, deleted with its access point', async () => {
    await plane.access.createAccessPoint({ name: 'brief', policies: ['tested'] });
    const brief = await plane.newCredentials('brief');
    expect(await next(brief)).toBe('none');
    const record = plane.access.describeClientKey(brief.keyId);
    await plane.store.transact(({ clientKeys }) => clientKeys.put(brief.keyId, { ...record, notAfter: NOW }));
    expect(await next(brief)).toBe('Unauthorized');
    await plane.store.transact(({ clientKeys }) => clientKeys.put(brief.keyId, record));
    expect(await next(brief)).toBe('none');
    await plane.access.deleteAccessPoint('brief');
    expect(await next(brief)).toBe('Unauthorized');
    expect(await next()).toBe('none');
  });

  test('of a policy that is gone although an access point has it: nothing is granted', async () => {
    await plane.access.createPolicy({ name: 'doomed', ...ALL_KEYS });
    await plane.access.updateAccessPoint('tested', { policies: ['doomed'] });
    expect(await next()).toBe('none');
    await plane.store.transact(({ policies }) => policies.delete('doomed'));
    expect(await next()).toBe(DENIED);
  });
});

describe('the rate limit', () => {
  test('holds for the instance, refills with time, and leaves each access point its share', async () => {
    const limited = await startDataPlane({ qps: 20 });
    try {
      await limited.access.createAccessPoint({ name: 'other', policies: ['all-keys'] });
      limited.store.refresh();
      const other = limited.newClient({ credentials: await limited.newCredentials('other') });
      const burst = async (as: DkmsClient, count: number): Promise<number> => {
        let served = 0;
        for (let sent = 0; sent < count; sent += 1) {
          const answer = await as.call('GenerateRandom', { Length: 1 });
          if (answer.status === 200) served += 1;
          else
            expect([answer.status, answer.code, answer.reply.ErrorMessage]).toEqual([
              429,
              'Rejected.Throttling',
              'QPS Limit Exceeded',
            ]);
        }
        return served;
      };
      expect(await burst(limited.client, 30)).toBe(20);
      limited.clock.tick += 500;
      expect(await burst(limited.client, 30)).toBe(10);
      // Both at once: the one that asks for more than its half does not take the other's.
      limited.clock.tick += 5000;
      await burst(other, 1);
      const greedy = await burst(limited.client, 40);
      const modest = await burst(other, 4);
      expect(modest).toBe(4);
      expect(greedy + modest + 1).toBeLessThanOrEqual(20);
    } finally {
      await limited.close();
    }
  });

  test('is not spent by requests that are not authenticated', async () => {
    const limited = await startDataPlane({ qps: 2 });
    try {
      const wrong = { edit: () => [] };
      for (let count = 0; count < 10; count += 1)
        await limited.client.call('GenerateRandom', { Length: 1 }, wrong);
      expect(await limited.client.code('GenerateRandom', { Length: 1 })).toBe('none');
    } finally {
      await limited.close();
    }
  });

  test('of calls under way refuses what is over', async () => {
    const busy = await startDataPlane({ maxCallsInFlight: 2 });
    try {
      const { id: KeyId } = await busy.createKey('EC_P256');
      const calls = Array.from({ length: 20 }, () => busy.client.call('Sign', { KeyId, Message: TEXT }));
      const codes = (await Promise.all(calls)).map((answer) => answer.code);
      expect(new Set(codes)).toEqual(new Set(['none', 'Rejected.Throttling']));
    } finally {
      await busy.close();
    }
  });
});
