// For values that a test knows to be there.

export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the test expected a value');
  return value;
}

/** The bytes with one of them changed (`change` is not 0). */
export function changed(bytes: Uint8Array, at: number, change = 1): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = present(copy[at]) ^ change;
  return copy;
}
