// Which member does the next operation: one that was not tried yet, that its breaker allows, and that would be done
// soonest by its load and its latency. Pure.

export interface Candidate {
  readonly inFlight: number;
  /** Smoothed time of an answer in milliseconds. */
  readonly latencyMs: number;
}

/** The best of the candidates; undefined when there is none. Equals go by turns: `turn` counts operations. */
export function chooseMember<T extends Candidate>(candidates: readonly T[], turn: number): T | undefined {
  let best: T | undefined;
  for (let index = 0; index < candidates.length; index += 1) {
    const candidate = candidates[(index + turn) % candidates.length];
    if (candidate !== undefined && (best === undefined || cost(candidate) < cost(best))) best = candidate;
  }
  return best;
}

/** Latencies within a factor of two count as equal, so that load decides between like members. */
function cost({ inFlight, latencyMs }: Candidate): number {
  return (inFlight + 1) * 2 ** Math.round(Math.log2(Math.max(latencyMs, 0.25)));
}
