// Tags over the wire: the actions on one resource and the actions on many, with good and bad input.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminCalls, type Texts } from '../../support/admin-calls.ts';
import { ACCOUNT, type ControlPlaneFixture, startControlPlane } from '../../support/control-plane.ts';

const ARN = `acs:kms:${ACCOUNT.region}:${ACCOUNT.accountId}:`;
const RequestId = expect.any(String) as string;
const KEYS = { RegionId: 'anywhere', ResourceType: 'key' };

let plane: ControlPlaneFixture;
const { answer, refusal, createKey } = adminCalls(() => plane);

beforeAll(async () => {
  plane = await startControlPlane();
});

afterAll(() => plane.close());

async function tagsOf(KeyId: string): Promise<Readonly<Record<string, string>>> {
  const body = await answer('ListResourceTags', { KeyId });
  const { Tag } = body['Tags'] as { Tag: { KeyId: string; TagKey: string; TagValue: string }[] };
  expect(Tag.every((tag) => tag.KeyId === KeyId)).toBe(true);
  return Object.fromEntries(Tag.map(({ TagKey, TagValue }) => [TagKey, TagValue]));
}

function json(...pairs: [string, string][]): string {
  return JSON.stringify(pairs.map(([TagKey, TagValue]) => ({ TagKey, TagValue })));
}

/** `{ 'ResourceId.1': …, 'ResourceId.2': … }` */
function numbered(name: string, values: readonly string[]): Texts {
  return Object.fromEntries(values.map((value, index) => [`${name}.${index + 1}`, value]));
}

function numberedTags(tags: Texts): Texts {
  return Object.assign(
    {},
    ...Object.entries(tags).map(([key, value], index) => ({
      [`Tag.${index + 1}.Key`]: key,
      [`Tag.${index + 1}.Value`]: value,
    })),
  ) as Texts;
}

const many = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe('tags of one key', () => {
  test('are set, set again and taken away', async () => {
    const KeyId = await createKey();
    const Tags = json(['Project', 'Apollo'], ['a/b\\c_d-e.f+g=h:i@j', '']);
    expect(await answer('TagResource', { KeyId, Tags })).toEqual({ RequestId });
    await answer('TagResource', {
      KeyId: `${ARN}key/${KeyId}`,
      Tags: json(['Project', 'Gemini'], ['x', 'y']),
    });
    expect(await tagsOf(KeyId)).toEqual({ Project: 'Gemini', 'a/b\\c_d-e.f+g=h:i@j': '', x: 'y' });
    expect(await answer('UntagResource', { KeyId, TagKeys: '["Project","x","none"]' })).toEqual({
      RequestId,
    });
    expect(await tagsOf(KeyId)).toEqual({ 'a/b\\c_d-e.f+g=h:i@j': '' });
  });

  test('are at most 10 a call and 20 in all', async () => {
    const KeyId = await createKey();
    const ten = (prefix: string) => json(...many(prefix, 10).map((key): [string, string] => [key, '']));
    await answer('TagResource', { KeyId, Tags: ten('a') });
    await answer('TagResource', { KeyId, Tags: ten('b') });
    await answer('TagResource', { KeyId, Tags: json(['a0', 'again']) });
    expect(await refusal('TagResource', { KeyId, Tags: json(['c', '']) })).toEqual([
      400,
      'Rejected.LimitExceeded',
    ]);
    const eleven = json(...many('a', 11).map((key): [string, string] => [key, '']));
    expect(await refusal('TagResource', { KeyId, Tags: eleven })).toEqual([400, 'InvalidParameter']);
    expect(Object.keys(await tagsOf(KeyId))).toHaveLength(20);
  });

  test.each([
    '[]]',
    'Project',
    '{"TagKey":"a","TagValue":"b"}',
    '[{"TagKey":1}]',
    '[{"Key":"a"}]',
    json(['', 'v']),
    json(['k'.repeat(129), 'v']),
    json(['k', 'v'.repeat(129)]),
    json(['acs:k', 'v']),
    json(['aliyun', 'v']),
    json(['a b', 'v']),
    json(['k', 'ä']),
    json(['k', 'v'], ['k', 'w']),
  ])('TagResource with the tags %s is refused', async (Tags) => {
    const KeyId = await createKey();
    expect(await refusal('TagResource', { KeyId, Tags })).toEqual([400, 'InvalidParameter']);
    expect(await tagsOf(KeyId)).toEqual({});
  });

  test.each(['[', '"a"', '[1]', '["a","a"]', '[""]', '["acs:a"]'])(
    'UntagResource with the keys %s is refused',
    async (TagKeys) => {
      const KeyId = await createKey();
      expect(await refusal('UntagResource', { KeyId, TagKeys })).toEqual([400, 'InvalidParameter']);
    },
  );

  test.each<[string, Texts]>([
    ['TagResource', { Tags: json(['k', 'v']) }],
    ['UntagResource', { TagKeys: '["k"]' }],
    ['ListResourceTags', {}],
  ])('%s wants exactly one resource, and one that there is', async (action, fields) => {
    const call = (target: Texts) => refusal(action, { ...target, ...fields });
    expect(await call({})).toEqual([400, 'MissingParameter']);
    expect(await call({ KeyId: 'none' })).toEqual([404, 'Forbidden.KeyNotFound']);
    expect(await call({ KeyId: 'alias/none' })).toEqual([400, 'Unsupported.Alias']);
    expect(await call({ KeyId: 'k'.repeat(257) })).toEqual([400, 'InvalidParameter']);
    expect(await call({ SecretName: 'none' })).toEqual([404, 'Forbidden.ResourceNotFound']);
    expect(await call({ CertificateId: 'none' })).toEqual([404, 'Forbidden.ResourceNotFound']);
    expect(await call({ KeyId: 'none', SecretName: 'none' })).toEqual([400, 'InvalidParameter']);
    for (const name of Object.keys(fields)) {
      expect(await refusal(action, { KeyId: 'none', [name]: '' })).toEqual([400, 'MissingParameter']);
    }
  });
});

