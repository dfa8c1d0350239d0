// Connections to HSM nodes that may not be, or cannot be made, under a steady signed load on an instance process: wrong and
// expired certificates, a server of another authority, a node that takes no more connections, a new member without the
// domain key; and a thousand reconnects, which leave the memory as it was. Prints a line a fault.

import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { residentBytes } from '../../bench/process-cost.ts';
import { type FaultBench, openFaultBench } from '../support/fault-report.ts';
import { createSecurityDomain, type P12, type SecurityDomain } from '../support/hsm-certificates.ts';
import { endpointOf, type HsmNode, type HsmNodeOptions, startHsmNode } from '../support/hsm-node.ts';
import { until } from '../support/hsm-rig.ts';
import { present } from '../support/present.ts';
import { createSoftHsmToken } from '../support/softhsm.ts';
import { credentialParameters } from '../support/standard-instance.ts';
import { proxyMembers, type StandardProcess, startStandardProcess } from '../support/standard-process.ts';

const MAX_CONNECTIONS = 2;
const MEMBERS_OF_NODE = 16;
const RECONNECTS = 1_000;
const MAX_GROWTH_BYTES = 4 * 1024 * 1024;
const MAX_RESIDENT_GROWTH = 48 * 1024 * 1024;

let standard: StandardProcess;
let bench: FaultBench;
let stranger: SecurityDomain;
beforeAll(async () => {
  bench = await openFaultBench({ members: 2, args: ['--processes', '1'] });
  standard = bench.standard;
  stranger = createSecurityDomain(standard.rig.folder);
}, 120_000);
afterAll(() => bench.close());

const proxy = (index: number) => present(standard.proxies[index]);

/** One more node on a member's token, which differs from the member's own in this; ends with the test. */
async function otherNode(index: number, options: Partial<HsmNodeOptions>): Promise<HsmNode> {
  const { tokens, domain } = standard.rig;
  const node = await startHsmNode({
    token: present(tokens[index]),
    domain,
    args: ['--processes', '1'],
    ...options,
  });
  onTestFinished(() => node.stop());
  return node;
}

/** Leads the member to the other node until `meanwhile` is over; how long the member then took to be usable again. */
async function ledTo(
  index: number,
  { port }: { readonly port: number },
  meanwhile: () => Promise<void>,
): Promise<number> {
  const own = proxy(index).target;
  proxy(index).target = port;
  proxy(index).cut();
  await meanwhile();
  proxy(index).target = own;
  return standard.reached('usable', 'usable');
}

async function lastError(index: number): Promise<string> {
  return present((await standard.members())[index]).LastError;
}

test('client certificates that the nodes do not take are refused, and the instance stays connected', async () => {
  const refusedFor = async (client: P12): Promise<void> => {
    const credentials = credentialParameters(standard.rig, client);
    const { body } = await standard.root.call('ConnectHsm', credentials);
    expect(body.Code).toBe('Rejected.StateModifiedFailed');
  };
  await bench.underLoad('kms hsm connect with an expired, then with a wrong client certificate', async () => {
    await refusedFor(standard.rig.domain.expired);
    await refusedFor(stranger.client);
    return standard.reached('usable', 'usable');
  });
});

test('a member that takes another client certificate is left out', async () => {
  const other = await otherNode(1, { client: standard.rig.domain.expired });
  await bench.underLoad("member refuses the instance's client certificate", () =>
    ledTo(1, other, async () => {
      await standard.reached('usable', 'disconnected');
      await until(() => other.log.some(({ msg }) => msg.includes('client certificate')));
    }),
  );
});

test('a member with a server certificate of another authority is left out', async () => {
  const impostor = await otherNode(1, { domain: { ...standard.rig.domain, server: stranger.server } });
  await bench.underLoad('server certificate of another authority', () =>
    ledTo(1, impostor, async () => {
      await standard.reached('usable', 'disconnected');
      await until(async () => /UNABLE_TO|SELF_SIGNED|ISSUER/.test(await lastError(1)));
      expect(impostor.log.some(({ msg }) => msg === 'a TLS handshake failed')).toBe(true);
    }),
  );
});

