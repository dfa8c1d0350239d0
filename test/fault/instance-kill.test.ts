// kill -9 of a whole instance while keys are being created: every key that was answered is there after the restart and
// works on the data plane; of what was not answered nothing is half there, and the instance goes on.

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { rootKeyFromFile } from '../../appliance/keystore/root-key-file.ts';
import { SoftwareKeyStore } from '../../appliance/keystore/software-key-store.ts';
import { LmdbStore } from '../../appliance/storage/lmdb-store.ts';
import { openStore } from '../../appliance/storage/open-store.ts';
import { type Endpoints, quickstartClient, rootClient, startTestInstance } from '../support/instance.ts';
import { runInstance } from '../support/instance-process.ts';
import type { RpcClient } from '../support/rpc-client.ts';
import { faultsOf } from '../support/store-faults.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SPECS = ['Aliyun_AES_256', 'EC_P256'] as const;
const STREAMS = 4;
/** Answered before the instance is killed. */
const ROUNDS = [1, 10, 25];

async function killedAfter(dataDir: string, wanted: number, answered: Map<string, string>): Promise<void> {
  const endpointsFile = join(dataDir, 'endpoints.json');
  if (existsSync(endpointsFile)) unlinkSync(endpointsFile);
  const { child, ended } = runInstance({ KMS_DATA_DIR: dataDir });
  await vi.waitFor(() => expect(existsSync(endpointsFile)).toBe(true), { timeout: 60_000 });
  const client = rootClient(dataDir, JSON.parse(readFileSync(endpointsFile, 'utf8')) as Endpoints);
  onTestFinished(() => client.close());
  let enough = (): void => undefined;
  const reached = new Promise<void>((resolve) => {
    enough = resolve;
  });
  const before = answered.size;
  const streams = Array.from({ length: STREAMS }, () =>
    createKeys(client, answered, () => {
      if (answered.size - before >= wanted) enough();
    }),
  );
  await reached;
  child.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
  await Promise.all(streams);
}

/** Until the connection breaks. */
async function createKeys(
  client: RpcClient,
  answered: Map<string, string>,
  noted: () => void,
): Promise<void> {
  for (let count = 0; ; count += 1) {
    const KeySpec = SPECS[count % 2] ?? SPECS[0];
    try {
      const { status, body } = await client.call('CreateKey', { KeySpec });
      expect([status, body.Code]).toEqual([200, undefined]);
      answered.set(body.KeyMetadata.KeyId, KeySpec);
      noted();
    } catch (error) {
      if (error instanceof Error && 'code' in error) return;
      throw error;
    }
  }
}

async function requireWorking(dataDir: string, answered: ReadonlyMap<string, string>): Promise<void> {
  const instance = await startTestInstance(dataDir);
  const admin = rootClient(dataDir, instance);
  const app = quickstartClient(dataDir, instance);
  try {
    const listed: string[] = [];
    for (let page = 1; ; page += 1) {
      const { body } = await admin.call('ListKeys', { PageNumber: String(page), PageSize: '100' });
      listed.push(...body.Keys.Key.map(({ KeyId }) => KeyId));
      if (listed.length >= body.TotalCount) break;
    }
    expect([...answered.keys()].filter((id) => !listed.includes(id))).toEqual([]);
    for (const KeyId of listed) {
      const { body } = await admin.call('DescribeKey', { KeyId });
      const message = { KeyId, Message: Buffer.from('text') };
      if (body.KeyMetadata.KeySpec === 'Aliyun_AES_256') {
        const { CiphertextBlob, Iv } = await app.ok('Encrypt', { KeyId, Plaintext: Buffer.from('text') });
        const opened = await app.ok('Decrypt', { KeyId, CiphertextBlob, Iv });
        expect(opened.Plaintext.toString()).toBe('text');
      } else {
        const { Signature } = await app.ok('Sign', message);
        expect((await app.ok('Verify', { ...message, Signature })).Value).toBe(true);
      }
    }
  } finally {
    admin.close();
    app.close();
    await instance.stop();
  }
}

async function storeFaults(dataDir: string): Promise<string[]> {
  const rootKeySource = rootKeyFromFile({ path: join(dataDir, 'root.key'), mayCreate: false, randomBytes });
  const { store, rootKey } = await openStore({
    bytes: new LmdbStore(join(dataDir, 'store')),
    rootKeySource,
    randomBytes,
    newInstanceId: () => 'unused',
  });
  const { instanceId } = store;
  const sealingKey = rootKey.deriveKey('key-material');
  const keyStore = new SoftwareKeyStore({ sealingKey, instanceId, randomBytes });
  try {
    return await faultsOf(store, keyStore);
  } finally {
    await keyStore.close();
    await store.close();
  }
}

test('an instance killed again and again loses no key that it answered, and keeps none by halves', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  const answered = new Map<string, string>();
  for (const wanted of ROUNDS) {
    await killedAfter(dataDir, wanted, answered);
    await requireWorking(dataDir, answered);
    expect(await storeFaults(dataDir)).toEqual([]);
  }
  expect(answered.size).toBeGreaterThanOrEqual(36);
});
