// Makes asymmetric key pairs in the thread pool, for keys and for data key pairs alike.

import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { PairKind } from '../core/key-specs.ts';

const generateKeyPairAsync = promisify(generateKeyPair);

export interface NativeKeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export async function generatePair(kind: PairKind): Promise<NativeKeyPair> {
  return kind.type === 'rsa'
    ? generateKeyPairAsync('rsa', { modulusLength: kind.modulusBits })
    : generateKeyPairAsync('ec', { namedCurve: kind.curve });
}
