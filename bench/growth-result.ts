// What a run of growth leaves behind: for each axis its points, for each point the figures of every round.

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { FIGURES, MACHINE } from './result.ts';

const GROWTH = z.object({
  version: z.literal(1),
  kind: z.literal('growth'),
  startedAt: z.string(),
  machine: MACHINE,
  axes: z.array(
    z.object({
      axis: z.string(),
      points: z.array(z.object({ at: z.number().positive(), rounds: z.array(FIGURES).min(1) })).min(1),
    }),
  ),
});

export type Growth = z.infer<typeof GROWTH>;
export type GrowthAxis = Growth['axes'][number];

/** @throws Error when the file is not a result of growth */
export function readGrowth(path: string): Growth {
  const parsed = GROWTH.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Error(`${path} is not a result of bench --growth`);
  return parsed.data;
}
