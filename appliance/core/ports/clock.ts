// Port: time and randomness, injected so that tests can fix them.

/** Milliseconds since the epoch, UTC. */
export type Clock = () => number;
