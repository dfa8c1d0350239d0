// How a command can fail, and the exit code that says so to scripts.

export const EXIT = {
  ok: 0,
  /** The service answered with an error. */
  refused: 1,
  /** Wrong command line. */
  usage: 2,
  /** No answer: no connection, TLS, time-out. */
  unreachable: 3,
  /** Settings, credentials or files on this machine. */
  configuration: 4,
  /** A bug in this program. */
  internal: 70,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A failure that is told in one line, without a stack. */
export class CliError extends Error {
  override readonly name: string = 'CliError';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** The service's own error. */
export class ServiceError extends CliError {
  override readonly name = 'ServiceError';
  readonly status: number;
  readonly code: string;
  readonly requestId: string;

  constructor({
    status,
    code,
    message,
    requestId,
  }: {
    status: number;
    code: string;
    message: string;
    requestId: string;
  }) {
    super(EXIT.refused, message);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }
}

export function usageError(message: string): CliError {
  return new CliError(EXIT.usage, message);
}

export function configurationError(message: string, cause?: unknown): CliError {
  return new CliError(EXIT.configuration, message, { cause });
}

export function unreachable(message: string, cause?: unknown): CliError {
  return new CliError(EXIT.unreachable, message, { cause });
}
