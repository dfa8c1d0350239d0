// What hsm-node logs with: JSON lines on standard error, because standard output belongs to whoever started it.

import { type Logger, pino } from 'pino';

export type NodeLogger = Pick<Logger, 'info' | 'warn' | 'error'>;

export function createNodeLogger(): NodeLogger {
  return pino({ name: 'hsm-node' }, pino.destination({ dest: 2, sync: true }));
}
