// Instances that differ in one thing, measured in turn: what the audit log costs, and what more processes bring.

import { availableParallelism } from 'node:os';
import { type ContenderFigures, measureInTurn } from './in-turn.ts';
import { type CaseOptions, requestsOf, signedBytes, windowOf } from './measurement.ts';
import type { PinnedProcess } from './pinned-process.ts';
import { type InstanceOptions, type InstanceServer, startInstance } from './servers.ts';

export interface Variant {
  readonly name: string;
  readonly setup: Partial<InstanceOptions>;
}

/** `off` is an instance whose records of the data plane are switched off. */
export const AUDIT_VARIANTS: readonly Variant[] = [
  { name: 'off', setup: { auditOff: true } },
  { name: 'write', setup: { settings: { KMS_AUDIT_DURABILITY: 'write' } } },
  { name: 'group', setup: { settings: { KMS_AUDIT_DURABILITY: 'group' } } },
];

/** On every core, which the load generator shares. `all`: one a core. */
export function processVariants(counts: readonly string[]): readonly Variant[] {
  return counts.map((count) => {
    const processes = count === 'all' ? String(availableParallelism()) : count;
    return { name: `processes ${processes}`, setup: { core: null, settings: { KMS_PROCESSES: processes } } };
  });
}

const PROGRAM = ['dist/appliance/main.js'];

export async function measureVariants(
  root: string,
  generator: PinnedProcess,
  variants: readonly Variant[],
  options: CaseOptions,
): Promise<ContenderFigures[]> {
  const servers: { readonly name: string; readonly server: InstanceServer }[] = [];
  try {
    for (const { name, setup } of variants) {
      servers.push({ name, server: await startInstance({ root, program: PROGRAM, ...setup }) });
    }
    const contenders = [];
    for (const { name, server } of servers) {
      const pool = await requestsOf(options.scenario, server);
      const requests = pool.map((each) => signedBytes(server, each));
      const load = (round: number) => ({ ...windowOf(options, round), requests });
      contenders.push({ name, server, load });
    }
    return await measureInTurn(generator, contenders, options.rounds);
  } finally {
    for (const { server } of servers.reverse()) await server.stop();
  }
}
