// EncryptionContext: what a caller binds to a ciphertext, as additional authenticated data. It is hashed the way transfer
// SDKs hash it (data-plane specification 4.9), so that their ciphertexts and ours are one: SHA-256 of the `key=value`
// pairs sorted by key and joined with `&`; an empty context binds nothing. The form is the SDKs', and so is its weakness:
// a value that contains `&` and `=` hashes like two pairs.

import { createHash } from 'node:crypto';

const MAX_CHARACTERS = 8192;

/** Undefined unless the text is a JSON object of strings, of at most 8192 characters. */
export function encryptionContextAad(text: string): Buffer | undefined {
  const pairs = text.length > MAX_CHARACTERS ? undefined : parseContext(text);
  if (!pairs) return undefined;
  if (pairs.length === 0) return Buffer.alloc(0);
  const sorted = pairs.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return createHash('sha256')
    .update(sorted.map(([key, value]) => `${key}=${value}`).join('&'), 'utf8')
    .digest();
}

function parseContext(text: string): [string, string][] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const pairs = Object.entries(value);
  return pairs.every((pair): pair is [string, string] => typeof pair[1] === 'string') ? pairs : undefined;
}
