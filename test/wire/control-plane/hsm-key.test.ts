// On how many members of the HSM cluster a key can be used, as DescribeHsmCluster tells it through the life of imported
// material.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { expireMaterial } from '../../../appliance/core/imported-keys.ts';
import { HsmConnection } from '../../../appliance/hsm/hsm-connection.ts';
import { writeKept } from '../../../appliance/hsm/kept-settings.ts';
import { createLogger } from '../../../appliance/ops/logger.ts';
import { adminCalls } from '../../support/admin-calls.ts';
import { type ControlPlaneFixture, NOW, startControlPlane } from '../../support/control-plane.ts';
import { CHECK_VALUE, type FakeHsmNode, startFakeHsmNode } from '../../support/fake-hsm-node.ts';
import { present } from '../../support/present.ts';
import { ramUser } from '../../support/ram-user.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { sourceKey, wrap } from '../../support/wrapping-side.ts';

const CONFIG = { members: null, clientFile: null, passwordFile: null, caFile: null, serverName: null };

let plane: ControlPlaneFixture;
let hsm: HsmConnection;
let node: FakeHsmNode;
const { answer, createKey } = adminCalls(() => plane);

beforeEach(async () => {
  const dataDir = temporaryFolder();
  node = await startFakeHsmNode(dataDir, 'a', () => []);
  if (node.endpoint.type !== 'unix') throw new Error('not a Unix socket');
  const members = [`a=unix:${node.endpoint.path}`];
  const kept = { members, serverName: null, credentials: null, domainCheckValue: CHECK_VALUE, connect: true };
  await writeKept(dataDir, kept);
  const logger = createLogger('silent');
  hsm = new HsmConnection({ dataDir, config: CONFIG, environment: {}, logger, clock: Date.now });
  const signal = AbortSignal.timeout(10_000);
  await hsm.ready({ create: false, signal, waiting: () => Promise.resolve() });
  plane = await startControlPlane({ hsm });
});
afterEach(async () => {
  await plane.close();
  hsm.close();
  await node.close();
});

async function usableOn(KeyId: string): Promise<unknown> {
  const { Key } = await answer('DescribeHsmCluster', { KeyId });
  return Key;
}

test('a key of the instance is usable on every usable member', async () => {
  const KeyId = await createKey();
  expect(await usableOn(KeyId)).toEqual({ KeyId, Versions: 1, UsableMembers: 1, TotalMembers: 1 });
});

test('a key of imported material is usable between its import and its expiry', async () => {
  const KeyId = await createKey({ Origin: 'EXTERNAL' });
  expect(await usableOn(KeyId)).toEqual({ KeyId, Versions: 0, UsableMembers: 0, TotalMembers: 1 });

  const way = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' } as const;
  const { PublicKey, ImportToken } = await answer('GetParametersForImport', { KeyId, ...way });
  const spki = Buffer.from(PublicKey, 'base64');
  const wrapped = wrap(spki, way.WrappingAlgorithm, sourceKey('Aliyun_AES_256').material);
  await answer('ImportKeyMaterial', {
    KeyId,
    ImportToken: String(ImportToken),
    EncryptedKeyMaterial: Buffer.from(wrapped).toString('base64'),
    KeyMaterialExpireUnix: String(NOW / 1000 + 60),
  });
  expect(await usableOn(KeyId)).toMatchObject({ Versions: 1, UsableMembers: 1 });

  plane.clock.now = NOW + 60_000;
  expect(await usableOn(KeyId)).toMatchObject({ Versions: 1, UsableMembers: 0 });
  // As the scheduler does when it comes by.
  await plane.store.transact((transaction) => {
    expireMaterial(transaction, present(transaction.keys.get(KeyId)), plane.clock.now);
  });
  expect(await usableOn(KeyId)).toMatchObject({ Versions: 1, UsableMembers: 0 });
});

test('a key is told of only to who has the permission on it, too', async () => {
  const [KeyId, other] = [await createKey(), await createKey()];
  const user = await ramUser(plane, 'user', {
    Action: 'kms:DescribeHsmCluster',
    Resource: ['acs:kms:*:*:keystore/*', `acs:kms:*:*:key/${KeyId}`],
  });
  expect((await user.call('DescribeHsmCluster')).status).toBe(200);
  expect((await user.call('DescribeHsmCluster', { KeyId })).status).toBe(200);
  const refused = await user.call('DescribeHsmCluster', { KeyId: other });
  expect([refused.status, refused.body.Code]).toEqual([403, 'Forbidden.NoPermission']);
});
