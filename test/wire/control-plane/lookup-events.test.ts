// LookupEvents over the wire, as ActionTrail's clients send it: version 2020-07-06, numbered attributes, pages.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../../../appliance/instance.ts';
import { rootClient, startTestInstance } from '../../support/instance.ts';
import type { RpcClient } from '../../support/rpc-client.ts';

const version = '2020-07-06';
const HOUR_MS = 3_600_000;
const dataDir = mkdtempSync(join(tmpdir(), 'lookup-events-'));
let instance: Instance;
let root: RpcClient;
let keyId: string;

interface Page {
  readonly StartTime: string;
  readonly EndTime: string;
  readonly Events: readonly { readonly eventName: string; readonly [name: string]: unknown }[];
  readonly NextToken?: string;
}

async function lookup(parameters: Readonly<Record<string, string>>): Promise<Page> {
  const { status, body } = await root.call('LookupEvents', parameters, { version });
  expect([status, body.Code]).toEqual([200, undefined]);
  return body as unknown as Page;
}

const time = (offset: number): string => `${new Date(Date.now() + offset).toISOString().slice(0, 19)}Z`;

beforeAll(async () => {
  instance = await startTestInstance(dataDir, { settings: { KMS_QUICKSTART: 'false' } });
  root = rootClient(dataDir, instance);
  keyId = (await root.call('CreateKey')).body.KeyMetadata.KeyId;
  await root.call('DisableKey', { KeyId: keyId });
  await root.call('CreateAlias', { KeyId: keyId, AliasName: 'alias/a' });
  await root.call('DescribeKey', { KeyId: 'alias/a' });
  await root.call('DescribeKey', { KeyId: 'key-none' });
});

afterAll(async () => {
  root.close();
  await instance.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('answers what was done, the last first, by default of the last seven days', async () => {
  const { Events, StartTime, EndTime } = await lookup({ EndTime: time(HOUR_MS) });
  expect(Events.map(({ eventName }) => eventName)).toEqual(
    expect.arrayContaining(['CreateKey', 'DisableKey', 'CreateAlias', 'DescribeKey']),
  );
  expect(Date.parse(EndTime) - Date.parse(StartTime)).toBe(7 * 24 * HOUR_MS);
  const { AccessKeyId } = JSON.parse(readFileSync(join(dataDir, 'root-accesskey.json'), 'utf8')) as {
    AccessKeyId: string;
  };
  expect(Events.find(({ eventName }) => eventName === 'DisableKey')).toMatchObject({
    eventRW: 'Write',
    eventVersion: 1,
    serviceName: 'Kms',
    resourceType: 'ACS::KMS::Key',
    resourceName: keyId,
    requestParameters: { KeyId: keyId },
    userIdentity: { type: 'root-account', accessKeyId: AccessKeyId },
  });
});

test('pages by MaxResults and NextToken, the first first', async () => {
  const asked = { Direction: 'FORWARD', MaxResults: '2', EndTime: time(HOUR_MS) };
  const first = await lookup(asked);
  const second = await lookup({ ...asked, NextToken: first.NextToken ?? '' });
  const third = await lookup({ ...asked, MaxResults: '1', NextToken: second.NextToken ?? '' });
  expect([first, second, third].map(({ Events }) => Events.map(({ eventName }) => eventName))).toEqual([
    ['CreateKey', 'DisableKey'],
    ['CreateAlias', 'DescribeKey'],
    ['DescribeKey'],
  ]);
  expect(third.Events[0]).toMatchObject({ errorCode: 'Forbidden.KeyNotFound' });
});

test('finds by numbered attributes and by EventRW', async () => {
  const EndTime = time(HOUR_MS);
  const one = { EndTime, 'LookupAttribute.1.Key': 'EventName', 'LookupAttribute.1.Value': 'CreateAlias' };
  expect((await lookup(one)).Events).toHaveLength(1);
  const more = { 'LookupAttribute.2.Key': 'EventRW', 'LookupAttribute.2.Value': 'Read' };
  expect((await lookup({ ...one, ...more })).Events).toEqual([]);
  const written = await lookup({ EndTime, EventRW: 'Write' });
  expect(written.Events.map(({ eventName }) => eventName)).toEqual([
    'CreateAlias',
    'DisableKey',
    'CreateKey',
  ]);
});

test.each([
  { MaxResults: '51' },
  { Direction: 'SIDEWAYS' },
  { 'LookupAttribute.1.Key': 'Colour', 'LookupAttribute.1.Value': 'x' },
  { NextToken: 'forged' },
  { StartTime: '2026-01-02T00:00:00Z', EndTime: '2026-01-01T00:00:00Z' },
])('refuses %j with InvalidParameter', async (parameters) => {
  const { body } = await root.call('LookupEvents', parameters, { version });
  expect(body.Code).toBe('InvalidParameter');
});
