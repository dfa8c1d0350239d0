// Schemas 1 to 3, on records as the earlier releases wrote them.

import { expect, it } from 'vitest';
import { addImportedMaterial } from '../../appliance/storage/add-imported-material.ts';
import { addKeyLife } from '../../appliance/storage/add-key-life.ts';
import { MemoryStore } from '../../appliance/storage/memory-store.ts';
import { recordStore } from '../../appliance/storage/repositories.ts';
import { SAMPLE_RECORDS } from '../support/store-records.ts';

const ADDED_LAST = { materialExpiresAt: null, materialFingerprint: null };
const ADDED_TO_KEYS = {
  tags: [],
  policy: null,
  deletionProtection: null,
  deleteAt: null,
  rotationInterval: null,
  rotatedAt: SAMPLE_RECORDS.keys.createdAt,
};

it('gives keys of schema 1 the life and the material they did not have, and AccessKeys to the owner', async () => {
  const oldKey = without(SAMPLE_RECORDS.keys, Object.keys({ ...ADDED_TO_KEYS, ...ADDED_LAST }));
  const oldAccessKey = without(SAMPLE_RECORDS.accessKeys, ['user']);
  const bytes = new MemoryStore();
  await bytes.transact((transaction) => {
    transaction.put('keys/1', Buffer.from(JSON.stringify({ v: 1, ...oldKey })));
    transaction.put('accessKeys/1', Buffer.from(JSON.stringify({ v: 1, ...oldAccessKey })));
    addKeyLife(transaction);
    addImportedMaterial(transaction);
  });
  const { records } = recordStore({ bytes, instanceId: 'kst-x' });
  expect(records.keys.get('1')).toEqual({ ...oldKey, ...ADDED_TO_KEYS, ...ADDED_LAST });
  expect(records.accessKeys.get('1')).toEqual({ ...oldAccessKey, user: null });
});

function without(record: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}
