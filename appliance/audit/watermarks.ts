// The limits that warn before anything fails, as a table.

import type { AuditWatermark } from '../core/ports/audit-status.ts';

export interface WatermarkLimits {
  readonly freeBytes: number;
  readonly spoolBytes: number;
  readonly spoolMs: number;
}

export interface Levels {
  readonly freeBytes: number | null;
  readonly spoolBytes: number;
  /** Age of the oldest segment that waits; 0 when none does. */
  readonly spoolMs: number;
}

const PASSED: readonly (readonly [AuditWatermark, (levels: Levels, limits: WatermarkLimits) => boolean])[] = [
  ['free-space', ({ freeBytes }, limits) => freeBytes !== null && freeBytes < limits.freeBytes],
  ['spool-size', ({ spoolBytes }, limits) => spoolBytes > limits.spoolBytes],
  ['spool-age', ({ spoolMs }, limits) => spoolMs > limits.spoolMs],
];

export function passedWatermarks(levels: Levels, limits: WatermarkLimits): AuditWatermark[] {
  return PASSED.filter(([, isPassed]) => isPassed(levels, limits)).map(([watermark]) => watermark);
}
