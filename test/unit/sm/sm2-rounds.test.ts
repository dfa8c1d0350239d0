// Our SM2 against other implementations, a few rounds; npm run test:sm makes 10^5.

import { afterAll, describe, expect, it } from 'vitest';
import { compareRound, compareWithPeer, findShortPoints } from '../../sm/round.ts';
import { hasOpenssl, opensslPeer, smCryptoPeer } from '../../support/sm2-peers.ts';

const SEED = 'unit';
const short = findShortPoints(SEED, 1);

it('SM2 gives the bytes of an independent implementation, whatever the shape of scalars and coordinates', () => {
  for (let round = 0; round < 160; round += 1) compareRound(SEED, round, short);
});

it.each([0, 1, 2, 3, 4, 5, 6, 7])('SM2 and sm-crypto agree, round %i', (round) => {
  expect(() => compareWithPeer(SEED, round, smCryptoPeer, short)).not.toThrow();
});

describe.runIf(hasOpenssl)('the openssl command', () => {
  const peer = opensslPeer();
  afterAll(() => peer.close());

  it.each([2, 4, 5])('agrees, round %i', (round) => {
    expect(() => compareWithPeer(SEED, round, peer, short)).not.toThrow();
  });
});
