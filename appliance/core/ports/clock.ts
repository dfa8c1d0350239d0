// Ports: time, injected so that tests can set it.

/** Milliseconds since the epoch, UTC. */
export type Clock = () => number;

/** Monotonic milliseconds, from any start. */
export type Tick = () => number;

/** Calls back once, after so many milliseconds. What it returns takes the call back. */
export type Timer = (run: () => void, delayMs: number) => () => void;
