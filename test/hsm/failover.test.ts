// Members that die, hang and come back under load: with one healthy member no request fails, and nothing needs a restart
// of the appliance. Prints the latencies it saw.

import { createHash } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HsmCluster, HsmKey } from '../../hsm-adapter/index.ts';
import { verifySignature } from '../../hsm-adapter/verify-signature.ts';
import { createHsmRig, type HsmRig, until } from '../support/hsm-rig.ts';
import { present } from '../support/present.ts';

const DIGEST = createHash('sha256').update('message').digest();
const LANES = 6;

let rig: HsmRig;
beforeEach(async () => {
  rig = await createHsmRig({ members: 2, args: ['--processes', '2'] });
});
afterEach(() => rig.close());

interface Load {
  readonly done: () => number;
  /** Stops and reports; throws the first error that any request met. */
  stop(): Promise<{ readonly p99Ms: number; readonly maxMs: number }>;
}

/** A steady load of signatures and encryptions, each verified or opened again. */
async function startLoad(cluster: HsmCluster): Promise<Load> {
  const aes = await cluster.generate('AES_256');
  const ec = await cluster.generate('EC_P256');
  const times: number[] = [];
  const errors: unknown[] = [];
  let running = true;
  const once = async (): Promise<void> => {
    const startedAt = performance.now();
    const signature = await cluster.sign(ec, 'ECDSA_SHA_256', DIGEST);
    times.push(performance.now() - startedAt);
    if (!verifySignature(present(ec.publicKey), 'ECDSA_SHA_256', { digest: DIGEST, signature })) {
      throw new Error('a wrong signature came through');
    }
    await sealAndOpen(cluster, aes);
  };
  const lanes = Array.from({ length: LANES }, async () => {
    while (running) await once().catch((error: unknown) => errors.push(error));
  });
  return {
    done: () => times.length,
    stop: async () => {
      running = false;
      await Promise.all(lanes);
      expect(errors).toEqual([]);
      times.sort((a, b) => a - b);
      return { p99Ms: present(times[Math.floor(times.length * 0.99)]), maxMs: present(times.at(-1)) };
    },
  };
}

async function sealAndOpen(cluster: HsmCluster, key: HsmKey): Promise<void> {
  const plaintext = Buffer.from('data');
  const { iv, ciphertext } = await cluster.encrypt(key, 'AES_GCM', { plaintext });
  expect(await cluster.decrypt(key, 'AES_GCM', { iv, ciphertext })).toEqual(plaintext);
}

/** Waits until so many more requests were done. */
async function more(load: Load, requests = 150): Promise<void> {
  const target = load.done() + requests;
  await until(() => load.done() >= target, 40_000);
}

function states(): string[] {
  return rig.cluster.status().members.map(({ state }) => state);
}

async function bothUsable(): Promise<void> {
  await until(() => states().every((state) => state === 'usable'), 40_000);
}

it('token processes and whole nodes that are killed cost no request while the other member lives', async () => {
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  const load = await startLoad(rig.cluster);
  await more(load);
  for (const pid of present(rig.nodes[0]).tokenProcesses('fast')) process.kill(pid, 'SIGKILL');
  await more(load);
  await bothUsable();
  await present(rig.nodes[1]).stop('SIGKILL');
  await more(load);
  await rig.restart(1);
  await bothUsable();
  await more(load);
  const { p99Ms, maxMs } = await load.stop();
  loop.disable();
  process.stdout.write(
    `kill -9: ${load.done()} signatures, p99 ${p99Ms.toFixed(1)} ms, longest ${maxMs.toFixed(0)} ms, ` +
      `event loop delay p99 ${(loop.percentile(99) / 1e6).toFixed(1)} ms\n`,
  );
  expect(maxMs).toBeLessThan(3_000);
}, 120_000);

it('a token process that hangs is killed, a node that hangs is left, and neither costs a request', async () => {
  const load = await startLoad(rig.cluster);
  await more(load);
  const hung = present(present(rig.nodes[0]).tokenProcesses('fast')[0]);
  process.kill(hung, 'SIGSTOP');
  await until(() => !present(rig.nodes[0]).tokenProcesses('fast').includes(hung));
  await more(load);
  await bothUsable();
  present(rig.nodes[1]).signal('SIGSTOP');
  await until(() => states()[1] === 'disconnected');
  await more(load);
  present(rig.nodes[1]).signal('SIGCONT');
  await bothUsable();
  const { p99Ms, maxMs } = await load.stop();
  process.stdout.write(
    `SIGSTOP: ${load.done()} signatures, p99 ${p99Ms.toFixed(1)} ms, longest ${maxMs.toFixed(0)} ms\n`,
  );
  expect(maxMs).toBeLessThan(3_000);
}, 120_000);

it('with both members down every operation is UNAVAILABLE at once, and works again when one is back', async () => {
  const key = await rig.cluster.generate('AES_256');
  await Promise.all(rig.nodes.map((node) => node.stop('SIGKILL')));
  await until(() => states().every((state) => state === 'disconnected'));
  const startedAt = performance.now();
  await expect(sealAndOpen(rig.cluster, key)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await expect(rig.cluster.generate('AES_256')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(performance.now() - startedAt).toBeLessThan(100);
  await rig.restart(1);
  await until(() => states()[1] === 'usable');
  await sealAndOpen(rig.cluster, key);
});

it('a key made while a member was away works there when it is back', async () => {
  await present(rig.nodes[0]).stop('SIGKILL');
  const key = await rig.cluster.generate('RSA_2048');
  await rig.restart(0);
  await bothUsable();
  await present(rig.nodes[1]).stop('SIGKILL');
  const signature = await rig.cluster.sign(key, 'RSA_PSS_SHA_256', DIGEST);
  expect(verifySignature(present(key.publicKey), 'RSA_PSS_SHA_256', { digest: DIGEST, signature })).toBe(
    true,
  );
});

it('generating RSA keys holds nothing else up, and the bound on operations answers BUSY', async () => {
  const bounded = rig.connect({ domainCheckValue: rig.domainCheckValue, maxInFlight: 8 });
  await until(() => bounded.status().members.every(({ state }) => state === 'usable'));
  const slow = Array.from({ length: 2 }, () => bounded.generate('RSA_4096'));
  const startedAt = performance.now();
  await bounded.random(16);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  const burst = await Promise.allSettled(Array.from({ length: 20 }, () => bounded.random(16)));
  const refused = burst
    .filter((result) => result.status === 'rejected')
    .map(({ reason }) => (reason as { code: string }).code);
  expect(new Set(refused)).toEqual(new Set(['BUSY']));
  expect(refused.length).toBe(14);
  expect((await Promise.all(slow)).length).toBe(2);
}, 120_000);

it('a process for slow work that hangs is killed within the deadline, and the work it held is done', async () => {
  const node = present(rig.nodes[0]);
  const hung = present(node.tokenProcesses('slow')[0]);
  process.kill(hung, 'SIGSTOP');
  const keys = Array.from({ length: 4 }, () => rig.cluster.generate('EC_P256'));
  expect(await Promise.all(keys)).toHaveLength(4);
  await until(() => (node.tokenProcesses('slow')[0] ?? hung) !== hung, 120_000);
}, 150_000);

it('a process for slow work that hangs while it is idle is killed too', async () => {
  const node = present(rig.nodes[0]);
  const hung = present(node.tokenProcesses('slow')[0]);
  process.kill(hung, 'SIGSTOP');
  await until(() => (node.tokenProcesses('slow')[0] ?? hung) !== hung, 120_000);
}, 150_000);
