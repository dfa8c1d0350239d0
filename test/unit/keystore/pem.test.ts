// Our PEM text is that of node:crypto, for every length.

import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodePem } from '../../../appliance/keystore/pem.ts';

describe('encodePem', () => {
  it('writes what node:crypto writes', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
    expect(encodePem('PRIVATE KEY', pkcs8).toString()).toBe(
      privateKey.export({ type: 'pkcs8', format: 'pem' }),
    );
    const pem = encodePem('PUBLIC KEY', publicKey.export({ type: 'spki', format: 'der' }));
    expect(createPublicKey(pem).equals(publicKey)).toBe(true);
  });

  it('writes base64 in lines of 64 columns for every length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
        const lines = encodePem('X', bytes).toString().split('\n');
        const body = lines.slice(1, -2);
        expect(lines.at(0)).toBe('-----BEGIN X-----');
        expect(lines.slice(-2)).toEqual(['-----END X-----', '']);
        expect(body.join('')).toBe(Buffer.from(bytes).toString('base64'));
        expect(body.slice(0, -1).every((line) => line.length === 64)).toBe(true);
        expect((body.at(-1) ?? '').length).toBeLessThanOrEqual(64);
      }),
    );
  });
});
