// Clusters that an instance has left for another: each is closed when what is under way there is done, so that no request
// notices the change.

import type { HsmCluster } from '../../hsm-adapter/index.ts';

/** Longer than the deadline of any operation. */
const LONGEST_MS = 60_000;
const POLL_MS = 50;

export class RetiringClusters {
  readonly #clusters = new Set<HsmCluster>();

  add(cluster: HsmCluster): void {
    this.#clusters.add(cluster);
    const endsAt = performance.now() + LONGEST_MS;
    const timer = setInterval(() => {
      if (cluster.status().inFlight > 0 && performance.now() < endsAt) return;
      clearInterval(timer);
      this.#clusters.delete(cluster);
      cluster.close();
    }, POLL_MS).unref();
  }

  /** At once. */
  close(): void {
    for (const cluster of this.#clusters) cluster.close();
  }
}
