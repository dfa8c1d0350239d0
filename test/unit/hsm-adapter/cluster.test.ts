// The cluster against nodes that answer what real tokens cannot be made to: wrong signatures, silence, every error.

import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import {
  type HsmCluster,
  type HsmClusterOptions,
  HsmError,
  openHsmCluster,
} from '../../../hsm-adapter/index.ts';
import { CHECK_VALUE, type FakeHsmNode, startFakeHsmNode } from '../../support/fake-hsm-node.ts';
import { changed, present } from '../../support/present.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const MESSAGE = Buffer.from('message');
const DIGEST = createHash('sha256').update(MESSAGE).digest();
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const SIGNATURE = sign('sha256', MESSAGE, privateKey);
const KEY = { blob: Buffer.alloc(48), publicKey: publicKey.export({ format: 'der', type: 'spki' }) };

const fails = (code: HsmError['code']) => () => {
  throw new HsmError(code, 'as the test wants it');
};
const signs = () => [SIGNATURE];

async function clusterOf(
  answers: readonly FakeHsmNode['answer'][],
  options: Partial<HsmClusterOptions> = {},
): Promise<{ cluster: HsmCluster; nodes: readonly FakeHsmNode[] }> {
  const folder = temporaryFolder();
  const nodes = await Promise.all(
    answers.map((answer, index) => startFakeHsmNode(folder, `n${index}`, answer)),
  );
  const members = nodes.map(({ endpoint }, index) => ({ name: `n${index}`, endpoint }));
  const cluster = openHsmCluster({ members, domainCheckValue: CHECK_VALUE, ...options });
  onTestFinished(async () => {
    cluster.close();
    await Promise.all(nodes.map((node) => node.close()));
  });
  await cluster.firstContact();
  return { cluster, nodes };
}

it.each([
  'UNAVAILABLE',
  'BUSY',
  'KEY_DAMAGED',
  'MECHANISM_MISSING',
  'DOMAIN_KEY_MISSING',
  'PROTOCOL',
] as const)('what one member answers with %s is done by the other', async (code) => {
  const { cluster } = await clusterOf([fails(code), signs]);
  for (let count = 0; count < 6; count += 1) {
    expect(await cluster.sign(KEY, 'ECDSA_SHA_256', DIGEST)).toEqual(SIGNATURE);
  }
});

it.each(['INVALID_CIPHERTEXT', 'INVALID_INPUT', 'INVALID_KEY_MATERIAL'] as const)(
  '%s is the answer, and nobody else is asked',
  async (code) => {
    const { cluster, nodes } = await clusterOf([fails(code), fails(code)]);
    await expect(cluster.sign(KEY, 'ECDSA_SHA_256', DIGEST)).rejects.toMatchObject({ code });
    expect(nodes.flatMap(({ asked }) => asked)).toHaveLength(1);
  },
);

it.each(['BUSY', 'KEY_DAMAGED', 'MECHANISM_MISSING'] as const)(
  '%s of every member is the answer once each was asked',
  async (code) => {
    const { cluster, nodes } = await clusterOf([fails(code), fails(code), fails(code)]);
    await expect(cluster.sign(KEY, 'ECDSA_SHA_256', DIGEST)).rejects.toMatchObject({ code });
    expect(nodes.map(({ asked }) => asked.length)).toEqual([1, 1, 1]);
  },
);

it('an operation that loses its process is done by another process of the only member', async () => {
  const { cluster, nodes } = await clusterOf([fails('UNAVAILABLE')]);
  const [node] = nodes;
  const signing = cluster.sign(KEY, 'ECDSA_SHA_256', DIGEST);
  present(node).answer = signs;
  expect(await signing).toEqual(SIGNATURE);
});

