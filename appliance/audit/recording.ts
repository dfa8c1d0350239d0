// The lines of the chain that say whether requests of the data plane are recorded from there on. So a gap that somebody
// switched on is a signed statement, and any other is a loss.

/** Without line end. */
export function recordingJson(time: number, dataPlane: boolean): string {
  return JSON.stringify({ type: 'recording', time: new Date(time).toISOString(), data_plane: dataPlane });
}

export interface Pause {
  /** ISO 8601, UTC. */
  readonly from: string;
  /** Null when it goes on. */
  until: string | null;
}

const PREFIXES = ['{"type":"recording",', '{"type":"segment",'];

/** What a line says about pauses, added to those of the lines before. A process that starts records until it says not. */
export function notePause(pauses: Pause[], line: string): void {
  if (!PREFIXES.some((prefix) => line.startsWith(prefix))) return;
  const { type, time, reason, data_plane: recorded } = JSON.parse(line) as Readonly<Record<string, unknown>>;
  if (type === 'segment' && reason !== 'start') return;
  const last = pauses.at(-1);
  const paused = last?.until === null;
  if (type === 'recording' && recorded === false) {
    if (!paused) pauses.push({ from: String(time), until: null });
  } else if (paused) last.until = String(time);
}
