// Instances that differ in one thing, measured in turn: what the audit log costs, and what more processes bring, where the
// bare server in as many processes says what the machine itself allows.

import { availableParallelism } from 'node:os';
import { type Contender, type ContenderFigures, measureInTurn } from './in-turn.ts';
import { bareBytes, type CaseOptions, requestsOf, signedBytes, windowOf } from './measurement.ts';
import type { PinnedProcess } from './pinned-process.ts';
import type { BenchRequest } from './scenarios.ts';
import { type BenchServer, type InstanceOptions, startEcho, startInstance } from './servers.ts';

export interface Variant {
  readonly name: string;
  readonly setup: Partial<InstanceOptions>;
}

/** The bare server in so many processes, on every core. */
interface BareVariant {
  readonly name: string;
  readonly processes: number;
}

export interface Variants {
  readonly instances: readonly Variant[];
  readonly bare: readonly BareVariant[];
}

/** `off` is an instance whose records of the data plane are switched off. */
export const AUDIT_VARIANTS: Variants = {
  instances: [
    { name: 'off', setup: { auditOff: true } },
    { name: 'write', setup: { settings: { KMS_AUDIT_DURABILITY: 'write' } } },
    { name: 'group', setup: { settings: { KMS_AUDIT_DURABILITY: 'group' } } },
  ],
  bare: [],
};

/** On every core, which the load generator shares. `all`: one a core. */
export function processVariants(counts: readonly string[]): Variants {
  const numbers = counts.map((count) => (count === 'all' ? availableParallelism() : Number(count)));
  return {
    instances: numbers.map((processes) => ({
      name: `processes ${processes}`,
      setup: { core: null, settings: { KMS_PROCESSES: String(processes) } },
    })),
    bare: numbers.map((processes) => ({ name: `bare, processes ${processes}`, processes })),
  };
}

const PROGRAM = ['dist/appliance/main.js'];

export async function measureVariants(
  root: string,
  generator: PinnedProcess,
  variants: Variants,
  options: CaseOptions,
): Promise<Record<keyof Variants, ContenderFigures[]>> {
  const servers: BenchServer[] = [];
  const started = <T extends BenchServer>(server: T): T => {
    servers.push(server);
    return server;
  };
  const contender = (name: string, server: BenchServer, requests: Buffer[]): Contender => ({
    name,
    server,
    load: (round) => ({ ...windowOf(options, round), requests }),
  });
  try {
    const contenders: Contender[] = [];
    let pool: readonly BenchRequest[] = [];
    for (const { name, setup } of variants.instances) {
      const server = started(await startInstance({ root, program: PROGRAM, ...setup }));
      pool = await requestsOf(options.scenario, server);
      const requests = pool.map((each) => signedBytes(server, each));
      contenders.push(contender(name, server, requests));
    }
    for (const { name, processes } of variants.bare) {
      const server = started(await startEcho({ root, core: null, processes }));
      contenders.push(contender(name, server, bareBytes(server, pool)));
    }
    const figures = await measureInTurn(generator, contenders, options.rounds);
    const { length } = variants.instances;
    return { instances: figures.slice(0, length), bare: figures.slice(length) };
  } finally {
    for (const server of servers.reverse()) await server.stop();
  }
}
