// PKCS#8 private keys as the strict DER that they must be. Attributes are read over and not kept.
// Source: RFC 5208 section 5.

import { INTEGER, OCTET_STRING, readElement, SEQUENCE, writeElement } from '../sm/index.js';

/** @typedef {{ tag: number, content: Uint8Array }} Element */

export const NULL = 0x05;
export const OBJECT_IDENTIFIER = 0x06;
export const BIT_STRING = 0x03;
export const CONTEXT_0 = 0xa0;
export const CONTEXT_1 = 0xa1;

const VERSION = writeElement(INTEGER, Buffer.of(0));

/**
 * The elements one behind the other; null when the bytes are something else, or end in the middle of one.
 * @param {Uint8Array} bytes
 * @returns {Element[] | null}
 */
export function readElements(bytes) {
  const elements = [];
  let rest = bytes;
  while (rest.length > 0) {
    const tag = rest[0] ?? 0;
    const element = readElement(rest, tag);
    if (element === null) return null;
    elements.push({ tag, content: element.content });
    rest = element.rest;
  }
  return elements;
}

/**
 * The elements of a sequence with nothing behind it.
 * @param {Uint8Array} bytes
 * @returns {Element[] | null}
 */
export function readWhole(bytes) {
  const whole = readElement(bytes, SEQUENCE);
  return whole !== null && whole.rest.length === 0 ? readElements(whole.content) : null;
}

/**
 * The contents of elements that have these tags in this order, and of no more; optional ones follow them.
 * @param {Element[] | null} elements
 * @param {readonly number[]} tags
 * @param {readonly number[]} [optional]
 * @returns {(Uint8Array | undefined)[] | null} first those of the tags, then those of the optional ones or undefined
 */
export function contentsOf(elements, tags, optional = []) {
  if (elements === null || !tags.every((tag, index) => elements[index]?.tag === tag)) return null;
  const rest = elements.slice(tags.length);
  const contents = optional.map((tag) => (rest[0]?.tag === tag ? rest.shift()?.content : undefined));
  if (rest.length > 0) return null;
  return [...elements.slice(0, tags.length).map(({ content }) => content), ...contents];
}

/**
 * The private key of an algorithm in a PrivateKeyInfo; null when it is another algorithm's, or none.
 * @param {Uint8Array} der
 * @param {Uint8Array} algorithm content of the AlgorithmIdentifier
 * @returns {Uint8Array | null}
 */
export function readPkcs8(der, algorithm) {
  const [version, actual, privateKey] =
    contentsOf(readWhole(der), [INTEGER, SEQUENCE, OCTET_STRING], [CONTEXT_0]) ?? [];
  if (!version || !actual || !privateKey) return null;
  const expected = version.length === 1 && version[0] === 0 && Buffer.compare(actual, algorithm) === 0;
  return expected ? privateKey : null;
}

/**
 * @param {Uint8Array} algorithm
 * @param {Uint8Array} privateKey
 * @returns {Buffer}
 */
export function writePkcs8(algorithm, privateKey) {
  return writeSecret(SEQUENCE, [
    VERSION,
    writeElement(SEQUENCE, algorithm),
    writeElement(OCTET_STRING, privateKey),
  ]);
}

/**
 * An element around a version, which stays, and parts that are a secret, or stand beside one, and are wiped.
 * @param {number} tag
 * @param {readonly Buffer[]} parts
 * @returns {Buffer}
 */
export function writeSecret(tag, parts) {
  const content = Buffer.concat(parts);
  for (const part of parts.slice(1)) part.fill(0);
  const element = writeElement(tag, content);
  content.fill(0);
  return element;
}
