// Schema 1 to 2, on records as the first release wrote them.

import { expect, it } from 'vitest';
import { addKeyLife } from '../../appliance/storage/add-key-life.ts';
import { MemoryStore } from '../../appliance/storage/memory-store.ts';
import { recordStore } from '../../appliance/storage/repositories.ts';
import { SAMPLE_RECORDS } from '../support/store-records.ts';

const ADDED_TO_KEYS = {
  tags: [],
  policy: null,
  deletionProtection: null,
  deleteAt: null,
  rotationInterval: null,
  rotatedAt: SAMPLE_RECORDS.keys.createdAt,
};

it('gives keys of schema 1 the life they did not have, and AccessKeys to the owner', async () => {
  const oldKey = without(SAMPLE_RECORDS.keys, Object.keys(ADDED_TO_KEYS));
  const oldAccessKey = without(SAMPLE_RECORDS.accessKeys, ['user']);
  const bytes = new MemoryStore();
  await bytes.transact((transaction) => {
    transaction.put('keys/1', Buffer.from(JSON.stringify({ v: 1, ...oldKey })));
    transaction.put('accessKeys/1', Buffer.from(JSON.stringify({ v: 1, ...oldAccessKey })));
    addKeyLife(transaction);
  });
  const { records } = recordStore({ bytes, instanceId: 'kst-x' });
  expect(records.keys.get('1')).toEqual({ ...oldKey, ...ADDED_TO_KEYS });
  expect(records.accessKeys.get('1')).toEqual({ ...oldAccessKey, user: null });
});

function without(record: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}
