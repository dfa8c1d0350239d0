// HSM nodes that die, hang, are cut off and lose their token, under a steady signed load on an instance process: with one
// healthy member no request fails and no key creation, and no acknowledged key is lost. Prints a line a fault.

import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FaultBench, openFaultBench } from '../support/fault-report.ts';
import { present } from '../support/present.ts';
import { killNode, type StandardProcess } from '../support/standard-process.ts';

const LOOP_MS = process.env['SLOW'] === '1' ? 60_000 : 15_000;
const CUTS = 20;
/** Without a member an answer comes at once. */
const AT_ONCE_MS = 1_000;

let standard: StandardProcess;
let bench: FaultBench;
beforeAll(async () => {
  bench = await openFaultBench({ members: 2, args: ['--processes', '2'] });
  standard = bench.standard;
}, 120_000);
afterAll(() => bench.close());

const node = (index: number) => present(standard.rig.nodes[index]);

/** How long the member took from listening to being usable. */
async function broughtBack(index: number): Promise<number> {
  await standard.rig.restart(index);
  return standard.reached('usable', 'usable');
}

test('a node that is killed costs no request', async () => {
  await bench.underLoad('node killed', async () => {
    await killNode(standard, 1);
    await standard.reached('usable', 'disconnected');
    await delay(1_000);
    return broughtBack(1);
  });
});

test('a node that is killed and started again and again costs no request', async () => {
  await bench.underLoad(`node killed and started again for ${LOOP_MS / 1000} s`, async () => {
    const endsAt = performance.now() + LOOP_MS;
    let slowest = 0;
    while (performance.now() < endsAt) {
      await killNode(standard, 0);
      slowest = Math.max(slowest, await broughtBack(0));
    }
    return slowest;
  });
});

test('a node that hangs is left, and comes back when it answers again', async () => {
  await bench.underLoad('node stopped (SIGSTOP)', async () => {
    node(1).signal('SIGSTOP');
    await standard.reached('usable', 'disconnected');
    await delay(1_000);
    node(1).signal('SIGCONT');
    return standard.reached('usable', 'usable');
  });
});

test('a token process that hangs is killed, and its work goes elsewhere', async () => {
  await bench.underLoad('token process stopped (SIGSTOP)', async () => {
    const hung = present(node(0).tokenProcesses('fast')[0]);
    process.kill(hung, 'SIGSTOP');
    const startedAt = performance.now();
    while (node(0).tokenProcesses('fast').includes(hung)) await delay(50);
    while (node(0).tokenProcesses('fast').length < 2) await delay(50);
    return performance.now() - startedAt;
  });
});

test('a connection that is cut is made again', async () => {
  await bench.underLoad(`TCP connection cut ${CUTS} times`, async () => {
    let slowest = 0;
    for (let cut = 0; cut < CUTS; cut += 1) {
      const front = present(standard.proxies[cut % 2]);
      const connections = front.accepted();
      const startedAt = performance.now();
      front.cut();
      while (front.accepted() === connections) await delay(10);
      await standard.reached('usable', 'usable');
      slowest = Math.max(slowest, performance.now() - startedAt);
    }
    return slowest;
  });
});

test('a member with an emptied token is left out until it is synchronised', async () => {
  await bench.underLoad('token emptied', async () => {
    await killNode(standard, 0);
    present(standard.rig.tokens[0]).empty();
    await standard.rig.restart(0);
    await standard.reached('unsynchronised', 'usable');
    const startedAt = performance.now();
    expect((await standard.root.call('SyncHsmCluster')).status).toBe(200);
    await standard.reached('usable', 'usable');
    return performance.now() - startedAt;
  });
});

test('keys that are made while a member is away work there when it is the only one', async () => {
  await bench.underLoad('keys made while a member was away', async () => {
    await killNode(standard, 1);
    await standard.reached('usable', 'disconnected');
    for (const spec of ['RSA_2048', 'EC_P256', 'Aliyun_AES_256'] as const) await bench.created.create(spec);
    await broughtBack(1);
    await killNode(standard, 0);
    await standard.reached('disconnected', 'usable');
    await bench.created.check();
    return broughtBack(0);
  });
});

test('without members the answer is 503 at once, and it serves again without a restart', async () => {
  await Promise.all([killNode(standard, 0), killNode(standard, 1)]);
  await standard.reached('disconnected', 'disconnected');
  const plaintext = { KeyId: standard.kms.keys.aes, Plaintext: Buffer.from('data') };
  const startedAt = performance.now();
  const { status, code } = await standard.application.call('Encrypt', plaintext);
  const answeredMs = performance.now() - startedAt;
  expect([status, code]).toEqual([503, 'ServiceUnavailableTemporary']);
  expect(answeredMs).toBeLessThan(AT_ONCE_MS);
  const { body } = await standard.root.call('CreateKey', { KeySpec: 'EC_P256', KeyUsage: 'SIGN/VERIFY' });
  expect(body.Code).toBe('ServiceUnavailableTemporary');

  await standard.rig.restart(0);
  const recoveryMs = await standard.reached('usable', 'disconnected');
  expect(await standard.application.code('Encrypt', plaintext)).toBe('none');
  process.stdout.write(
    `both members down: answered 503 in ${answeredMs.toFixed(0)} ms, served ${recoveryMs.toFixed(0)} ms after the node\n`,
  );
  await broughtBack(1);
});

test('every key that was acknowledged works on each member alone', async () => {
  expect(bench.created.count()).toBeGreaterThan(20);
  await killNode(standard, 0);
  await standard.reached('disconnected', 'usable');
  await bench.created.check();
  await broughtBack(0);
  await killNode(standard, 1);
  await standard.reached('usable', 'disconnected');
  await bench.created.check();
  process.stdout.write(
    `${bench.created.count()} keys were made during the faults: all work on each member alone\n`,
  );
});
