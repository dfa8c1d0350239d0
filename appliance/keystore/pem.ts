// PEM text as bytes: private keys are encoded without ever becoming a string, which could not be wiped.
// Source: RFC 7468 sections 2 and 3 (64 columns, newline at the end).

const ALPHABET = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', 'latin1');
const PADDING = 0x3d;
const NEWLINE = 0x0a;
const COLUMNS = 64;

/** The PEM text of a DER value (never empty) under a label such as `PRIVATE KEY`. */
export function encodePem(label: string, der: Uint8Array): Buffer {
  const characters = 4 * Math.ceil(der.length / 3);
  const body = Buffer.alloc(characters + Math.ceil(characters / COLUMNS), NEWLINE);
  for (let from = 0, to = 0; from < der.length; from += 3) {
    const group = ((der[from] ?? 0) << 16) | ((der[from + 1] ?? 0) << 8) | (der[from + 2] ?? 0);
    for (const shift of [18, 12, 6, 0]) {
      body[to] = ALPHABET[(group >> shift) & 63] ?? 0;
      to += 1;
    }
    if (to % (COLUMNS + 1) === COLUMNS) to += 1;
  }
  const padding = (3 - (der.length % 3)) % 3;
  body.fill(PADDING, body.length - 1 - padding, body.length - 1);
  const text = Buffer.concat([
    Buffer.from(`-----BEGIN ${label}-----\n`),
    body,
    Buffer.from(`-----END ${label}-----\n`),
  ]);
  body.fill(0);
  return text;
}