describe('tags of many keys', () => {
  test('are set on all of them and listed by key, by tag and all together', async () => {
    const ids = [await createKey(), await createKey()].sort();
    const ResourceId = numbered('ResourceId', ids);
    expect(
      await answer('TagResources', { ...KEYS, ...ResourceId, ...numberedTags({ team: 'red', b: '' }) }),
    ).toEqual({
      RequestId,
    });
    await answer('TagResource', { KeyId: ids[1] ?? '', Tags: json(['team', 'blue']) });
    const row = (index: number, TagKey: string, TagValue: string) => ({
      ResourceId: ids[index],
      ResourceType: 'key',
      TagKey,
      TagValue,
    });
    const list = async (parameters: Texts) =>
      (await answer('ListTagResources', { ...KEYS, ...parameters }))['TagResources'];
    const first = [row(0, 'b', ''), row(0, 'team', 'red')];
    const second = [row(1, 'b', ''), row(1, 'team', 'blue')];
    expect(await answer('ListTagResources', { ...KEYS, ...ResourceId })).toEqual({
      RequestId,
      TagResources: { TagResource: [...first, ...second] },
      NextToken: '',
    });
    expect(await list(numbered('ResourceId', [ids[0] ?? '', 'none']))).toEqual({ TagResource: first });
    expect(await list({ 'Tag.1.Key': 'team', 'Tag.1.Value': 'blue' })).toEqual({ TagResource: second });
    expect(await list({ 'Tag.1.Key': 'b', 'Tag.7.Key': 'team' })).toEqual({
      TagResource: [...first, ...second],
    });
    expect(await list({ 'Tag.1.Key': 'b', 'Tag.2.Key': 'none' })).toEqual({ TagResource: [] });
    expect(await list({ ResourceType: 'secret' })).toEqual({ TagResource: [] });
  });

  test('are taken away by their keys, or all', async () => {
    const ids = [await createKey(), await createKey()];
    const target = { ...KEYS, ...numbered('ResourceId', ids) };
    await answer('TagResources', { ...target, ...numberedTags({ a: '1', b: '2', c: '3' }) });
    expect(await answer('UntagResources', { ...target, 'TagKey.1': 'a', All: 'true' })).toEqual({
      RequestId,
    });
    for (const KeyId of ids) expect(await tagsOf(KeyId)).toEqual({ b: '2', c: '3' });
    await answer('UntagResources', { ...target, All: 'true' });
    for (const KeyId of ids) expect(await tagsOf(KeyId)).toEqual({});
  });

  test('come in pages of 200 rows that follow each other', async () => {
    const marker = numberedTags({ paged: 'yes' });
    const ids: string[] = [];
    for (let index = 0; index < 12; index += 1) {
      const tags = [...many('t', 16), 'paged'].map((TagKey) => ({
        TagKey,
        TagValue: TagKey === 'paged' ? 'yes' : '',
      }));
      ids.push(await createKey({ Tags: JSON.stringify(tags) }));
    }
    const seen: string[] = [];
    let NextToken = '';
    const sizes: number[] = [];
    do {
      const body = await answer('ListTagResources', { ...KEYS, ...marker, NextToken });
      const { TagResource } = body['TagResources'] as {
        TagResource: { ResourceId: string; TagKey: string }[];
      };
      seen.push(...TagResource.map(({ ResourceId, TagKey }) => `${ResourceId} ${TagKey}`));
      sizes.push(TagResource.length);
      NextToken = String(body['NextToken']);
    } while (NextToken !== '');
    expect(sizes).toEqual([200, 4]);
    expect(new Set(seen).size).toBe(12 * 17);
    for (const bad of ['x', '!', Buffer.from('x').toString('base64url')]) {
      expect(await refusal('ListTagResources', { ...KEYS, NextToken: bad })).toEqual([
        400,
        'InvalidParameter',
      ]);
    }
  });

  test('one resource that there is not keeps all from being changed', async () => {
    const KeyId = await createKey();
    const target = { ...KEYS, ...numbered('ResourceId', [KeyId, 'none']) };
    const notFound = [404, 'InvalidResourceId.NotFound'];
    expect(await refusal('TagResources', { ...target, ...numberedTags({ a: '' }) })).toEqual(notFound);
    expect(await tagsOf(KeyId)).toEqual({});
    expect(await refusal('UntagResources', { ...target, All: 'true' })).toEqual(notFound);
    const secret = { ...KEYS, ResourceType: 'secret', 'ResourceId.1': 's', ...numberedTags({ a: '' }) };
    expect(await refusal('TagResources', secret)).toEqual(notFound);
  });

  test.each<[Texts, string]>([
    [{ 'Tag.1.Key': '' }, 'InvalidParameter.TagKey'],
    [{ 'Tag.1.Key': 'acs:a' }, 'InvalidParameter.TagKey'],
    [{ 'Tag.1.Key': 'k'.repeat(129) }, 'InvalidParameter.TagKey'],
    [{ 'Tag.1.Value': 'v'.repeat(129) }, 'InvalidParameter.TagValue'],
    [{ 'Tag.2.Key': 'a' }, 'Duplicate.TagKey'],
    [{ 'Tag.2.Value': 'keyless' }, 'InvalidParameter'],
    [{ 'Tag.1': 'plain' }, 'InvalidParameter'],
    [{ Tag: 'plain' }, 'InvalidParameter'],
    [{ RegionId: '' }, 'MissingParameter'],
    [{ ResourceType: '' }, 'MissingParameter'],
    [{ ResourceType: 'bucket' }, 'InvalidParameter'],
    [{ 'ResourceId.2': 'one' }, 'InvalidParameter'],
    [numbered('ResourceId', many('r', 51)), 'InvalidParameter'],
    [numberedTags(Object.fromEntries(many('t', 21).map((key) => [key, '']))), 'InvalidParameter'],
  ])('TagResources with %o is refused', async (fields, code) => {
    const good = { ...KEYS, 'ResourceId.1': 'one', 'Tag.1.Key': 'a', 'Tag.1.Value': '' };
    expect(await refusal('TagResources', { ...good, ...fields })).toEqual([400, code]);
  });

  test('what is required must be there', async () => {
    const target = { ...KEYS, 'ResourceId.1': 'one' };
    const missing = [400, 'MissingParameter'];
    expect(await refusal('TagResources', target)).toEqual(missing);
    expect(await refusal('TagResources', { ...KEYS, 'Tag.1.Key': 'a' })).toEqual(missing);
    expect(await refusal('UntagResources', target)).toEqual(missing);
    expect(await refusal('UntagResources', { ...target, All: 'false' })).toEqual(missing);
    expect(await refusal('UntagResources', { ...target, All: 'x' })).toEqual([400, 'InvalidParameter']);
    expect(await refusal('UntagResources', { ...target, 'TagKey.1': 'acs:' })).toEqual([
      400,
      'InvalidParameter.TagKey',
    ]);
    expect(await refusal('ListTagResources', { RegionId: 'r' })).toEqual(missing);
    expect(await refusal('ListTagResources', { ...KEYS, ResourceType: 'x' })).toEqual([
      400,
      'InvalidParameter',
    ]);
  });
});
