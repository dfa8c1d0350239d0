// The one canonical spelling of parameters that both signatures are computed over, and the decoding of the spellings
// that clients use. Source: control-plane specification 1.1 (rule 2) and 1.3 (step 2); RFC 3986 section 2.3.

/** Everything but `A-Z a-z 0-9 - _ . ~` as upper-case `%XX` of its UTF-8 bytes. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, percentByte);
}

/**
 * `%XX` and `+` (a space) decoded as UTF-8. `text` holds one byte per character, as the HTTP parser delivers it.
 * @throws URIError for a malformed escape or bytes that are not UTF-8
 */
export function percentDecode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' ').replace(/[\u0080-\u00ff]/g, percentByte));
}

/** Sorted `name=value` pairs joined by `&`; the empty string when there are none. */
export function canonicalQuery(parameters: Iterable<readonly [string, string]>): string {
  return Array.from(
    parameters,
    ([name, value]) => [name, `${percentEncode(name)}=${percentEncode(value)}`] as const,
  )
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([, pair]) => pair)
    .join('&');
}

function percentByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
