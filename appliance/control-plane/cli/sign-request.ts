// The client's half of signature version 3: the headers of a signed request. Source: control-plane specification 1.4.

import { createHash } from 'node:crypto';
import { canonicalRequestV3, signV3 } from '../signature-v3.ts';

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
}

export interface UnsignedRequest {
  /** `host:port`, as the header says it. */
  readonly host: string;
  readonly action: string;
  readonly version: string;
  readonly query: readonly (readonly [string, string])[];
  /** Form text; may be empty. */
  readonly body: string;
  /** `YYYY-MM-DDThh:mm:ssZ` */
  readonly date: string;
  readonly nonce: string;
}

/** All headers of the POST request, `authorization` included. */
export function signedHeaders(request: UnsignedRequest, accessKey: AccessKey): Record<string, string> {
  const { host, action, version, query, body, date, nonce } = request;
  const payloadHash = createHash('sha256').update(body, 'utf8').digest('hex');
  const headers = {
    ...(body !== '' && { 'content-type': 'application/x-www-form-urlencoded' }),
    host,
    'x-acs-action': action,
    'x-acs-content-sha256': payloadHash,
    'x-acs-date': date,
    'x-acs-signature-nonce': nonce,
    'x-acs-version': version,
  };
  const names = Object.keys(headers);
  const canonical = canonicalRequestV3({ method: 'POST', query, headers, signedHeaders: names, payloadHash });
  const fields = [
    `Credential=${accessKey.id}`,
    `SignedHeaders=${names.join(';')}`,
    `Signature=${signV3(accessKey.secret, canonical)}`,
  ];
  return { ...headers, accept: 'application/json', authorization: `ACS3-HMAC-SHA256 ${fields.join(',')}` };
}
