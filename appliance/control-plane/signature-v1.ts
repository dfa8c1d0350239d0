// Signature version 1: HMAC-SHA1 over the method and all parameters but `Signature`. Headers are not covered, so
// nothing is ever taken from them. Source: control-plane specification 1.2 and 1.3.

import { createHmac } from 'node:crypto';
import { KmsError } from '../errors.ts';
import { canonicalQuery, percentEncode } from './percent-encoding.ts';
import type { SignatureScheme } from './signed-request.ts';

/** Parameters with the only value each may have. */
const FIXED = [
  ['SignatureMethod', 'HMAC-SHA1'],
  ['SignatureVersion', '1.0'],
] as const;

/** `parameters` includes neither more nor less than what is signed, except that `Signature` is left out here. */
export function stringToSignV1(method: string, parameters: Iterable<readonly [string, string]>): string {
  const signed = [...parameters].filter(([name]) => name !== 'Signature');
  return `${method}&${percentEncode('/')}&${percentEncode(canonicalQuery(signed))}`;
}

/** Base64. */
export function signV1(secret: string, stringToSign: string): string {
  return createHmac('sha1', `${secret}&`).update(stringToSign, 'utf8').digest('base64');
}

export const SIGNATURE_V1: SignatureScheme = {
  names: ({ parameters: { all } }) => ({ action: all.get('Action'), version: all.get('Version') }),

  claim({ method, parameters: { all } }) {
    const required = (name: string): string => {
      const value = all.get(name);
      if (value) return value;
      throw new KmsError('MissingParameter', `The parameter ${name} is required.`);
    };
    for (const [name, value] of FIXED) {
      if (required(name) !== value) throw new KmsError('IncompleteSignature', `${name} must be ${value}.`);
    }
    if (all.get('SignatureType'))
      throw new KmsError('IncompleteSignature', 'SignatureType must be absent or empty.');
    const signature = required('Signature');
    const signedText = stringToSignV1(method, all);
    return {
      accessKeyId: required('AccessKeyId'),
      signature,
      timestamp: required('Timestamp'),
      nonce: all.get('SignatureNonce') || signature,
      signedText,
      sign: (secret) => signV1(secret, signedText),
    };
  },
};
