// The state table of control-plane specification 3.2, driven through both planes: every action that concerns a key and
// every API, with a key in every state and with one that has been destroyed. What a cell must answer comes from the
// table of the product; test/unit/core/key-state.test.ts holds that table against the specification.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../appliance/control-plane/action-table.ts';
import { UNBUILT_ACTIONS } from '../../appliance/control-plane/unbuilt-actions.ts';
import type { KeyState } from '../../appliance/core/key.ts';
import { destroyKey } from '../../appliance/core/key-deletion.ts';
import { KEY_STATES, refusalOf, transition } from '../../appliance/core/key-state.ts';
import { APIS } from '../../proto/index.ts';
import { type AdminBody, adminCalls } from '../support/admin-calls.ts';
import { type ControlPlaneFixture, NOW, startControlPlane } from '../support/control-plane.ts';
import { type DataCalls, dataCalls } from '../support/data-calls.ts';
import { softwareKeyStore } from '../support/software-keys.ts';
import {
  CONTROL_ROWS,
  type ControlRow,
  DATA_ROWS,
  type DataRow,
  OTHER_ACTIONS,
} from '../support/state-rows.ts';
import { subjectsOf } from '../support/subjects.ts';

const COLUMNS = [...KEY_STATES, 'Gone'] as const;
/** Of actions that act on a key, whatever they are called. */
const KEY_PARAMETER = /^(?:KeyId|AliasName|CiphertextBlob|ResourceId)$/;
type Column = (typeof COLUMNS)[number];

let plane: ControlPlaneFixture;
let data: DataCalls;
const keyStore = softwareKeyStore();
const { answer } = adminCalls(() => plane);

beforeAll(async () => {
  plane = await startControlPlane({ limits: { keys: 10_000 } });
  data = await dataCalls({ store: plane.store, keyStore, clock: () => plane.clock.now });
});

afterAll(async () => {
  await plane.close();
  await keyStore.close();
});

const { newSubject, stored } = subjectsOf(
  () => plane,
  () => data,
);

async function moveTo(keyId: string, column: Column): Promise<void> {
  const key = stored(keyId);
  await plane.store.transact((transaction) => {
    if (column === 'Gone') destroyKey(transaction, key);
    else {
      const deleteAt = column === 'PendingDeletion' ? NOW + 1 : null;
      transaction.keys.put(keyId, { ...key, state: column, deleteAt });
    }
  });
}

function isUnbuilt(row: ControlRow | DataRow): boolean {
  return 'action' in row && UNBUILT_ACTIONS.includes(row.action);
}

function expectedCode(row: ControlRow | DataRow, column: Column): string {
  const { rule, enabled = 'none', gone = 'Forbidden.KeyNotFound' } = row;
  if (isUnbuilt(row)) return 'UnsupportedOperation';
  if (column === 'Gone') return gone;
  if (rule === 'always') return enabled;
  if ('operation' in rule) return refusalOf(rule.operation, column) ?? enabled;
  const cell = transition(rule.event, column, true);
  return cell === 'Rejected.StateModifiedFailed' ? cell : enabled;
}

/** The state that a key is in after the row's call. */
function expectedState({ rule }: ControlRow, state: KeyState, hasMaterial: boolean): KeyState {
  if (rule === 'always' || 'operation' in rule) return state;
  const cell = transition(rule.event, state, hasMaterial);
  return KEY_STATES.find((each) => each === cell) ?? state;
}

describe.each(CONTROL_ROWS.map((row) => [row.action, row] as const))('%s', (action, row) => {
  test.each(COLUMNS.map((column) => [column, expectedCode(row, column)] as const))(
    'of a key that is %s ends with %s',
    async (column, code) => {
      const subject = await newSubject(row.key);
      await moveTo(subject.keyId, column);
      const { body } = await plane.client.call(action, row.parameters(subject));
      expect((body as Partial<AdminBody>).Code ?? 'none').toBe(code);
      if (column !== 'Gone') expect(stored(subject.keyId).state).toBe(expectedState(row, column, true));
    },
  );
});

describe.each(DATA_ROWS.map((row) => [row.api, row] as const))('%s on the data plane', (api, row) => {
  test.each(COLUMNS.map((column) => [column, expectedCode(row, column)] as const))(
    'with a key that is %s ends with %s',
    async (column, code) => {
      const subject = await newSubject(row.key);
      await moveTo(subject.keyId, column);
      expect((await data.call(api, row.fields(subject))).code).toBe(code);
      if (column !== 'Gone') expect(stored(subject.keyId).state).toBe(column);
    },
  );
});

describe('the table', () => {
  test('covers every action that concerns a key, and every API', () => {
    const driven = new Set(CONTROL_ROWS.map(({ action }) => action));
    const missing = ACTIONS.filter(({ name }) => !driven.has(name) && !OTHER_ACTIONS.test(name));
    expect(missing.map(({ name }) => name)).toEqual([]);
    const onKeys = ACTIONS.filter(({ parameters }) => parameters.some((each) => KEY_PARAMETER.test(each)));
    // DescribeHsmCluster only tells where a key is usable, whatever its state.
    const undriven = onKeys.map(({ name }) => name).filter((name) => !driven.has(name));
    expect(undriven).toEqual(['DescribeHsmCluster']);
    expect(DATA_ROWS.map(({ api }) => api).sort()).toEqual(Object.keys(APIS).sort());
  });

  test('a key without material that is called back from deletion waits for its import', async () => {
    const { keyId, versionId } = await newSubject();
    await plane.store.transact(({ keyVersions }) => keyVersions.delete(versionId));
    await moveTo(keyId, 'PendingDeletion');
    await answer('CancelKeyDeletion', { KeyId: keyId });
    expect(stored(keyId)).toMatchObject({ state: 'PendingImport', deleteAt: null });
  });

  test('the other alias of a rejected move still means its key', async () => {
    const { keyId, otherKeyId, otherAlias } = await newSubject();
    await moveTo(keyId, 'PendingDeletion');
    await plane.client.call('UpdateAlias', { AliasName: otherAlias, KeyId: keyId });
    expect((await answer('DescribeKey', { KeyId: otherAlias })).KeyMetadata.KeyId).toBe(otherKeyId);
  });
});
