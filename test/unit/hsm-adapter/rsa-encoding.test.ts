import {
  constants,
  createHash,
  createPrivateKey,
  type createPublicKey,
  generateKeyPairSync,
  privateDecrypt,
  privateEncrypt,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ecdsaDer } from '../../../hsm-adapter/public-key.ts';
import { padPkcs1Signature, padPss, unpadOaep } from '../../../hsm-adapter/rsa-encoding.ts';
import { verifySignature } from '../../../hsm-adapter/verify-signature.ts';
import { encodeSpki, generateKeyPair } from '../../../sm/index.js';
import { changed } from '../../support/present.ts';
import { digestOf } from '../../support/sm2-oracle.ts';
import { smCryptoPeer } from '../../support/sm2-peers.ts';
import { hex, type VectorTest, vectorGroups } from '../../support/vectors.ts';

const RAW = { padding: constants.RSA_NO_PADDING };
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
const MESSAGE = Buffer.from('message');
const DIGEST = createHash('sha256').update(MESSAGE).digest();

const sm2 = generateKeyPair();
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const spki = rsa.publicKey.export({ format: 'der', type: 'spki' });

interface OaepTest extends VectorTest {
  readonly msg: string;
  readonly ct: string;
  readonly label: string;
}

const groups = vectorGroups('wycheproof-rsa-oaep-2048-sha256') as readonly {
  privateKeyPkcs8: string;
  tests: OaepTest[];
}[];

describe.each(groups)('OAEP decoding against Wycheproof', ({ privateKeyPkcs8, tests }) => {
  const key = createPrivateKey({ key: hex(privateKeyPkcs8), format: 'der', type: 'pkcs8' });
  // A label is part of the encoding, and only the empty one is known here.
  it.each(tests.filter(({ label }) => label === ''))(
    'test $tcId ($flags) is $result',
    ({ ct, msg, result }) => {
      const encoded = rawDecrypt(key, hex(ct));
      const message = encoded === null ? null : unpadOaep(encoded);
      if (result === 'invalid') expect(message).toBeNull();
      else expect(message?.toString('hex')).toBe(msg);
    },
  );
});

function rawDecrypt(key: Parameters<typeof createPublicKey>[0], ciphertext: Buffer): Buffer | null {
  try {
    return privateDecrypt({ key: key as never, ...RAW }, ciphertext);
  } catch {
    return null;
  }
}

it('PSS and PKCS#1 encodings, put through the bare operation, are signatures to node:crypto', () => {
  const pss = privateEncrypt({ key: rsa.privateKey, ...RAW }, padPss(DIGEST, randomBytes(32), 256));
  expect(verify('sha256', MESSAGE, { key: rsa.publicKey, ...PSS }, pss)).toBe(true);
  const pkcs1 = privateEncrypt({ key: rsa.privateKey, ...RAW }, padPkcs1Signature(DIGEST, 256));
  expect(pkcs1.equals(sign('sha256', MESSAGE, rsa.privateKey))).toBe(true);
});

it('every signature of node:crypto, and of sm-crypto for SM2, verifies, no other does', () => {
  const ec = (['prime256v1', 'secp256k1'] as const).map((namedCurve) =>
    generateKeyPairSync('ec', { namedCurve }),
  );
  const cases = [
    ['RSA_PSS_SHA_256', spki, sign('sha256', MESSAGE, { key: rsa.privateKey, ...PSS })],
    ['RSA_PKCS1_SHA_256', spki, sign('sha256', MESSAGE, rsa.privateKey)],
    ...ec.map(({ publicKey, privateKey }) => {
      const point = publicKey.export({ format: 'der', type: 'spki' });
      return ['ECDSA_SHA_256', point, sign('sha256', MESSAGE, privateKey)] as const;
    }),
    ['SM2DSA', encodeSpki(sm2.point), smCryptoPeer.sign(sm2, MESSAGE)],
  ] as const;
  for (const [name, publicKey, signature] of cases) {
    const digest = name === 'SM2DSA' ? digestOf(sm2.point, MESSAGE) : DIGEST;
    expect(verifySignature(publicKey, name, { digest, signature })).toBe(true);
    expect(verifySignature(publicKey, name, { digest: changed(digest, 3), signature })).toBe(false);
    const wrong = changed(signature, signature.length - 1);
    expect(verifySignature(publicKey, name, { digest, signature: wrong })).toBe(false);
    expect(verifySignature(publicKey, name, { digest, signature: Buffer.alloc(3) })).toBe(false);
  }
});

it('r and s of every length become DER that node:crypto reads back', () => {
  const small = Buffer.concat([Buffer.alloc(31), Buffer.of(1), Buffer.alloc(31), Buffer.of(0x80)]);
  expect(ecdsaDer(small).toString('hex')).toBe('300702010102020080');
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  for (let round = 0; round < 300; round += 1) {
    const plain = sign('sha256', MESSAGE, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    expect(verify('sha256', MESSAGE, publicKey, ecdsaDer(plain))).toBe(true);
  }
});
