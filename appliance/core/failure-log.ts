// What fails again and again is a line of the operator's log once, until it works: a line a request would only add to the
// trouble.

export interface FailureLog {
  failed(details: object): void;
  worked(): void;
}

export interface FailureLogger {
  debug(details: object, message: string): void;
  error(details: object, message: string): void;
}

export function createFailureLog(logger: FailureLogger, message: string): FailureLog {
  let failing = false;
  return {
    failed(details) {
      if (failing) logger.debug(details, message);
      else logger.error(details, message);
      failing = true;
    },
    worked() {
      failing = false;
    },
  };
}
