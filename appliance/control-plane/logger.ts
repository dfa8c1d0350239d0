// The little of a logger that this plane needs. Ids, codes and causes only: never a parameter's value.

export interface Logger {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}
