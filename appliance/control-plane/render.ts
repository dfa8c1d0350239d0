// Turns a body into bytes in the format the caller wants: JSON, or the minimal XML of the API.
// Source: control-plane specification 1.7.

import type { Json } from './action.ts';
import type { Parameters } from './parameters.ts';

export type Format = 'JSON' | 'XML';

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface ReplyContent {
  readonly status: number;
  readonly requestId: string;
  readonly format: Format;
  /** Name of the root element in XML. */
  readonly root: string;
  readonly body: { readonly [name: string]: Json };
}

const CONTENT_TYPES: Readonly<Record<Format, string>> = {
  JSON: 'application/json;charset=utf-8',
  XML: 'text/xml;charset=utf-8',
};
// Characters that XML 1.0 cannot carry, not even escaped.
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/** The parameter Format, else the header Accept, else JSON. */
export function formatOf(parameters: Parameters | undefined, accept: string | undefined): Format {
  const asked = parameters?.get('Format')?.toUpperCase();
  if (asked === 'JSON' || asked === 'XML') return asked;
  return /^\s*(?:application|text)\/xml\b/i.test(accept ?? '') ? 'XML' : 'JSON';
}

/** The body with its RequestId first. */
export function renderReply({ status, requestId, format, root, body }: ReplyContent): HttpReply {
  const content = { RequestId: requestId, ...body };
  const text =
    format === 'JSON'
      ? JSON.stringify(content)
      : `<?xml version="1.0" encoding="UTF-8"?>${element(root, content)}`;
  const bytes = Buffer.from(text, 'utf8');
  const headers = {
    'content-type': CONTENT_TYPES[format],
    'content-length': String(bytes.length),
    'cache-control': 'no-store',
    'x-acs-request-id': requestId,
  };
  return { status, headers, body: bytes };
}

/** A list becomes one element for each of its entries. */
function element(name: string, value: Json): string {
  if (isList(value)) return value.map((each) => element(name, each)).join('');
  if (typeof value !== 'object') return `<${name}>${escapeXml(String(value))}</${name}>`;
  const children = Object.entries(value).map(([child, content]) => element(child, content));
  return `<${name}>${children.join('')}</${name}>`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function escapeXml(text: string): string {
  return text.replace(NOT_XML, '\ufffd').replace(/[&<>\r]/g, (character) => ESCAPES[character] ?? '');
}
