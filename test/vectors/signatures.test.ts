// Verification of every signature family: the RAW and the DIGEST path must both say what the vector says.

import { createHash, createPublicKey } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { AsymmetricLane } from '../../appliance/keystore/asymmetric-lane.ts';
import { ecdsa } from '../../appliance/keystore/ciphers/ecdsa.ts';
import { rsaPkcs1, rsaPss } from '../../appliance/keystore/ciphers/rsa-signature.ts';
import { hex, type VectorTest, vectorGroups } from '../support/vectors.ts';

interface SignatureTest extends VectorTest {
  readonly msg: string;
  readonly sig: string;
}

interface SignatureGroup {
  readonly publicKeyDer: string;
  readonly tests: readonly SignatureTest[];
}

const lane = new AsymmetricLane();
afterAll(() => lane.close());

const FAMILIES = [
  { file: 'wycheproof-rsa-pss-2048-sha256', cipher: rsaPss(lane, (size) => Buffer.alloc(size)) },
  { file: 'wycheproof-rsa-pkcs1-2048-sha256', cipher: rsaPkcs1(lane) },
  { file: 'wycheproof-ecdsa-p256-sha256', cipher: ecdsa(lane) },
  { file: 'wycheproof-ecdsa-secp256k1-sha256', cipher: ecdsa(lane) },
];

describe.each(FAMILIES)('$file', ({ file, cipher }) => {
  const cases = (vectorGroups(file) as readonly SignatureGroup[]).flatMap((group) => {
    const publicKey = createPublicKey({ key: hex(group.publicKeyDer), format: 'der', type: 'spki' });
    return group.tests.map((test) => ({ publicKey, test }));
  });

  // The one `acceptable` case of the files (a DigestInfo without NULL) is no signature to us.
  it.each(cases)(
    'test $test.tcId ($test.flags $test.comment) is $test.result, RAW and DIGEST alike',
    async (c) => {
      const message = hex(c.test.msg);
      const digest = createHash('sha256').update(message).digest();
      const valid = c.test.result === 'valid';
      expect(await cipher.verify(c.publicKey, { type: 'RAW', message }, hex(c.test.sig))).toBe(valid);
      expect(await cipher.verify(c.publicKey, { type: 'DIGEST', digest }, hex(c.test.sig))).toBe(valid);
    },
  );
});
