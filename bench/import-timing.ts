// Whether the time of a refused import tells why it was refused: material by RSAES_PKCS1_V1_5 that is well padded but too
// short, against what is padded wrongly in each way there is, in turn so that the machine's moods fall on all alike.
//   node --import tsx bench/import-timing.ts [rounds]
// Printed: the chance that a sample of the class takes longer than one of the well padded (0.5: they cannot be told
// apart), what that chance varies by if they are the same, and the medians. The last class is a control: a block of
// another length, known to whoever sends it, ends before the RSA operation.

import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { OPERATIONS } from '../appliance/keystore/asymmetric-worker.js';

const MODULUS_BYTES = 256;
const KEY_BYTES = 32;
const WARM_UP = 50;

export interface Separation {
  readonly name: string;
  readonly chance: number;
  /** Standard deviation of the chance between two classes that are the same. */
  readonly deviation: number;
  readonly medianMicroseconds: number;
}

/** The encoded message of each class, before the RSA operation; the first is the one that others are compared with. */
const CLASSES: Readonly<Record<string, () => Buffer>> = {
  'well padded, a byte short': () => padded(KEY_BYTES - 1),
  'well padded, a byte long': () => padded(KEY_BYTES + 1),
  'well padded, the right length': () => padded(KEY_BYTES),
  'first byte not 0': () => edited(0, 1),
  'block type 1': () => edited(1, 1),
  'a zero early in the padding': () => edited(2, 0),
  'a zero late in the padding': () => edited(MODULUS_BYTES - KEY_BYTES - 2, 0),
  'no zero before the message': () => edited(MODULUS_BYTES - KEY_BYTES - 1, 1),
  'random bytes': () => Buffer.concat([Buffer.of(0), randomBytes(MODULUS_BYTES - 1)]),
};
export const CONTROL = 'a block of another length (control)';

export function measure(rounds: number): Separation[] {
  const pair = generateKeyPairSync('rsa', { modulusLength: MODULUS_BYTES * 8 });
  // As the key store holds it, which comes from PKCS#8.
  const privateKey = createPrivateKey(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const publicKey = createPublicKey(privateKey);
  const raw = { key: publicKey, padding: constants.RSA_NO_PADDING };
  const names = [...Object.keys(CLASSES), CONTROL];
  const samples = new Map(names.map((name): [string, number[]] => [name, []]));
  for (let round = -WARM_UP; round < rounds; round += 1) {
    for (const name of shuffled(names)) {
      const make = CLASSES[name];
      const encrypted = make === undefined ? randomBytes(MODULUS_BYTES - 1) : publicEncrypt(raw, make());
      const args = { privateKey, algorithm: 'RSAES_PKCS1_V1_5', encrypted, bytes: KEY_BYTES } as const;
      const start = process.hrtime.bigint();
      OPERATIONS.unwrapSymmetric(args);
      const taken = Number(process.hrtime.bigint() - start) / 1000;
      if (round >= 0) samples.get(name)?.push(taken);
    }
  }
  const [base = []] = samples.values();
  const deviation = Math.sqrt((2 * rounds + 1) / (12 * rounds * rounds));
  return [...samples].map(([name, times]) => ({
    name,
    chance: chanceOfLonger(times, base),
    deviation,
    medianMicroseconds: times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0,
  }));
}

/** The statistic of Mann and Whitney: how often one of the first takes longer than one of the second. */
function chanceOfLonger(times: readonly number[], base: readonly number[]): number {
  let longer = 0;
  for (const left of times) for (const right of base) longer += left > right ? 1 : left === right ? 0.5 : 0;
  return longer / (times.length * base.length);
}

function padded(messageBytes: number): Buffer {
  const filler = randomBytes(MODULUS_BYTES - messageBytes - 3).map((byte) => byte || 1);
  return Buffer.concat([Buffer.of(0, 2), filler, Buffer.of(0), randomBytes(messageBytes)]);
}

function edited(at: number, value: number): Buffer {
  const encoded = padded(KEY_BYTES);
  encoded[at] = value;
  return encoded;
}

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((each) => [Math.random(), each] as const)
    .sort(([a], [b]) => a - b)
    .map(([, each]) => each);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const { name, chance, deviation, medianMicroseconds } of measure(Number(process.argv[2] ?? 2000))) {
    const figures = `${chance.toFixed(4)} (± ${deviation.toFixed(4)})  ${medianMicroseconds.toFixed(1)} µs`;
    process.stdout.write(`${name.padEnd(40)} ${figures}\n`);
  }
}
