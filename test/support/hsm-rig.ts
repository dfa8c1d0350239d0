// A cluster for the tests under test/hsm: SoftHSM tokens, their node processes over mutual TLS, and the cluster in front.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type HsmCluster,
  type HsmClusterOptions,
  type HsmMember,
  openHsmCluster,
  type SyncReport,
} from '../../hsm-adapter/index.ts';
import { createSecurityDomain, type SecurityDomain } from './hsm-certificates.ts';
import { endpointOf, type HsmNode, type HsmNodeOptions, startHsmNode } from './hsm-node.ts';
import { present } from './present.ts';
import { createSoftHsmToken, type SoftHsmToken } from './softhsm.ts';

export interface HsmRig {
  readonly folder: string;
  readonly domain: SecurityDomain;
  readonly tokens: readonly SoftHsmToken[];
  readonly nodes: HsmNode[];
  readonly cluster: HsmCluster;
  readonly domainCheckValue: string;
  members(): HsmMember[];
  /** One more cluster over the same nodes, or over some of them. */
  connect(options?: Partial<HsmClusterOptions>): HsmCluster;
  /** Starts a node again on its port. */
  restart(index: number, options?: Pick<HsmNodeOptions, 'admit' | 'door'>): Promise<void>;
  close(): Promise<void>;
}

export interface HsmRigOptions {
  readonly members: number;
  readonly args?: readonly string[];
  /** Mechanisms that the tokens shall not have. */
  readonly without?: readonly string[];
}

/** Synchronised, with a fresh domain key. */
export async function createHsmRig({ members, args = [], without = [] }: HsmRigOptions): Promise<HsmRig> {
  const folder = mkdtempSync(join(tmpdir(), 'dedicated-kms-hsm-'));
  const domain = createSecurityDomain(folder);
  const tokens = Array.from({ length: members }, (_, index) => {
    return createSoftHsmToken(folder, `token-${index}`, without);
  });
  const nodes = await Promise.all(tokens.map((token) => startHsmNode({ token, domain, args })));
  const clusters: HsmCluster[] = [];
  const all = () =>
    nodes.map((node, index) => ({ name: `member-${index}`, endpoint: endpointOf(node, domain) }));
  const connect = (options: Partial<HsmClusterOptions> = {}): HsmCluster => {
    const cluster = openHsmCluster({ members: all(), domainCheckValue: null, ...options });
    clusters.push(cluster);
    return cluster;
  };
  const close = async () => {
    for (const opened of clusters) opened.close();
    await Promise.all(nodes.map((node) => node.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  const cluster = connect();
  const { domainCheckValue } = await synchronised(cluster).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    folder,
    domain,
    tokens,
    nodes,
    cluster,
    domainCheckValue,
    members: all,
    connect,
    restart: async (index, options) => {
      const { port } = present(nodes[index]);
      nodes[index] = await startHsmNode({ token: present(tokens[index]), domain, args, port, ...options });
    },
    close,
  };
}

async function synchronised(cluster: HsmCluster): Promise<SyncReport> {
  await until(() => cluster.status().members.every(({ token }) => token !== null));
  return cluster.synchronise({ create: true });
}

/** Waits for a condition of a running system; fails after `limitMs`. */
export async function until(condition: () => boolean | Promise<boolean>, limitMs = 20_000): Promise<void> {
  const endsAt = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > endsAt)
      throw new Error(`The condition did not come true: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
