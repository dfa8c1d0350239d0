// Errors of an S3 target as what they mean for delivery. Only names and statuses are taken from them: messages may quote
// headers of the request.

import type { DeliveryFailure } from '../core/ports/audit-status.ts';
import { DeliveryError } from './delivery-target.ts';

export interface S3Error {
  readonly name: string;
  /** Null: there was no answer. */
  readonly status: number | null;
}

export function s3ErrorOf(error: unknown): S3Error {
  const { name, code, $metadata } = error as {
    readonly name?: unknown;
    readonly code?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode ?? null;
  const text = status === null && typeof code === 'string' ? code : name;
  return { name: typeof text === 'string' && /^[\w.]{1,64}$/.test(text) ? text : 'unknown', status };
}

const BY_NAME: ReadonlyMap<string, DeliveryFailure> = new Map([
  ['NoSuchBucket', 'target-missing'],
  ['CredentialsProviderError', 'refused'],
  ['PreconditionFailed', 'conflict'],
]);

export function s3DeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const { name, status } = s3ErrorOf(error);
  return new DeliveryError(
    BY_NAME.get(name) ?? byStatus(status),
    status === null ? name : `${status} ${name}`,
  );
}

function byStatus(status: number | null): DeliveryFailure {
  if (status === null || status >= 500 || status === 408 || status === 429) return 'unreachable';
  return status === 401 || status === 403 ? 'refused' : 'other';
}
