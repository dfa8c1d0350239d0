// The connection of an instance of the standard edition to its cluster: what it waits for, and that it serves as soon as
// a member is there.

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWaiting } from '../../appliance/ops/waiting-file.ts';
import { createHsmRig, type HsmRig, until } from '../support/hsm-rig.ts';
import { quickstartClient, rootClient } from '../support/instance.ts';
import { startStandardInstance } from '../support/standard-instance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let rig: HsmRig;
beforeAll(async () => {
  rig = await createHsmRig({ members: 2, args: ['--processes', '1'] });
});
afterAll(() => rig.close());

it('starts, keeps the check value of the domain key, and opens again only with the cluster', async () => {
  const dataDir = temporaryFolder();
  const instance = await startStandardInstance(dataDir, rig);
  const client = quickstartClient(dataDir, instance);
  const kept = JSON.parse(readFileSync(join(dataDir, 'hsm.json'), 'utf8')) as { domainCheckValue: string };
  expect(kept.domainCheckValue).toBe(rig.domainCheckValue);
  expect(statSync(join(dataDir, 'hsm.json')).mode & 0o777).toBe(0o600);
  client.close();
  await instance.stop();

  await Promise.all(rig.nodes.map((node) => node.stop()));
  const starting = startStandardInstance(dataDir, rig);
  await until(() => readWaiting(dataDir)?.state === 'Connecting');
  expect(readWaiting(dataDir)?.reason).toContain('ECONNREFUSED');
  await rig.restart(1);
  const again = await starting;
  expect(again.instanceId).toBe(instance.instanceId);
  expect(readWaiting(dataDir)).toBeNull();
  const root = rootClient(dataDir, again);
  const answer = await root.call('GetKmsInstance', { KmsInstanceId: again.instanceId });
  expect(answer.body).toMatchObject({ KmsInstance: { Status: 'Connected' } });
  root.close();
  await again.stop();
  await rig.restart(0);
});
