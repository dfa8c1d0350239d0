// The path of a data-plane request, as an array of named steps. Requests that arrive in one turn of the event loop pass
// each step together, because alternating per request between HTTP, TLS and cryptography runs everything from cold
// caches and doubles the cost (specification performance.md). A failed call skips the later steps; work that does not
// finish at once leaves its batch and joins a later one for its answer. The audit record is written before the answer.

import { APIS, CodecError } from '../../proto/index.ts';
import type { EpochWatch } from '../core/epoch-watch.ts';
import { createFailureLog, type FailureLog } from '../core/failure-log.ts';
import type { AuditLog } from '../core/ports/audit-log.ts';
import { KmsError, toKmsError } from '../errors.ts';
import type { Logger } from '../ops/logger.ts';
import { auditRecord } from './audit-record.ts';
import {
  type AuthenticationOptions,
  checkBodyHash,
  checkDate,
  parseRequest,
  verifySignature,
} from './authenticate.ts';
import { type AuthorizationOptions, admitAddress, admitRate, authorizeKey } from './authorize.ts';
import { Call, type IncomingCall } from './call.ts';
import type { Answer, OperationContext } from './operation.ts';
import { renderError } from './render-error.ts';

/** Calls that pass the steps together at the most, so that one turn of the event loop stays short. */
const MAX_BATCH = 64;

export interface PipelineContext extends AuthenticationOptions, AuthorizationOptions {
  readonly epochs: Pick<EpochWatch, 'look'>;
  readonly operations: OperationContext;
  readonly audit: Pick<AuditLog, 'append' | 'flushed'>;
  readonly logger: Logger;
  readonly newRequestId: () => string;
  /** Monotonic milliseconds. */
  readonly tick: () => number;
  /** Calls accepted and not yet answered; one more is refused with Rejected.Throttling. */
  readonly maxCallsInFlight: number;
}

export interface Pipeline {
  /** Takes a request; its `respond` is called exactly once, later. */
  accept(incoming: IncomingCall): void;
  /** Whether the next call is refused because of those that are not yet answered. */
  isFull(): boolean;
  /** Calls accepted and not yet answered. */
  inFlight(): number;
  /** Resolves when every call accepted so far is answered. */
  idle(): Promise<void>;
}

type Step = (call: Call, context: PipelineContext) => void;

const STEPS: readonly Step[] = [
  parseRequest,
  checkDate,
  checkBodyHash,
  verifySignature,
  admitAddress,
  admitRate,
  decode,
  authorizeKey,
];

export function createPipeline(context: PipelineContext): Pipeline {
  const arrived: Call[] = [];
  const worked: Call[] = [];
  let inFlight = 0;
  let scheduled = false;
  const waiting: (() => void)[] = [];
  const failures = createFailureLog(context.logger, 'audit record could not be written');

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(drain);
  };

  const drain = (): void => {
    scheduled = false;
    const batch = arrived.splice(0, MAX_BATCH);
    if (batch.length > 0) {
      refresh(context, batch);
      for (const step of STEPS) for (const call of batch) runStep(step, call, context);
      for (const call of batch) execute(call, context, finishLater);
    }
    const finished = worked.splice(0);
    for (const call of batch) if (call.pending === null) finished.push(call);
    if (finished.length > 0) {
      record(finished, { context, failures }, () => {
        for (const call of finished) respond(call, context.logger);
        inFlight -= finished.length;
        if (inFlight === 0) for (const resolve of waiting.splice(0)) resolve();
      });
    }
    if (arrived.length > 0 || worked.length > 0) schedule();
  };

  const finishLater = (call: Call): void => {
    worked.push(call);
    schedule();
  };

  const isFull = (): boolean => inFlight >= context.maxCallsInFlight;

  return {
    accept(incoming) {
      const call = new Call(incoming, context.newRequestId(), context.clock(), context.tick());
      if (isFull()) call.error ??= new KmsError('Rejected.Throttling');
      inFlight += 1;
      arrived.push(call);
      schedule();
    },
    isFull,
    inFlight: () => inFlight,
    idle: () => new Promise((resolve) => (inFlight === 0 ? resolve() : waiting.push(resolve))),
  };
}

