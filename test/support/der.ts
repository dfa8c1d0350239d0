// A small DER reader for tests, independent of what writes the DER in the product. Definite lengths, one-octet tags.

export interface DerElement {
  readonly tag: number;
  readonly content: Buffer;
  /** With the header. */
  readonly raw: Buffer;
}

/** The elements that follow each other in `der`. */
export function elements(der: Buffer): DerElement[] {
  const found: DerElement[] = [];
  for (let offset = 0; offset < der.length; ) {
    const short = der.readUInt8(offset + 1);
    const lengthBytes = short < 0x80 ? 0 : short - 0x80;
    const start = offset + 2 + lengthBytes;
    const end = start + (lengthBytes === 0 ? short : der.readUIntBE(offset + 2, lengthBytes));
    if (end > der.length) throw new RangeError('The DER element is longer than its buffer.');
    found.push({
      tag: der.readUInt8(offset),
      content: der.subarray(start, end),
      raw: der.subarray(offset, end),
    });
    offset = end;
  }
  return found;
}

export function elementAt(der: Buffer, index: number): DerElement {
  const element = elements(der).at(index);
  if (element === undefined) throw new RangeError(`There is no DER element ${index}.`);
  return element;
}

/** The content of the element that this path of child numbers leads to; `der` itself holds the first step's elements. */
export function at(der: Buffer, ...path: number[]): Buffer {
  return path.reduce((content, index) => elementAt(content, index).content, der);
}

/** The first element, header included, as hex. */
export function first(der: Buffer): string {
  return elementAt(der, 0).raw.toString('hex');
}

/** The extensions of an X.509 v3 certificate in their order: `id` is the whole OID element, all in hex. */
export function certificateExtensions(der: Buffer): { id: string; critical: boolean; value: string }[] {
  return elements(at(der, 0, 0, 7, 0)).map(({ content }) => ({
    id: first(content),
    critical: elements(content).length === 3 && elementAt(content, 1).raw.toString('hex') === '0101ff',
    value: elementAt(content, -1).content.toString('hex'),
  }));
}
