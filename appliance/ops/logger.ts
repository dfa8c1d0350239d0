// The operator's log: JSON lines on standard error through pino. Not the audit. Messages carry ids and codes; whatever
// is secret has no place in them, and the redaction below is only the second line of defence.

import { pino } from 'pino';

export interface Logger {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

const SECRET_FIELDS = [
  'password',
  'passphrase',
  'secret',
  'AccessKeySecret',
  'privateKey',
  'privateKeyPem',
  'plaintext',
];

export function createLogger(level: LogLevel): Logger {
  const paths = SECRET_FIELDS.flatMap((name) => [name, `*.${name}`]);
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths, censor: '[redacted]' } },
    pino.destination({ dest: 2, sync: true }),
  );
}
