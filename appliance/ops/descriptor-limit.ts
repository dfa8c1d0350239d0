// Whether a process may open as many files and connections as its settings promise. Beyond the limit of the system
// connections are not refused but lost or left waiting, so that the operator is told at the start.

import { readFileSync } from 'node:fs';
import type { Logger } from './logger.ts';

/** What a process needs beside the connections of the data plane: store, audit, threads, HSM, control plane. */
const RESERVE = 256;

/** Of the text of /proc/self/limits: what Node raises its limit to. Null: unlimited or unknown. */
export function hardDescriptorLimit(limits: string): number | null {
  const [, hard] = /^Max open files\s+\S+\s+(\d+)/m.exec(limits) ?? [];
  return hard === undefined ? null : Number(hard);
}

export interface DescriptorNeed {
  readonly maxConnections: number;
  readonly processes: number;
  /** Connections that may wait in the process that accepts them for others. */
  readonly waiting: number;
}

/** How many files a process may need to open. */
export function descriptorsNeeded({ maxConnections, processes, waiting }: DescriptorNeed): number {
  const handingOver = processes === 1 ? 0 : waiting;
  return Math.max(Math.ceil(maxConnections / processes), handingOver) + RESERVE;
}

export function warnOfDescriptorLimit(need: DescriptorNeed, logger: Logger, limits = ownLimits()): void {
  const limit = hardDescriptorLimit(limits);
  const needed = descriptorsNeeded(need);
  if (limit === null || limit >= needed) return;
  logger.warn(
    { limit, needed },
    'dataPlane.maxConnections is more than the limit of open files allows: raise the limit (ulimit -Hn, LimitNOFILE) or lower the setting',
  );
}

function ownLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return '';
  }
}
