// What an administrator changes acts in every worker on the next request: while all workers are under load, each change is
// acknowledged, and from then on no request that is sent may be answered by the old state. Invariant 7, design section 5.

import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openClientKey } from '../support/client-key-file.ts';
import { type Cluster, recordedIds, startCluster } from '../support/cluster.ts';
import type { DkmsClient } from '../support/dkms-client.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const LANES = 8;
const CALLS_A_PHASE = 100;
const PASSWORD = 'Passw0rd-changes';
const NAME = 'changing';

interface Phase {
  readonly change: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** What every request gets from then on. */
  readonly code: string;
}

/** What requests get which are sent from now on. */
interface Expectation {
  /** Null while a change is under way. */
  code: string | null;
  phase: number;
  checked: number;
  readonly wrong: string[];
}

async function prepare({ admin }: Cluster) {
  const call = async (action: string, parameters: Readonly<Record<string, string>>) => {
    const { status, body } = await admin.call(action, parameters);
    expect([action, status, body.Code]).toEqual([action, 200, undefined]);
    return body;
  };
  const { KeyId } = (await call('CreateKey', {})).KeyMetadata;
  await call('CreateNetworkRule', { Name: NAME, Type: 'Private', SourcePrivateIp: '["127.0.0.1"]' });
  await call('CreatePolicy', {
    Name: NAME,
    KmsInstance: '',
    Permissions: '["RbacPermission/Template/CryptoServiceKeyUser"]',
    Resources: `["key/${KeyId}"]`,
    AccessControlRules: `{"NetworkRules":["${NAME}"]}`,
  });
  await call('CreateApplicationAccessPoint', {
    Name: NAME,
    AuthenticationMethod: 'ClientKey',
    Policies: `["${NAME}"]`,
  });
  const made = await call('CreateClientKey', { AapName: NAME, Password: PASSWORD });
  const credentials = openClientKey(made.ClientKeyId, made.PrivateKeyData, PASSWORD);
  return { call, KeyId, credentials };
}

async function lane(
  client: DkmsClient,
  KeyId: string,
  now: Expectation,
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    const { code: wanted, phase } = now;
    const code = await client.code('Encrypt', { KeyId, Plaintext: Buffer.from('text') });
    // Judged is what was sent after the acknowledgement, and answered before the next change began.
    if (wanted === null || now.code === null || now.phase !== phase) continue;
    now.checked += 1;
    if (code !== wanted) now.wrong.push(`${code} instead of ${wanted}`);
  }
}

test('after a change is acknowledged no worker answers by the old state', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  const cluster = await startCluster(dataDir);
  const { call, KeyId, credentials } = await prepare(cluster);
  const phases: readonly Phase[] = [
    { change: 'DisableKey', parameters: { KeyId }, code: 'Rejected.Disabled' },
    { change: 'EnableKey', parameters: { KeyId }, code: 'none' },
    {
      change: 'UpdatePolicy',
      parameters: { Name: NAME, Resources: '["key/key-other"]' },
      code: 'Forbidden.NoPermission',
    },
    { change: 'UpdatePolicy', parameters: { Name: NAME, Resources: `["key/${KeyId}"]` }, code: 'none' },
    {
      change: 'UpdateNetworkRule',
      parameters: { Name: NAME, SourcePrivateIp: '["10.0.0.0/8"]' },
      code: 'Forbidden.NoPermission',
    },
    {
      change: 'UpdateNetworkRule',
      parameters: { Name: NAME, SourcePrivateIp: '["127.0.0.1"]' },
      code: 'none',
    },
    {
      change: 'ScheduleKeyDeletion',
      parameters: { KeyId, PendingWindowInDays: '7' },
      code: 'Rejected.PendingDeletion',
    },
    { change: 'CancelKeyDeletion', parameters: { KeyId }, code: 'none' },
    { change: 'DeleteClientKey', parameters: { ClientKeyId: credentials.keyId }, code: 'Unauthorized' },
  ];
  const now: Expectation = { code: 'none', phase: 0, checked: 0, wrong: [] };
  let over = false;
  const clients = Array.from({ length: LANES }, () => cluster.newClient({ credentials, maxSockets: 1 }));
  const lanes = Promise.all(clients.map((client) => lane(client, KeyId, now, () => over)));
  onTestFinished(() => {
    over = true;
  });
  for (const { change, parameters, code } of [{ change: '', parameters: {}, code: 'none' }, ...phases]) {
    if (change !== '') {
      now.code = null;
      await call(change, parameters);
    }
    now.checked = 0;
    now.phase += 1;
    now.code = code;
    await vi.waitUntil(() => now.checked >= CALLS_A_PHASE, { timeout: 30_000, interval: 5 });
  }
  over = true;
  await lanes;
  expect(now.wrong).toEqual([]);
  // Both workers were asked.
  expect(new Set(recordedIds(dataDir).values())).toEqual(new Set(['p0', 'p1', 'p2']));
});
