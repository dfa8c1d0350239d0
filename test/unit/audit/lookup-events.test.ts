// Looking events up page by page, in both directions, over several segments.

import { beforeEach, describe, expect, test } from 'vitest';
import { createAuditEvents } from '../../../appliance/audit/lookup-events.ts';
import type { EventsRequest } from '../../../appliance/core/ports/audit-events.ts';
import type { AuditRecord } from '../../../appliance/core/ports/audit-log.ts';
import { AUDIT_NOW, AuditFolder, auditRecord } from '../../support/audit-log.ts';
import { present } from '../../support/present.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const HOUR_MS = 3_600_000;
const ALL: EventsRequest = {
  since: 0,
  until: AUDIT_NOW + 100 * HOUR_MS,
  conditions: [],
  order: 'backward',
  maxEvents: 50,
  token: null,
};
let log: AuditFolder;

const control = (requestId: string, fields: Partial<AuditRecord> = {}): AuditRecord =>
  auditRecord(requestId, {
    plane: 'control',
    api: 'DescribeKey',
    apiVersion: '2016-01-20',
    accessKeyId: 'LTAI',
    identityType: 'ram-user',
    principal: 'alice',
    resource: 'key-1',
    ...fields,
  });

beforeEach(() => {
  log = new AuditFolder(temporaryFolder());
});

/** Event ids page by page. */
async function pages(request: Partial<EventsRequest>, maxBytes?: number): Promise<unknown[][]> {
  const events = createAuditEvents(log.directory, maxBytes);
  const found: unknown[][] = [];
  for (let token: string | null = null; ; ) {
    const page = await events.lookup({ ...ALL, ...request, token });
    found.push(page.events.map(({ eventId }) => eventId));
    token = page.nextToken;
    if (token === null) return found;
    expect(found.length).toBeLessThan(100);
  }
}

describe('events', () => {
  test('are those of the control plane, the newest first', async () => {
    await log.writeHours([control('a'), auditRecord('data'), control('b')], [control('c')]);
    expect(await pages({})).toEqual([['c', 'b', 'a']]);
    expect(await pages({ order: 'forward' })).toEqual([['a', 'b', 'c']]);
  });

  test('come in pages that neither repeat nor leave out any, in both directions', async () => {
    const hours = [0, 1, 2].map((hour) =>
      Array.from({ length: 7 }, (_, index) =>
        control(`${hour}-${index}`, { time: AUDIT_NOW + hour * HOUR_MS }),
      ),
    );
    await log.writeHours(...hours);
    const ids = hours.flat().map(({ requestId }) => requestId);
    for (const maxEvents of [1, 3, 7, 20]) {
      const forward = await pages({ order: 'forward', maxEvents });
      expect(forward.flat()).toEqual(ids);
      expect(forward.every((page) => page.length <= maxEvents)).toBe(true);
      expect((await pages({ maxEvents })).flat()).toEqual(ids.toReversed());
    }
  });

  test('are found over many calls when a call may read only a little, and some of its pages are empty', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => auditRecord(`d${index}`));
    await log.writeHours([control('first'), ...many, control('last')]);
    for (const order of ['forward', 'backward'] as const) {
      const found = await pages({ order }, 1);
      expect(found.flat()).toEqual(order === 'forward' ? ['first', 'last'] : ['last', 'first']);
      expect(found.length).toBeGreaterThan(2);
    }
  });

  test('are found by each attribute, and by several together', async () => {
    await log.writeHours([
      control('a'),
      control('b', { api: 'DeleteAlias', resource: 'alias/b', accessKeyId: 'LTAIb' }),
      control('c', {
        identityType: 'cloud-account',
        principal: '1',
        apiVersion: '2015-05-01',
        resource: 'bob',
      }),
    ]);
    const by = (...conditions: EventsRequest['conditions']) => pages({ conditions });
    expect(await by({ attribute: 'EventName', value: 'DeleteAlias' })).toEqual([['b']]);
    expect(await by({ attribute: 'EventRW', value: 'Read' })).toEqual([['c', 'a']]);
    expect(await by({ attribute: 'User', value: 'alice' })).toEqual([['b', 'a']]);
    expect(await by({ attribute: 'User', value: 'root' })).toEqual([['c']]);
    expect(await by({ attribute: 'EventAccessKeyId', value: 'LTAIb' })).toEqual([['b']]);
    // A caller, but no AccessKey.
    expect(await by({ attribute: 'EventAccessKeyId', value: 'alice' })).toEqual([[]]);
    expect(await by({ attribute: 'ResourceName', value: 'key-1' })).toEqual([['a']]);
    expect(await by({ attribute: 'ResourceType', value: 'ACS::KMS::Alias' })).toEqual([['b']]);
    expect(await by({ attribute: 'ServiceName', value: 'Ram' })).toEqual([['c']]);
    expect(await by({ attribute: 'EventId', value: 'a' })).toEqual([['a']]);
    const both = { attribute: 'EventRW', value: 'Read' } as const;
    expect(await by(both, { attribute: 'User', value: 'alice' })).toEqual([['a']]);
  });

  test('keep to the time asked for', async () => {
    await log.writeHours([
      control('a'),
      control('b', { time: AUDIT_NOW + 1 }),
      control('c', { time: AUDIT_NOW + 2 }),
    ]);
    expect(await pages({ since: AUDIT_NOW + 1, until: AUDIT_NOW + 2 })).toEqual([['b']]);
  });
});

describe('a token', () => {
  const token = (text: string): string => Buffer.from(text).toString('base64url');

  test.each(['', 'x', token('1/2026-01-02T15/../etc/1/0'), token('1/2026-01-02T15/p0/1/-1'), token('2/x')])(
    'that is none is refused: %j',
    async (text) => {
      await log.writeHours([control('a')]);
      await expect(createAuditEvents(log.directory).lookup({ ...ALL, token: text })).rejects.toMatchObject({
        code: 'InvalidParameter',
      });
    },
  );

  test('that was changed leads to another place of the log, and to nothing else', async () => {
    await log.writeHours([control('a'), control('b')]);
    const events = createAuditEvents(log.directory);
    const hour = present(/T(\d\d)-p0-\d+\.jsonl$/.exec(log.segmentFiles()[0] ?? '')?.[1]);
    for (let offset = 0; offset < 3000; offset += 37) {
      const changed = token(`1/2026-01-02T${hour}/p0/1/${offset}`);
      for (const order of ['forward', 'backward'] as const) {
        const page = await events.lookup({ ...ALL, order, token: changed });
        expect(page.events.every(({ eventId }) => eventId === 'a' || eventId === 'b')).toBe(true);
      }
    }
    const beyond = await events.lookup({
      ...ALL,
      order: 'forward',
      token: token('1/2026-01-02T15/p0/1/999999999'),
    });
    expect(beyond).toEqual({ events: [], nextToken: null });
  });
});

test('no more than two look at a time, and the next may again', async () => {
  await log.writeHours([control('a')]);
  const events = createAuditEvents(log.directory);
  const results = await Promise.allSettled([events.lookup(ALL), events.lookup(ALL), events.lookup(ALL)]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect(results[2]).toMatchObject({ reason: { code: 'Throttling' } });
  expect((await events.lookup(ALL)).events).toHaveLength(1);
  expect(await events.lookup({ ...ALL, maxEvents: 0 })).toEqual({ events: [], nextToken: null });
});
