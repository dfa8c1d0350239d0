// Signature version 3, ACS3-HMAC-SHA256: over the method, the query, the headers listed and the hash of the body.
// Headers that decide anything must be among those listed. Source: control-plane specification 1.4.

import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { KmsError } from '../errors.ts';
import { canonicalQuery } from './percent-encoding.ts';
import type { SignatureScheme, SignedRequest } from './signed-request.ts';

const ALGORITHM = 'ACS3-HMAC-SHA256';
const FIELD = /^\s*([A-Za-z]+)=(\S+)\s*$/;
const HEADER_NAMES = /^[a-z0-9-]+(?:;[a-z0-9-]+)*$/;
const ALWAYS_SIGNED = ['x-acs-date', 'x-acs-content-sha256', 'x-acs-signature-nonce'] as const;

export interface CanonicalParts {
  readonly method: string;
  readonly query: Iterable<readonly [string, string]>;
  readonly headers: IncomingHttpHeaders;
  /** Lower case. */
  readonly signedHeaders: readonly string[];
  /** Lower-case hex SHA-256 of the body. */
  readonly payloadHash: string;
}

export function canonicalRequestV3({
  method,
  query,
  headers,
  signedHeaders,
  payloadHash,
}: CanonicalParts): string {
  const names = [...signedHeaders].sort();
  const lines = names.map((name) => `${name}:${headerText(headers, name).trim()}\n`);
  return [method, '/', canonicalQuery(query), lines.join(''), names.join(';'), payloadHash].join('\n');
}

/** Lower-case hex. */
export function signV3(secret: string, canonicalRequest: string): string {
  const stringToSign = `${ALGORITHM}\n${createHash('sha256').update(canonicalRequest, 'utf8').digest('hex')}`;
  return createHmac('sha256', secret).update(stringToSign, 'utf8').digest('hex');
}

export const SIGNATURE_V3: SignatureScheme = {
  names: ({ headers, parameters: { all } }) => ({
    action: all.get('Action') ?? (headerText(headers, 'x-acs-action') || undefined),
    version: all.get('Version') ?? (headerText(headers, 'x-acs-version') || undefined),
  }),

  claim(request) {
    const { accessKeyId, signedHeaders, signature } = parseAuthorization(
      headerText(request.headers, 'authorization'),
    );
    requireSigned(request, signedHeaders);
    const payloadHash = createHash('sha256').update(request.body).digest('hex');
    if (headerText(request.headers, 'x-acs-content-sha256') !== payloadHash) {
      throw new KmsError(
        'SignatureDoesNotMatch',
        'The header x-acs-content-sha256 is not the hash of the body.',
      );
    }
    const { method, headers } = request;
    const query = request.parameters.query;
    const signedText = canonicalRequestV3({ method, query, headers, signedHeaders, payloadHash });
    return {
      accessKeyId,
      signature,
      timestamp: headerText(headers, 'x-acs-date'),
      nonce: headerText(headers, 'x-acs-signature-nonce'),
      signedText,
      sign: (secret) => signV3(secret, signedText),
    };
  },
};

function requireSigned(
  { headers, parameters: { all } }: SignedRequest,
  signedHeaders: readonly string[],
): void {
  const decisive = [
    ...ALWAYS_SIGNED,
    ...(all.has('Action') ? [] : ['x-acs-action']),
    ...(all.has('Version') ? [] : ['x-acs-version']),
  ];
  for (const name of decisive) {
    if (signedHeaders.includes(name) && headerText(headers, name) !== '') continue;
    throw new KmsError('IncompleteSignature', `The header ${name} must be present and signed.`);
  }
}

interface Authorization {
  readonly accessKeyId: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** Fields come in any order: clients differ. */
function parseAuthorization(text: string): Authorization {
  const space = text.indexOf(' ');
  if (space < 0 || text.slice(0, space) !== ALGORITHM) throw incomplete();
  const fields = new Map<string, string>();
  for (const part of text.slice(space + 1).split(',')) {
    const [, name = '', value = ''] = FIELD.exec(part) ?? [];
    if (name === '' || fields.has(name)) throw incomplete();
    fields.set(name, value);
  }
  const accessKeyId = fields.get('Credential');
  const signedHeaders = fields.get('SignedHeaders')?.toLowerCase();
  const signature = fields.get('Signature');
  if (!accessKeyId || !signature || !signedHeaders || !HEADER_NAMES.test(signedHeaders)) throw incomplete();
  return { accessKeyId, signature, signedHeaders: [...new Set(signedHeaders.split(';'))] };
}

function incomplete(): KmsError {
  return new KmsError(
    'IncompleteSignature',
    `The header Authorization must be ${ALGORITHM} with Credential, SignedHeaders and Signature.`,
  );
}

function headerText(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
}
