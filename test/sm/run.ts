// npm run test:sm: 10^5 rounds (10^6 with SLOW=1) of SM2 against other implementations. Options: --rounds N, --shard I/N
// (one of N equal parts, to run side by side), --seed TEXT, or --seed random for one that nobody ran before. The seed is
// printed, and a failure names its round.

import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { hasOpenssl, opensslPeer, smCryptoPeer } from '../support/sm2-peers.ts';
import { compareRound, compareWithPeer, findShortPoints } from './round.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string' }, shard: { type: 'string' }, seed: { type: 'string' } },
});
const total = Number(values.rounds ?? (process.env['SLOW'] === '1' ? 1_000_000 : 100_000));
const [shard = 1, shards = 1] = (values.shard ?? '1/1').split('/').map(Number);
const seed = values.seed === 'random' ? randomBytes(8).toString('hex') : (values.seed ?? 'sm2');
if (!Number.isInteger(total) || !(shard >= 1 && shard <= shards)) throw new Error('see the head of the file');

const SM_CRYPTO_EVERY = 200;
const OPENSSL_EVERY = 1000;
const REPORT_EVERY = 10_000;

const from = Math.floor((total * (shard - 1)) / shards);
const to = Math.floor((total * shard) / shards);
const started = performance.now();
const short = findShortPoints(seed, 8);
const openssl = hasOpenssl ? opensslPeer() : null;
const counts = { rounds: 0, smCrypto: 0, openssl: 0 };

function report(): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stdout.write(
    `${counts.rounds} rounds, ${counts.smCrypto} with sm-crypto, ${counts.openssl} with openssl, ${seconds} s\n`,
  );
}

process.stdout.write(`rounds ${from} to ${to} of seed ${seed}\n`);
let round = from;
try {
  for (; round < to; round += 1) {
    compareRound(seed, round, short);
    counts.rounds += 1;
    if (round % SM_CRYPTO_EVERY === 0) {
      compareWithPeer(seed, round, smCryptoPeer, short);
      counts.smCrypto += 1;
    }
    if (openssl && round % OPENSSL_EVERY === 0) {
      compareWithPeer(seed, round, openssl, short);
      counts.openssl += 1;
    }
    if (counts.rounds % REPORT_EVERY === 0) report();
  }
  report();
  if (!openssl) process.stdout.write('no openssl command with SM2: not compared\n');
} catch (error) {
  process.stderr.write(`round ${round} of seed ${seed}: ${String(error)}\n`);
  process.exitCode = 1;
} finally {
  openssl?.close();
}
