// Every parameter of every action, sent in every wrong way: the answer is one of the table's codes or a clean success,
// never a failure of ours, never the value itself, and a refusal leaves the store as it was.
// What is wrong with a whole request is in transport.test.ts. Issue of the control plane, "Bad input".

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../../appliance/control-plane/action-table.ts';
import type { Snapshot, Transaction } from '../../../appliance/core/ports/store.ts';
import { ERROR_TABLE, type ErrorCode } from '../../../appliance/errors.ts';
import { fullName } from '../../support/action-calls.ts';
import type { Texts } from '../../support/admin-calls.ts';
import { type ControlPlaneFixture, startControlPlane } from '../../support/control-plane.ts';
import { type DataCalls, dataCalls } from '../../support/data-calls.ts';
import { escapeText, type RpcAnswer } from '../../support/rpc-client.ts';
import { type SampleRecords, sampleCall, sampleRecords } from '../../support/sample-calls.ts';
import { softwareKeyStore } from '../../support/software-keys.ts';
import { subjectsOf } from '../../support/subjects.ts';

const MARK = 'qzmarkqz';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Values that fit no parameter, or some and not others. */
const BAD_VALUES = new Map([
  ['empty', ''],
  ['blank', ' '],
  ['letters', MARK],
  ['a negative number', '-1'],
  ['a huge number', '9'.repeat(40)],
  ['a fraction', '1.5'],
  ['broken JSON', `{"${MARK}":`],
  ['a JSON object', `{"${MARK}":{"${MARK}":1}}`],
  ['a JSON list of the wrong things', `[1,null,["${MARK}"],{"__proto__":"${MARK}"}]`],
  ['JSON null', 'null'],
  ['deep JSON', '['.repeat(5_000)],
  ['a NUL byte', `${MARK}\0`],
  ['a line break', `${MARK}\r\nX: y`],
  ['other planes of Unicode', `${MARK}\u{1f511}\u202e`],
  ['the name of a member of every object', '__proto__'],
]);
/** Of good calls: some actions do nothing but refuse, and a key that is enabled has no deletion to call back. */
const GOOD = ['none', 'UnsupportedOperation', 'Forbidden.Opened', 'Rejected.StateModifiedFailed'];
/** Without UserName the caller's own AccessKeys are meant. */
const LACKING = [
  'none',
  'MissingParameter',
  'InvalidParameter',
  'UnsupportedOperation',
  'EntityNotExist.User.AccessKey',
];
const TOO_LONG = MARK + 'x'.repeat(70_000);
/** Taken in turn. */
const NOT_UTF_8 = ['%FF', '%C3%28', '%ED%A0%80', '%C0%80', '%zz'];
/** Those that are lists. */
const WIRE_NAMES = new Map([
  ['ResourceId', 'ResourceId.1'],
  ['Tag', 'Tag.1.Key'],
  ['TagKey', 'TagKey.1'],
  ['LookupAttribute', 'LookupAttribute.1.Key'],
]);

let plane: ControlPlaneFixture;
let records: SampleRecords;
let saved: [keyof Snapshot, string, object][];
const keyStore = softwareKeyStore();

beforeAll(async () => {
  plane = await startControlPlane();
  const data: DataCalls = await dataCalls({ store: plane.store, keyStore, clock: () => plane.clock.now });
  records = await sampleRecords(
    plane,
    subjectsOf(
      () => plane,
      () => data,
    ),
  );
  plane.store.refresh();
  saved = contents(plane.store.records);
}, 60_000);

afterAll(async () => {
  await plane.close();
  await keyStore.close();
});

const ID_OF: Partial<Record<keyof Snapshot, string>> = {
  scheduler: 'scheduler',
  serverIdentity: 'identity',
};

function contents(snapshot: Snapshot | Transaction): [keyof Snapshot, string, object][] {
  return (Object.keys(snapshot) as (keyof Snapshot)[]).flatMap((collection) =>
    [...snapshot[collection].list()].map((record): [keyof Snapshot, string, object] => {
      const { id, name } = record as { readonly id?: string; readonly name?: string };
      const isNamed = collection !== 'ramUsers' && id !== undefined;
      return [collection, (isNamed ? id : name) ?? ID_OF[collection] ?? '', record];
    }),
  );
}

