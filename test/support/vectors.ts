// Reads the published test vectors of test/vectors: groups of tests, with their origin in the file's head.

import { readFileSync } from 'node:fs';

export interface VectorTest {
  readonly tcId: number;
  readonly comment: string;
  readonly flags: readonly string[];
  readonly result: 'valid' | 'invalid' | 'acceptable';
}

export interface AeadCase {
  readonly key: string;
  readonly iv: string;
  readonly aad: string;
  readonly msg: string;
  readonly ct: string;
  readonly tag: string;
}

export interface AeadTest extends VectorTest, AeadCase {}

/** The groups of `test/vectors/<name>.json`. The caller names their shape: the files are ours. */
export function vectorGroups(name: string): readonly unknown[] {
  const text = readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { groups: unknown[] }).groups;
}

export function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}
