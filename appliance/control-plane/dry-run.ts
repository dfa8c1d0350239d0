// DryRun: everything that the request would do is done, and the answer is an error whatever came out, so that nobody
// takes the rehearsal for the call. Source: control-plane specification 2.8.

import { invalidParameter } from '../core/fields.ts';
import { KmsError } from '../errors.ts';
import type { Action } from './action.ts';
import type { Parameters } from './parameters.ts';

/** Runs what follows authentication. @throws KmsError always, for a dry run */
export async function rehearsing<T>(
  action: Action,
  parameters: Parameters,
  perform: () => Promise<T>,
): Promise<T> {
  if (!action.dryRun || !isDryRun(parameters.get('DryRun') ?? '')) return perform();
  try {
    await perform();
  } catch (error) {
    throw rehearsedFailure(error);
  }
  throw new KmsError('DryRunOperationError');
}

function isDryRun(value: string): boolean {
  if (/^(?:true|false|)$/i.test(value)) return value.toLowerCase() === 'true';
  throw invalidParameter('DryRun');
}

/** Failures that are not the request's own (5xx, throttling) are told as they are. */
function rehearsedFailure(error: unknown): unknown {
  if (!(error instanceof KmsError) || error.status >= 500 || error.status === 429) return error;
  if (error.code === 'Forbidden.NoPermission') return new KmsError('AccessDeniedError');
  return new KmsError('ValidationError', `${error.code}: ${error.message}`);
}
