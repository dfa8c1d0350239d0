// What an intruder without the audit key can do to the last line of a log: its chain value has no key, so it is made anew;
// what a checkpoint signs are texts, so its fields may be written in other ways with the same ones.

import { readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, expect, test, vi } from 'vitest';
import { link, readLink } from '../../../appliance/audit/chain.ts';
import { readCheckpoint } from '../../../appliance/audit/checkpoint.ts';
import { AuditFolder, auditRecord } from '../../support/audit-log.ts';
import { present } from '../../support/present.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const DAY_MS = 24 * 3_600_000;
let log: AuditFolder;
/** Its lines up to the first checkpoint, which says that the process goes on. */
let opening: string;
let heartbeat: string;

const file = (): string => present(log.segmentFiles()[0]);

/** The log cut off behind its first checkpoint, which is written in another way. */
function cutAtHeartbeat(rewrite: (json: string) => string): string {
  const before = present(readLink(opening));
  const json = heartbeat.slice(0, heartbeat.indexOf(',"seq":'));
  const { line } = link(before, rewrite(`${json}}`));
  writeFileSync(file(), `${opening}\n${line}`);
  return line;
}

const verifyLater = () => log.verify({ asOf: log.now + DAY_MS });

beforeEach(async () => {
  log = new AuditFolder(temporaryFolder());
  const audit = log.open();
  await vi.waitFor(() => expect(log.checkpointsMade).toBe(1));
  audit.append([auditRecord('what is to be hidden')]);
  await audit.close();
  [opening = '', heartbeat = ''] = readFileSync(file(), 'utf8').split('\n');
});

test('the log as it is, and the one that is cut at the checkpoint, are told apart', async () => {
  expect((await verifyLater()).problem).toBeNull();
  cutAtHeartbeat((json) => json);
  expect((await verifyLater()).problem?.what).toMatch('not closed');
});

test.each([
  ['whether it closes', /"closing":false/, '"closing":"false"'],
  ['its sequence', /"sequence":1,/, '"sequence":"1",'],
  ['its count', /"count":0/, '"count":"0"'],
  ['its head', /"head":"([0-9a-f]{64})"/, '"head":["$1"]'],
  ['an escaped name', /"closing"/, String.raw`"clo\u0073ing"`],
  ['another order', /("count":0),("closing":false)/, '$2,$1'],
  ['a field more', /"closing":false/, '"closing":false,"also":1'],
  ['a field twice', /"closing":false/, '"closing":true,"closing":false'],
  ['white space', /"closing":false/, '"closing": false'],
  ['no JSON', /"closing":false/, '"closing":,'],
])('%s, written otherwise than the instance does, makes no checkpoint', async (_what, from, to) => {
  const line = cutAtHeartbeat((json) => {
    expect(json).toMatch(from);
    return json.replace(from, to);
  });
  expect(readCheckpoint(line)).toBeNull();
  expect((await verifyLater()).problem).toMatchObject({
    line: 2,
    what: 'not a checkpoint as the instance writes it',
  });
});
