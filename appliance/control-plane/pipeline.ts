// The way of a request: parse → route → authenticate → validate → authorise → execute → render → audit. Every step
// may refuse by throwing a KmsError; whatever happens there is one answer and one audit record, written before it.
// Sources: design sections 2 and 7, control-plane specification 1.8 (order of checks).

import type { IncomingHttpHeaders } from 'node:http';
import type { RandomBytes } from '../core/ids.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Store } from '../core/ports/store.ts';
import type { UserAccess } from '../core/ram/user-access.ts';
import { newUuid } from '../core/uuid.ts';
import { KmsError, toKmsError } from '../errors.ts';
import type { Action, ActionCall, Answer, Services } from './action.ts';
import type { Auditor } from './auditor.ts';
import { authenticate, type Caller, schemeOf } from './authenticate.ts';
import { authorize } from './authorize.ts';
import { rehearsing } from './dry-run.ts';
import type { FailedAuthentications } from './failed-authentications.ts';
import type { Logger } from './logger.ts';
import { readParameters } from './parameters.ts';
import { recordedParameters } from './recorded-parameters.ts';
import { formatOf, type HttpReply, renderReply } from './render.ts';
import { renderError } from './render-error.ts';
import { findRoute } from './route.ts';
import { SIGNATURE_V1 } from './signature-v1.ts';
import type { SignatureScheme, SignedRequest } from './signed-request.ts';
import { auditRecord, type Trail } from './trail.ts';

const METHODS: ReadonlySet<string> = new Set(['GET', 'POST']);
const MAX_AUDITED_TEXT = 1024;

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly clientAddress: string;
  /** `sha256-<hex>` of the client's certificate; '' when it presented none. */
  readonly fingerprint: string;
  /** Set by the listener when it already knows that the request cannot be served. */
  readonly refusal?: KmsError | null;
}

export interface PipelineOptions {
  readonly store: Store;
  readonly services: Services;
  readonly auditor: Auditor;
  readonly userAccess: UserAccess;
  readonly failures: FailedAuthentications;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly logger: Logger;
}

/** Answers a request; never rejects. */
export type Pipeline = (request: HttpRequest) => Promise<HttpReply>;

export function createPipeline(options: PipelineOptions): Pipeline {
  const { services, auditor, clock, logger } = options;
  return async (request) => {
    const trail = newTrail(request, options);
    let result: Answer | KmsError;
    try {
      result = await perform(request, trail, options);
    } catch (error) {
      result = toKmsError(error);
      if (result.status >= 500) logFailure(logger, trail, result);
    }
    const error = result instanceof KmsError ? result : null;
    const audited = await auditor.write(auditRecord(trail, services.account, error, clock()));
    // Nobody reads or tries a key unrecorded. What has been changed, though, is answered as it is.
    if (!audited && !trail.committed) result = new KmsError('ServiceUnavailableTemporary');
    return render(result, trail);
  };
}

async function perform(request: HttpRequest, trail: Trail, options: PipelineOptions): Promise<Answer> {
  const signed = parse(request, trail);
  const scheme = schemeOf(signed);
  const action = route(signed, scheme, trail);
  options.store.refresh();
  const caller = identify(signed, scheme, trail, options);
  trail.parameters = recordedParameters(signed.parameters.all);
  return rehearsing(action, signed.parameters.all, async () => {
    const call = validate(action, signed, trail);
    allow(action, call, caller, trail, options);
    return execute(action, call, caller, trail, options);
  });
}

function parse({ method, url, headers, body, refusal }: HttpRequest, trail: Trail): SignedRequest {
  if (refusal) throw refusal;
  if (!METHODS.has(method)) throw new KmsError('UnsupportedHTTPMethod');
  if (!/^\/(?:\?|$)/.test(url)) throw new KmsError('InvalidAction.NotFound');
  const parameters = readParameters(url, headers['content-type'], body);
  trail.format = formatOf(parameters.all, headers.accept);
  return { method, headers, body, parameters };
}

function route(signed: SignedRequest, scheme: SignatureScheme | undefined, trail: Trail): Action {
  const { api, name, action } = findRoute((scheme ?? SIGNATURE_V1).names(signed));
  trail.action = name;
  trail.apiVersion = api.version;
  if (action === null)
    throw new KmsError('UnsupportedOperation', `${name} is not supported by this version.`);
  return action;
}

function identify(
  signed: SignedRequest,
  scheme: SignatureScheme | undefined,
  trail: Trail,
  { store, services, failures, clock }: PipelineOptions,
): Caller {
  if (!scheme) throw new KmsError('IncompleteSignature');
  const claim = scheme.claim(signed);
  trail.accessKeyId = claim.accessKeyId.slice(0, MAX_AUDITED_TEXT);
  const { clientAddress } = trail;
  const { accessKeys } = store.records;
  const { requests } = services;
  trail.caller = authenticate(claim, { accessKeys, requests, failures, clientAddress, now: clock() });
  return trail.caller;
}

function validate(action: Action, { parameters }: SignedRequest, trail: Trail): ActionCall {
  const call = action.validate(parameters.all);
  trail.resource = call.resource;
  return call;
}

function allow(
  action: Action,
  call: ActionCall,
  caller: Caller,
  { clientAddress }: Trail,
  { services, store, userAccess, clock }: PipelineOptions,
): void {
  authorize(caller, call.permissions(services, caller), {
    action,
    account: services.account,
    records: store.records,
    userAccess,
    clientAddress,
    now: clock(),
  });
}

async function execute(
  action: Action,
  call: ActionCall,
  caller: Caller,
  trail: Trail,
  { auditor, services }: PipelineOptions,
): Promise<Answer> {
  if (action.write) auditor.requireWorking();
  const answer = await call.run(services, caller);
  trail.committed = action.write;
  trail.resource = answer.resource;
  return answer;
}

function render(result: Answer | KmsError, trail: Trail): HttpReply {
  if (result instanceof KmsError) return renderError(result, trail);
  const { requestId, format, action } = trail;
  return renderReply({ status: 200, requestId, format, root: `${action}Response`, body: result.body });
}

function newTrail(
  { headers, clientAddress, fingerprint }: HttpRequest,
  { clock, randomBytes }: PipelineOptions,
): Trail {
  return {
    requestId: newUuid(randomBytes),
    startedAt: clock(),
    clientAddress,
    userAgent: (headers['user-agent'] ?? '').slice(0, MAX_AUDITED_TEXT),
    host: headers.host ?? '',
    fingerprint,
    format: formatOf(undefined, headers.accept),
    action: '',
    apiVersion: '',
    accessKeyId: '',
    caller: null,
    resource: '',
    parameters: {},
    committed: false,
  };
}

function logFailure(logger: Logger, { requestId, action }: Trail, error: KmsError): void {
  logger.error({ requestId, action, code: error.code, err: error.cause }, 'control-plane request failed');
}