/** Nothing is decided on records that may be old: when the store cannot be read, the whole batch fails. */
function refresh(context: PipelineContext, batch: readonly Call[]): void {
  try {
    context.epochs.look();
  } catch (error) {
    const unavailable = new KmsError('ServiceUnavailableTemporary', undefined, { cause: error });
    for (const call of batch) fail(call, unavailable, context);
  }
}

function runStep(step: Step, call: Call, context: PipelineContext): void {
  if (call.error) return;
  try {
    step(call, context);
  } catch (error) {
    fail(call, error, context);
  }
}

function decode(call: Call): void {
  if (!call.operation) throw new Error('decoding follows parsing');
  try {
    call.message = APIS[call.operation.api].request.decode(call.incoming.body);
  } catch (error) {
    throw error instanceof CodecError ? new KmsError('InvalidParameter', undefined, { cause: error }) : error;
  }
}

/** Performs the operation; `finishLater` is called for work that did not finish at once. */
function execute(call: Call, context: PipelineContext, finishLater: (call: Call) => void): void {
  if (call.error || !call.operation) return;
  const target = call.operation.target ? { key: call.key, versionId: call.versionId } : null;
  try {
    const answer = call.operation.execute(context.operations, call.message as never, target as never);
    if (!(answer instanceof Promise)) {
      encode(call, answer);
      return;
    }
    call.pending = answer
      .then((settled) => encode(call, settled))
      .catch((error: unknown) => fail(call, error, context))
      .then(() => finishLater(call));
  } catch (error) {
    fail(call, error, context);
  }
}

function encode(call: Call, { response, versionId }: Answer<object>): void {
  if (!call.operation) throw new Error('encoding follows parsing');
  const codec = APIS[call.operation.api].response;
  // Not a spread: V8 copies that property by property, and the codec then meets a slow object.
  call.reply = codec.encode(Object.assign({ RequestId: call.requestId }, response));
  call.replyVersionId = versionId;
}

function fail(call: Call, error: unknown, { logger }: PipelineContext): void {
  call.error = toKmsError(error);
  // What is unavailable says so once itself: a line a request would only add to the trouble.
  if (call.error.code === 'ServiceUnavailableTemporary')
    logger.debug({ requestId: call.requestId, err: error }, 'request refused for now');
  else if (call.error.status >= 500)
    logger.error({ requestId: call.requestId, err: error }, 'request failed');
}

interface Recording {
  readonly context: PipelineContext;
  readonly failures: FailureLog;
}

/** Writes the records of all these calls, then lets `answer` run; without a record there is no success. */
function record(calls: readonly Call[], { context, failures }: Recording, answer: () => void): void {
  const failed = (error: unknown): void => {
    failures.failed({ err: error });
    for (const call of calls)
      call.error = new KmsError('ServiceUnavailableTemporary', undefined, { cause: error });
  };
  let flushed: Promise<void> | null = null;
  try {
    context.audit.append(calls.map((call) => auditRecord(call, context.tick())));
    flushed = context.audit.flushed();
    if (flushed === null) failures.worked();
  } catch (error) {
    failed(error);
  }
  if (flushed === null) answer();
  else void flushed.then(() => failures.worked(), failed).then(answer);
}

function respond(call: Call, logger: Logger): void {
  try {
    const error = call.error ?? (call.reply ? null : new KmsError('InternalFailure'));
    if (error) call.incoming.respond(error.status, renderError(error, call.requestId), '');
    else call.incoming.respond(200, call.reply ?? new Uint8Array(0), call.replyVersionId);
  } catch (error) {
    logger.error({ requestId: call.requestId, err: error }, 'answer could not be sent');
  }
}
