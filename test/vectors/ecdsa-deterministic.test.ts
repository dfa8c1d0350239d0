// Signing a DIGEST is deterministic, so it has published answers. Source: RFC 6979 appendix A.2.5.

import { createHash, createPrivateKey } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { AsymmetricLane } from '../../appliance/keystore/asymmetric-lane.ts';
import { ecdsa } from '../../appliance/keystore/ciphers/ecdsa.ts';
import { hex, vectorGroups } from '../support/vectors.ts';

interface Group {
  readonly privateKeyPkcs8: string;
  readonly tests: readonly { readonly message: string; readonly signature: string }[];
}

const lane = new AsymmetricLane({ threads: 1 });
afterAll(() => lane.close());

describe.each(vectorGroups('rfc6979-ecdsa-p256-sha256') as readonly Group[])(
  'ECDSA over a DIGEST',
  ({ privateKeyPkcs8, tests }) => {
    const key = createPrivateKey({ key: hex(privateKeyPkcs8), format: 'der', type: 'pkcs8' });

    it.each(tests)('is the signature of RFC 6979 for "$message"', async ({ message, signature }) => {
      const digest = createHash('sha256').update(message).digest();
      expect(await ecdsa(lane).sign(key, { type: 'DIGEST', digest })).toEqual(hex(signature));
    });
  },
);
