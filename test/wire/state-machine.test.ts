// The state table of control-plane specification 3.2, driven through both planes: every action that concerns a key and
// every API, with a key in every state and with one that has been destroyed. What a cell must answer comes from the
// table of the product; test/unit/core/key-state.test.ts holds that table against the specification.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../appliance/control-plane/action-table.ts';
import { UNBUILT_ACTIONS } from '../../appliance/control-plane/unbuilt-actions.ts';
import type { Key, KeyState } from '../../appliance/core/key.ts';
import { destroyKey } from '../../appliance/core/key-deletion.ts';
import { KEY_STATES, refusalOf, transition } from '../../appliance/core/key-state.ts';
import { APIS } from '../../proto/index.ts';
import { type AdminBody, adminCalls, type Texts } from '../support/admin-calls.ts';
import { type ControlPlaneFixture, NOW, startControlPlane } from '../support/control-plane.ts';
import { type DataCalls, dataCalls } from '../support/data-calls.ts';
import { present } from '../support/present.ts';
import { softwareKeyStore } from '../support/software-keys.ts';
import {
  CONTROL_ROWS,
  type ControlRow,
  DATA_ROWS,
  type DataRow,
  OTHER_ACTIONS,
  type Subject,
} from '../support/state-rows.ts';

const SYMMETRIC = { spec: 'Aliyun_AES_256', usage: 'ENCRYPT/DECRYPT' } as const;
const COLUMNS = [...KEY_STATES, 'Gone'] as const;
type Column = (typeof COLUMNS)[number];

let plane: ControlPlaneFixture;
let data: DataCalls;
const keyStore = softwareKeyStore();
const { createKey, answer } = adminCalls(() => plane);

beforeAll(async () => {
  plane = await startControlPlane({ limits: { keys: 10_000 } });
  data = await dataCalls({ store: plane.store, keyStore, clock: () => plane.clock.now });
});

afterAll(async () => {
  await plane.close();
  await keyStore.close();
});

let subjects = 0;

/** A new key with all that a row may want of it. */
async function newSubject({ spec, usage }: Pick<Key, 'spec' | 'usage'> = SYMMETRIC): Promise<Subject> {
  subjects += 1;
  const [alias, otherAlias] = [`alias/subject-${subjects}`, `alias/other-${subjects}`];
  const keyId = await createKey({ KeySpec: spec, KeyUsage: usage });
  const otherKeyId = await createKey();
  await answer('CreateAlias', { KeyId: keyId, AliasName: alias });
  await answer('CreateAlias', { KeyId: otherKeyId, AliasName: otherAlias });
  const common = { keyId, alias, otherKeyId, otherAlias, versionId: stored(keyId).initialVersionId };
  if (usage === 'SIGN/VERIFY') return { ...common, ...NOTHING, signature: await signatureBy(keyId) };
  if (spec !== 'Aliyun_AES_256') {
    const use = { KeyId: keyId, KeyVersionId: common.versionId, Algorithm: 'RSAES_OAEP_SHA_256' };
    const blob = await openApiBlob('AsymmetricEncrypt', { ...use, Plaintext: 'dGV4dA==' });
    return { ...common, ...NOTHING, openApiBlob: blob };
  }
  const blob = await openApiBlob('Encrypt', { KeyId: keyId, Plaintext: 'dGV4dA==' });
  return { ...common, ...NOTHING, sealed: await sealedBy(keyId), openApiBlob: blob };
}

const EMPTY = new Uint8Array(0);
const NOTHING = {
  sealed: { ciphertext: EMPTY, iv: EMPTY, blob: EMPTY },
  signature: EMPTY,
  openApiBlob: '',
} as const;

async function signatureBy(keyId: string): Promise<Uint8Array> {
  const message = { Message: Buffer.alloc(32, 1), MessageType: 'DIGEST' };
  return present((await data.call('Sign', { KeyId: keyId, ...message })).body['Signature']);
}

async function sealedBy(keyId: string): Promise<Subject['sealed']> {
  const fields = { KeyId: keyId, Plaintext: Buffer.from('plaintext') };
  const { body } = await data.call('Encrypt', fields);
  const advance = await data.call('AdvanceEncrypt', fields);
  return {
    ciphertext: present(body['CiphertextBlob']),
    iv: present(body['Iv']),
    blob: present(advance.body['CiphertextBlob']),
  };
}

function stored(keyId: string): Key {
  plane.store.refresh();
  return present(plane.store.records.keys.get(keyId));
}

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

/** Of a call that works on an enabled key; '' while the action is not built. */
async function openApiBlob(action: string, parameters: Texts): Promise<string> {
  const { body } = await plane.client.call(action, parameters);
  return (body as object as { readonly CiphertextBlob?: string }).CiphertextBlob ?? '';
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
