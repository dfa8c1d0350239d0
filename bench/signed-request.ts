// Requests ready to be sent: signed as the official SDKs sign, or bare, for the echo server. Written from data-plane
// specification 1.2 to 1.4 without the product's code.

import { createHash, sign } from 'node:crypto';
import type { Credential } from './client-key.ts';
import type { BenchRequest } from './scenarios.ts';

const CONTENT_TYPE = 'application/x-protobuf';

export type Headers = Readonly<Record<string, string>>;

/** A signature is accepted for 15 minutes around its date. */
export function signedHeaders(host: string, credential: Credential, { api, body }: BenchRequest): Headers {
  const date = new Date().toUTCString();
  const hash = createHash('sha256').update(body).digest('hex').toUpperCase();
  const kms = {
    'x-kms-acccesskeyid': credential.keyId,
    'x-kms-apiname': api,
    'x-kms-apiversion': 'dkms-gcs-0.2',
    'x-kms-signaturemethod': 'RSA_PKCS1_SHA_256',
  };
  const lines = Object.entries(kms).map(([name, value]) => `${name}:${value}`);
  const stringToSign = ['POST', hash, CONTENT_TYPE, date, ...lines, '/'].join('\n');
  const signature = sign('sha256', Buffer.from(stringToSign), credential.privateKey).toString('base64');
  return {
    ...bareHeaders(host, body),
    date,
    ...kms,
    'content-sha256': hash,
    authorization: `Bearer ${signature}`,
  };
}

export function bareHeaders(host: string, body: Uint8Array): Headers {
  return {
    host,
    accept: CONTENT_TYPE,
    'user-agent': 'dedicated-kms-bench',
    'content-type': CONTENT_TYPE,
    'content-length': String(body.length),
  };
}

export function requestBytes(headers: Headers, body: Uint8Array, path = '/'): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'), body]);
}