it('a request that every member fails is given up, and does not go round for ever', async () => {
  const { cluster, nodes } = await clusterOf([fails('UNAVAILABLE'), fails('UNAVAILABLE')]);
  await expect(cluster.sign(KEY, 'ECDSA_SHA_256', DIGEST)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(nodes.flatMap(({ asked }) => asked).length).toBeLessThanOrEqual(6);
});

it('a wrong signature of a member that misbehaved never comes out', async () => {
  const { cluster, nodes } = await clusterOf([fails('UNAVAILABLE'), signs]);
  const [bad] = nodes;
  while (cluster.status().members[0]?.distrusted !== true) await cluster.sign(KEY, 'ECDSA_SHA_256', DIGEST);
  present(bad).answer = () => [changed(SIGNATURE, SIGNATURE.length - 1)];
  const before = present(bad).asked.length;
  for (let count = 0; count < 10; count += 1) {
    expect(await cluster.sign(KEY, 'ECDSA_SHA_256', DIGEST)).toEqual(SIGNATURE);
  }
  expect(present(bad).asked.length).toBeGreaterThan(before);
});

it('a member that signs right again is trusted again', async () => {
  const { cluster, nodes } = await clusterOf([fails('UNAVAILABLE')]);
  await expect(cluster.sign(KEY, 'ECDSA_SHA_256', DIGEST)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(cluster.status().members[0]?.distrusted).toBe(true);
  present(nodes[0]).answer = signs;
  for (let count = 0; count < 64; count += 1) await cluster.sign(KEY, 'ECDSA_SHA_256', DIGEST);
  expect(cluster.status().members[0]?.distrusted).toBe(false);
});

it('a member that keeps failing is left alone for a while', async () => {
  let now = 0;
  const { cluster, nodes } = await clusterOf([fails('UNAVAILABLE'), signs], { monotonic: () => now });
  for (let count = 0; count < 20; count += 1) {
    now += 101;
    await cluster.sign(KEY, 'ECDSA_SHA_256', DIGEST);
    if (cluster.status().members[0]?.state === 'broken') break;
  }
  expect(cluster.status().members[0]?.state).toBe('broken');
  const asked = present(nodes[0]).asked.length;
  for (let count = 0; count < 10; count += 1) await cluster.sign(KEY, 'ECDSA_SHA_256', DIGEST);
  expect(present(nodes[0]).asked.length).toBe(asked);
});

it('a member that falls silent is given up, and its work is done by the other', async () => {
  const { cluster, nodes } = await clusterOf([signs, signs], { pingMs: 20, stallMs: 200 });
  present(nodes[0]).freeze();
  const startedAt = performance.now();
  const signatures = await Promise.all(
    Array.from({ length: 8 }, () => cluster.sign(KEY, 'ECDSA_SHA_256', DIGEST)),
  );
  expect(signatures.every((signature) => signature.equals(SIGNATURE))).toBe(true);
  expect(performance.now() - startedAt).toBeLessThan(2_500);
});

it('operations over the bound are BUSY at once', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const answer = async () => {
    await held;
    return [SIGNATURE];
  };
  const { cluster } = await clusterOf([answer], { maxInFlight: 3 });
  const within = Array.from({ length: 3 }, () => cluster.sign(KEY, 'ECDSA_SHA_256', DIGEST));
  await expect(cluster.sign(KEY, 'ECDSA_SHA_256', DIGEST)).rejects.toMatchObject({ code: 'BUSY' });
  release();
  expect(await Promise.all(within)).toHaveLength(3);
  expect(await cluster.sign(KEY, 'ECDSA_SHA_256', DIGEST)).toEqual(SIGNATURE);
});

it('an answer that lacks its fields is a fault of the member', async () => {
  const { cluster } = await clusterOf([() => [], signs]);
  for (let count = 0; count < 4; count += 1) {
    expect(await cluster.sign(KEY, 'ECDSA_SHA_256', DIGEST)).toEqual(SIGNATURE);
  }
});

it('members of another domain key, and all before the cluster knows its own, do no work', async () => {
  const foreign = await clusterOf([signs], { domainCheckValue: 'aaaaaaaaaaaa' });
  expect(foreign.cluster.status().members[0]?.state).toBe('foreign');
  const signing = foreign.cluster.sign(KEY, 'ECDSA_SHA_256', DIGEST);
  await expect(signing).rejects.toMatchObject({ code: 'DOMAIN_KEY_MISSING' });
  const unknown = await clusterOf([signs], { domainCheckValue: null });
  expect(unknown.cluster.status().members[0]?.state).toBe('unsynchronised');
  await expect(unknown.cluster.random(8)).rejects.toMatchObject({ code: 'DOMAIN_KEY_MISSING' });
  expect([...foreign.nodes, ...unknown.nodes].flatMap(({ asked }) => asked)).toEqual([]);
});
