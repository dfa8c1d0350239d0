// The root key in an HSM: a store that opens with it, and not without it.

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newInstanceId } from '../../appliance/core/ids.ts';
import { rootKeyFromFile } from '../../appliance/keystore/root-key-file.ts';
import { rootKeyFromHsm } from '../../appliance/keystore/root-key-hsm.ts';
import { MemoryStore } from '../../appliance/storage/memory-store.ts';
import { openStore } from '../../appliance/storage/open-store.ts';
import type { Hsm } from '../../hsm-adapter/index.ts';
import { createHsmRig, type HsmRig } from '../support/hsm-rig.ts';
import { changed } from '../support/present.ts';

const MEMBERS = { members: 2, args: ['--processes', '1'] };

let rig: HsmRig;
let other: HsmRig;
beforeAll(async () => {
  [rig, other] = await Promise.all([createHsmRig(MEMBERS), createHsmRig({ ...MEMBERS, members: 1 })]);
});
afterAll(() => Promise.all([rig.close(), other.close()]));

const source = (hsm: Hsm) => rootKeyFromHsm({ hsm, randomBytes });
const derived = async (hsm: Hsm, parameters: Parameters<ReturnType<typeof source>['open']>[0]) =>
  (await source(hsm).open(parameters)).deriveKey('store-records').export();

it('is the same at every opening, on each member alone, and another for every store', async () => {
  const parameters = await source(rig.cluster).prepare();
  const key = await derived(rig.cluster, parameters);
  expect(key.length).toBe(32);
  const { domainCheckValue } = rig;
  for (const member of rig.members()) {
    const one = rig.connect({ members: [member], domainCheckValue });
    await one.firstContact();
    expect((await derived(one, parameters)).equals(key)).toBe(true);
  }
  const another = await derived(rig.cluster, await source(rig.cluster).prepare());
  expect(another.equals(key)).toBe(false);
});

it('opens a store, whose header tells nothing of it', async () => {
  const bytes = new MemoryStore();
  const open = (hsm: Hsm) =>
    openStore({
      bytes,
      rootKeySource: source(hsm),
      randomBytes,
      newInstanceId: () => newInstanceId(randomBytes),
    });
  const { store } = await open(rig.cluster);
  const again = await open(rig.cluster);
  expect(again.store.instanceId).toBe(store.instanceId);
  const header = JSON.stringify(await source(rig.cluster).prepare());
  expect(Object.keys(JSON.parse(header) as object)).toEqual(['type', 'key', 'iv', 'ciphertext']);
});

it('does not open without the HSM: ROOT_KEY_HSM_UNAVAILABLE, as long as that lasts', async () => {
  const parameters = await source(rig.cluster).prepare();
  const nobody = rig.connect({ members: [], domainCheckValue: rig.domainCheckValue });
  const code = 'ROOT_KEY_HSM_UNAVAILABLE';
  await expect(source(nobody).open(parameters)).rejects.toMatchObject({ code });
  await expect(source(nobody).prepare()).rejects.toMatchObject({ code });
  expect((await derived(rig.cluster, parameters)).length).toBe(32);
});

it('does not open with another cluster, or when the header was changed: ROOT_KEY_HSM_REFUSED', async () => {
  const parameters = await source(rig.cluster).prepare();
  const code = 'ROOT_KEY_HSM_REFUSED';
  await expect(source(other.cluster).open(parameters)).rejects.toMatchObject({ code });
  for (const name of ['key', 'iv', 'ciphertext']) {
    const value = Buffer.from(String(parameters[name]), 'base64');
    const altered = { ...parameters, [name]: changed(value, value.length - 1).toString('base64') };
    await expect(source(rig.cluster).open(altered)).rejects.toMatchObject({ code });
  }
  await expect(source(rig.cluster).open({ ...parameters, key: '' })).rejects.toMatchObject({ code });
});

it('is told from the other types of root keys', async () => {
  const code = 'ROOT_KEY_SOURCE_MISMATCH';
  await expect(source(rig.cluster).open({ type: 'file' })).rejects.toMatchObject({ code });
  const file = rootKeyFromFile({ path: '/nonexistent', mayCreate: false, randomBytes });
  const parameters = await source(rig.cluster).prepare();
  await expect(file.open(parameters)).rejects.toMatchObject({ code });
});
