// An instance of the standard edition as a process of its own over real HSM nodes, each behind a proxy of the test, with
// clients of both planes and a probe of its event loop.

import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { connectOffline } from '../../appliance/hsm/offline.ts';
import { type InstanceServer, startInstance } from '../../bench/servers.ts';
import type { DkmsClient } from './dkms-client.ts';
import { P12_PASSWORD } from './hsm-certificates.ts';
import { createHsmRig, type HsmRig, type HsmRigOptions, until } from './hsm-rig.ts';
import { quickstartClient, rootClient } from './instance.ts';
import { present } from './present.ts';
import type { RpcClient } from './rpc-client.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const RECOVERY_MS = 40_000;
const POLL_MS = 50;

export interface MemberRow {
  readonly Name: string;
  readonly State: string;
  readonly Reconnects: number;
  readonly LastError: string;
}

export interface StandardProcess {
  readonly rig: HsmRig;
  readonly kms: InstanceServer;
  readonly proxies: readonly TcpProxy[];
  readonly root: RpcClient;
  readonly application: DkmsClient;
  members(): Promise<readonly MemberRow[]>;
  /** Waits until the members have these states, in their order; the milliseconds it took. */
  reached(...states: readonly string[]): Promise<number>;
  close(): Promise<void>;
}

export interface StandardProcessOptions extends HsmRigOptions {
  /** Names of this many members lead to each node; 1 by default. */
  readonly membersOfNode?: number;
}

export async function startStandardProcess(options: StandardProcessOptions): Promise<StandardProcess> {
  const rig = await createHsmRig(options);
  const proxies = await Promise.all(rig.nodes.map(({ port }) => startTcpProxy(port)));
  const kms = await startInstance({
    root: ROOT,
    program: ['--expose-gc', '--import', 'tsx', 'appliance/main.ts'],
    core: null,
    settings: {
      KMS_EDITION: 'standard',
      KMS_LOG_LEVEL: 'error',
    },
    prepare: (dataDirectory) =>
      connectOffline(dataDirectory, {
        members: proxyMembers(proxies, options.membersOfNode),
        credentials: {
          clientP12: rig.domain.client.pfx,
          password: P12_PASSWORD,
          rootCa: rig.domain.ca.toString('utf8'),
        },
      }),
  }).catch(async (error: unknown) => {
    await rig.close();
    throw error;
  });
  const root = rootClient(kms.dataDirectory, kms.endpoints);
  const application = quickstartClient(kms.dataDirectory, kms.endpoints);
  const members = async (): Promise<readonly MemberRow[]> => {
    const { body } = await root.call('DescribeHsmCluster');
    return (body as unknown as { readonly Members: { readonly Member: readonly MemberRow[] } }).Members
      .Member;
  };
  return {
    rig,
    kms,
    proxies,
    root,
    application,
    members,
    async reached(...states) {
      const startedAt = performance.now();
      let last: readonly string[] = [];
      await until(async () => {
        await delay(POLL_MS);
        last = (await members()).map(({ State }) => State);
        return last.join() === states.join();
      }, RECOVERY_MS).catch(() => expect(last).toEqual(states));
      return performance.now() - startedAt;
    },
    async close() {
      root.close();
      application.close();
      await kms.stop();
      for (const proxy of proxies) proxy.close();
      await rig.close();
    },
  };
}

export function proxyMembers(proxies: readonly TcpProxy[], each = 1): string[] {
  return proxies.flatMap(({ port }, node) => {
    const names = Array.from({ length: each }, (_, index) => (each === 1 ? `${node}` : `${node}-${index}`));
    return names.map((name) => `member-${name}=127.0.0.1:${port}@zone-${node}`);
  });
}

/** Ends the node of a member the hard way. */
export async function killNode({ rig }: StandardProcess, index: number): Promise<void> {
  await present(rig.nodes[index]).stop('SIGKILL');
}
