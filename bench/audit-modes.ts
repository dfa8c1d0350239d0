// What the audit log costs: three instances that differ only in it, measured in turn in one run, so that all see the
// same moods of the machine. `off` is an instance whose records of the data plane are switched off.

import type { CaseOptions } from './measurement.ts';
import { measure, requestsOf, signedBytes, windowOf } from './measurement.ts';
import type { PinnedProcess } from './pinned-process.ts';
import type { Figures } from './result.ts';
import { type InstanceOptions, type InstanceServer, startInstance } from './servers.ts';
import { summary } from './statistics.ts';

export const AUDIT_MODES = {
  off: { auditOff: true },
  write: { settings: { KMS_AUDIT_DURABILITY: 'write' } },
  group: { settings: { KMS_AUDIT_DURABILITY: 'group' } },
} as const satisfies Record<string, Partial<InstanceOptions>>;

const PROGRAM = ['dist/appliance/main.js'];

type AuditMode = keyof typeof AUDIT_MODES;
export type ModeFigures = Readonly<Record<AuditMode, readonly Figures[]>>;

const MODES = Object.keys(AUDIT_MODES) as AuditMode[];

/** The figures of every round, by mode. */
export async function measureAuditModes(
  root: string,
  generator: PinnedProcess,
  options: CaseOptions,
): Promise<ModeFigures> {
  const servers: (readonly [AuditMode, InstanceServer])[] = [];
  try {
    for (const mode of MODES)
      servers.push([mode, await startInstance({ root, program: PROGRAM, ...AUDIT_MODES[mode] })]);
    const figures: Record<AuditMode, Figures[]> = { off: [], write: [], group: [] };
    const requests = new Map<AuditMode, readonly Buffer[]>();
    for (const [mode, server] of servers) {
      const pool = await requestsOf(options.scenario, server);
      requests.set(
        mode,
        pool.map((each) => signedBytes(server, each)),
      );
    }
    for (let round = 0; round < options.rounds; round++) {
      for (const [mode, server] of servers) {
        const load = { ...windowOf(options, round), requests: requests.get(mode) ?? [] };
        figures[mode].push(await measure(generator, server, load));
      }
    }
    return figures;
  } finally {
    for (const [, server] of servers.reverse()) await server.stop();
  }
}

/** Each mode against `off`, round by round. */
export function auditModesText(figures: ModeFigures, options: CaseOptions): string {
  const lines = MODES.map((mode) => {
    const throughput = summary(figures[mode].map((round) => round.throughput));
    const cpu = summary(figures[mode].map((round) => round.cpu));
    const p99 = summary(figures[mode].map((round) => round.p99 / 1000));
    const ratio = summary(
      figures[mode].map(
        (round, number) => round.throughput / (figures.off[number]?.throughput ?? Number.NaN),
      ),
    );
    const columns = [
      mode,
      `${Math.round(throughput.median)} ±${Math.round(throughput.spread)} req/s`,
      `p99 ${p99.median.toFixed(1)} ms`,
      `${cpu.median.toFixed(0)} µs/req`,
      `${ratio.median.toFixed(3)} ±${ratio.spread.toFixed(3)} of off`,
    ];
    return columns
      .map((column) => column.padEnd(22))
      .join('')
      .trimEnd();
  });
  return `${options.scenario}, ${options.connections} connections\n${lines.join('\n')}\n`;
}
