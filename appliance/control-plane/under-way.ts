// The requests that are being worked on, connections or not: what they work with is closed after them.

export interface UnderWay<Request, Reply> {
  readonly run: (request: Request) => Promise<Reply>;
  /** Resolves when all of this moment are done. */
  readonly idle: () => Promise<void>;
}

export function trackWork<Request, Reply>(
  work: (request: Request) => Promise<Reply>,
): UnderWay<Request, Reply> {
  const underWay = new Set<Promise<Reply>>();
  return {
    async run(request) {
      const reply = work(request);
      underWay.add(reply);
      try {
        return await reply;
      } finally {
        underWay.delete(reply);
      }
    },
    async idle() {
      await Promise.allSettled(underWay);
    },
  };
}