test('a member that takes no more connections is left out until it does', async () => {
  const args = ['--processes', '1', '--max-connections', String(MAX_CONNECTIONS)];
  const full = await otherNode(0, { args });
  const endpoint = endpointOf(full, standard.rig.domain);
  const others = Array.from({ length: MAX_CONNECTIONS }, () =>
    standard.rig.connect({ members: [{ name: 'full', endpoint }] }),
  );
  await until(() => others.every((each) => each.status().members[0]?.state !== 'disconnected'));
  await bench.underLoad('connections of the node used up', () =>
    ledTo(0, full, async () => {
      await standard.reached('disconnected', 'usable');
      await until(() => full.log.some(({ msg }) => msg === 'a connection over the limit was refused'));
      for (const each of others) each.close();
      await standard.reached('usable', 'usable');
    }),
  );
});

test('a new member works when it has got the domain key, also alone', async () => {
  const token = createSoftHsmToken(standard.rig.folder, 'token-new');
  const newcomer = await otherNode(0, { token });
  const members = [...proxyMembers(standard.proxies), `newcomer=127.0.0.1:${newcomer.port}@zone-2`];
  await bench.underLoad('new member without the domain key', async () => {
    const connected = await standard.root.call('ConnectHsm', { Members: JSON.stringify(members) });
    expect(connected.body.Code).toBeUndefined();
    await standard.reached('usable', 'usable', 'unsynchronised');
    const startedAt = performance.now();
    expect((await standard.root.call('SyncHsmCluster')).status).toBe(200);
    await standard.reached('usable', 'usable', 'usable');
    const recoveryMs = performance.now() - startedAt;
    const targets = standard.proxies.map(({ target }) => target);
    for (const each of standard.proxies) {
      each.target = 1;
      each.cut();
    }
    await standard.reached('disconnected', 'disconnected', 'usable');
    await bench.created.check();
    for (const [index, target] of targets.entries()) proxy(index).target = target;
    await standard.reached('usable', 'usable', 'usable');
    return recoveryMs;
  });
});

test(`memory is the same after ${RECONNECTS} reconnects`, async () => {
  const many = await startStandardProcess({
    members: 1,
    args: ['--processes', '1'],
    membersOfNode: MEMBERS_OF_NODE,
  });
  onTestFinished(() => many.close());
  const all = Array.from({ length: MEMBERS_OF_NODE }, () => 'usable');
  const [front] = many.proxies.map((each) => each);
  const reconnect = async (times: number): Promise<void> => {
    const wanted = present(front).accepted() + times;
    while (present(front).accepted() < wanted) {
      present(front).cut();
      await delay(100);
    }
    await many.reached(...all);
  };
  const instance = many.kms.process;
  const node = present(many.rig.nodes[0]);
  const used = async () => ({
    bytes: (await instance.ask<{ bytes: number }>('memory')).bytes,
    resident: residentBytes(instance.pid),
    node: residentBytes(node.pid),
  });
  await reconnect(RECONNECTS / 4);
  const before = await used();
  const startedAt = performance.now();
  await reconnect(RECONNECTS);
  const seconds = (performance.now() - startedAt) / 1000;
  const after = await used();
  const mb = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MB`;
  process.stdout.write(
    `${RECONNECTS} reconnects in ${seconds.toFixed(0)} s: heap of the instance ${mb(before.bytes)}, then ${mb(after.bytes)}; ` +
      `resident ${mb(before.resident)}, then ${mb(after.resident)}; of the node ${mb(before.node)}, then ${mb(after.node)}\n`,
  );
  expect(after.bytes - before.bytes).toBeLessThan(MAX_GROWTH_BYTES);
  expect(after.resident - before.resident).toBeLessThan(MAX_RESIDENT_GROWTH);
  expect(after.node - before.node).toBeLessThan(MAX_RESIDENT_GROWTH);
});