/** Undoes what a call that succeeded has changed. */
async function restore(): Promise<void> {
  await plane.store.transact((transaction) => {
    for (const [collection, id] of contents(transaction)) transaction[collection].delete(id);
    for (const [collection, id, record] of saved) transaction[collection].put(id, record as never);
  });
}

/** What every answer must be. */
function requireSound(answer: RpcAnswer, what: string): void {
  const { status, body } = answer;
  expect({ what, requestId: body.RequestId }).toEqual({
    what,
    requestId: expect.stringMatching(UUID) as string,
  });
  if (status === 200) return;
  const row = Object.hasOwn(ERROR_TABLE, body.Code) ? ERROR_TABLE[body.Code as ErrorCode] : undefined;
  expect({ what, code: body.Code, status: row?.status }).toEqual({ what, code: body.Code, status });
  expect({ what, isOurs: status >= 500 }).toEqual({ what, isOurs: false });
  const members = Object.entries(body);
  expect(members.map(([name]) => name).sort()).toEqual([
    'Code',
    'HostId',
    'Message',
    'Recommend',
    'RequestId',
  ]);
  expect(members.every(([, value]) => typeof value === 'string')).toBe(true);
  expect({ what, repeats: answer.text.includes(MARK) }).toEqual({ what, repeats: false });
}

/** Makes a call and checks what it answers; a refusal must have left the store alone. */
async function checked(make: () => Promise<RpcAnswer>, what: string): Promise<string> {
  const before = plane.store.refresh();
  const answer = await make();
  requireSound(answer, what);
  const after = plane.store.refresh();
  if (answer.status !== 200) expect({ what, after }).toEqual({ what, after: before });
  else if (after !== before) await restore();
  return answer.status === 200 ? 'none' : answer.body.Code;
}

const rows = ACTIONS.map((action) => [fullName(action.api.service, action.name), action] as const);

describe.each(rows)('%s', (_name, action) => {
  const version = action.api.version;
  const parameters = [...action.parameters, ...(action.dryRun ? ['DryRun'] : [])];
  const names = parameters.map((name) => WIRE_NAMES.get(name) ?? name);
  const call = (fields: Texts) => () => plane.client.call(action.name, fields, { version });

  test('answers a good call, and the same with a parameter that it does not know', async () => {
    const good = sampleCall(action, records);
    const code = await checked(call(good), 'good');
    expect(GOOD).toContain(code);
    const extra = { ...good, Surprise: MARK, 'Other.1.Key': MARK, constructor: MARK };
    expect(await checked(call(extra), 'unknown')).toBe(code);
  });

  test.each(names.map((name) => [name]))('%s, sent wrongly, is refused or harmless', async (name) => {
    const good = sampleCall(action, records);
    const without = Object.fromEntries(Object.entries(good).filter(([each]) => each !== name));
    const lacking = await checked(call(without), `${name} missing`);
    for (const [what, value] of BAD_VALUES) {
      await checked(call({ ...good, [name]: value }), `${name} ${what}`);
    }
    expect(LACKING).toContain(lacking);
    const tooLong = await checked(call({ ...good, [name]: TOO_LONG }), `${name} too long`);
    expect(tooLong).not.toBe('none');
    expect(tooLong).not.toBe('UnsupportedOperation');
  });

  test('refuses each name that is given twice, and each value that is not UTF-8', async () => {
    for (const name of names) {
      const [field, other] = [`${escapeText(name)}=${MARK}`, `${escapeText(name)}=y`];
      const { path, body } = plane.client.prepare(
        action.name,
        { ...sampleCall(action, records), [name]: 'x' },
        { version },
      );
      const send = (query: string, form: string) => () =>
        plane.client.send('POST', `${path}?${query}`, { headers: FORM, body: form });
      expect(await checked(send(`${field}&${other}`, ''), `${name} twice in the query`)).toBe(
        'InvalidParameter',
      );
      expect(await checked(send(field, body), `${name} in query and form`)).toBe('InvalidParameter');
      expect(await checked(send('', `${field}&${other}`), `${name} twice in the form`)).toBe(
        'InvalidParameter',
      );
      const [bytes = ''] = NOT_UTF_8.splice(0, 1);
      NOT_UTF_8.push(bytes);
      const undecodable = await checked(send(`${escapeText(name)}=${bytes}`, ''), `${name} with ${bytes}`);
      expect(undecodable).toBe('ParseRequestParameterException');
    }
  });
});
