// Limits the rate of an instance and shares it fairly: every active access point is sure of an equal part, and what
// others leave unused may be borrowed. Token buckets, refilled by elapsed time; the clock is injected.
// Answer when refused: 429 Rejected.Throttling (data-plane specification section 6).

/** Length of the burst that a full bucket allows, in seconds of the limit. */
const BURST_SECONDS = 1;
/** An access point counts as active for this long after its last request. */
const ACTIVE_MS = 1000;

export interface Throttle {
  /** Whether a request of this access point may go on now; spends a token if so. */
  admit(accessPoint: string): boolean;
}

interface Share {
  tokens: number;
  refilledAt: number;
  seenAt: number;
}

/** `now` is monotonic milliseconds; `limit` requests a second, 0 for none. */
export function createThrottle(limit: number, now: () => number): Throttle {
  if (limit === 0) return { admit: () => true };
  const capacity = Math.max(1, limit * BURST_SECONDS);
  const shares = new Map<string, Share>();
  let tokens = capacity;
  let refilledAt = now();
  let prunedAt = refilledAt;

  const prune = (time: number): void => {
    if (time - prunedAt < ACTIVE_MS) return;
    prunedAt = time;
    for (const [name, share] of shares) if (time - share.seenAt >= ACTIVE_MS) shares.delete(name);
  };

  const shareOf = (accessPoint: string, time: number): Share => {
    let share = shares.get(accessPoint);
    if (!share) {
      share = { tokens: Number.POSITIVE_INFINITY, refilledAt: time, seenAt: time };
      shares.set(accessPoint, share);
    }
    const active = shares.size;
    share.tokens = Math.min(
      capacity / active / 2,
      share.tokens + ((time - share.refilledAt) / 1000) * (limit / active),
    );
    share.refilledAt = time;
    share.seenAt = time;
    return share;
  };

  return {
    admit(accessPoint) {
      const time = now();
      prune(time);
      tokens = Math.min(capacity, tokens + ((time - refilledAt) / 1000) * limit);
      refilledAt = time;
      const share = shareOf(accessPoint, time);
      const own = share.tokens >= 1;
      // What the others are sure of stays untouched when borrowing: half the bucket, less the borrower's own part.
      const reserved = own ? 0 : Math.min(capacity - 1, (capacity / 2) * (1 - 1 / shares.size));
      if (tokens < 1 + reserved) return false;
      tokens -= 1;
      if (own) share.tokens -= 1;
      return true;
    },
  };
}
