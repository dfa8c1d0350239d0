// The only place where an error of this plane becomes bytes. All members are strings: a client's parser insists.
// Source: control-plane specification 1.8.

import type { KmsError } from '../errors.ts';
import { type Format, type HttpReply, renderReply } from './render.ts';

export interface ErrorReplyContext {
  readonly requestId: string;
  readonly format: Format;
  /** The request's Host header. */
  readonly host: string;
}

export function renderError(error: KmsError, { requestId, format, host }: ErrorReplyContext): HttpReply {
  const body = { HostId: host, Code: error.code, Message: error.message, Recommend: '' };
  return renderReply({ status: error.status, requestId, format, root: 'Error', body });
}
