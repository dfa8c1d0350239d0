// The folder rules of ARCHITECTURE.md, as a table: which folder may import which, who alone may use a package, and who
// may read the environment. Biome shows the same rules while editing; this test knows all of them.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Folder → what it may import besides itself, Node and packages. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'appliance/core': ['appliance/errors.ts'],
  'appliance/data-plane': ['appliance/core', 'appliance/errors.ts', 'appliance/ops', 'proto'],
  'appliance/control-plane': ['appliance/core', 'appliance/errors.ts', 'appliance/ops'],
  'appliance/keystore': ['appliance/core', 'appliance/errors.ts', 'hsm-adapter', 'sm', 'wrapping'],
  'appliance/hsm': [
    'appliance/config-hsm.ts',
    'appliance/core',
    'appliance/errors.ts',
    'appliance/ops',
    'hsm-adapter',
  ],
  'appliance/cluster': [
    'appliance/config.ts',
    'appliance/core',
    'appliance/data-plane-process.ts',
    'appliance/ops',
  ],
  'appliance/storage': ['appliance/core', 'appliance/errors.ts'],
  'appliance/audit': ['appliance/core', 'appliance/errors.ts'],
  'appliance/ops': ['appliance/config.ts', 'appliance/core', 'appliance/errors.ts', 'certs-tool'],
  proto: [],
  'certs-tool': [],
  'hsm-adapter': ['sm', 'wrapping'],
  sm: [],
  wrapping: ['sm'],
};

/** Parts of a folder that reach further: the command line is a program of its own. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  'appliance/control-plane/cli': [
    'appliance/config.ts',
    'appliance/config-report.ts',
    'appliance/run.ts',
    'appliance/signals.ts',
    'appliance/audit-reading.ts',
    'appliance/hsm/offline.ts',
    'certs-tool',
    'sm',
  ],
};

/** Package → the only files (by prefix) that may import it. */
const OWNERS: Readonly<Record<string, string>> = {
  '@aws-sdk/client-s3': 'appliance/audit/',
  commander: 'appliance/control-plane/cli/',
  lmdb: 'appliance/storage/lmdb-',
  'node-forge': 'certs-tool/forge.ts',
  pg: 'appliance/storage/postgres-',
  pkcs11js: 'hsm-adapter/',
  protobufjs: 'proto/',
};

interface Import {
  readonly file: string;
  /** A path from the root, or the name of a package. */
  readonly target: string;
}

const SOURCES = Object.keys(MAY_IMPORT).map((folder) => folder.split('/')[0] ?? '');
const FILES = [...new Set(SOURCES)].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => /\.(?:ts|js)$/.test(name) && !name.endsWith('.d.ts')),
);
const IMPORTS = FILES.flatMap(importsOf);

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map(([, specifier = '']) => ({
    file,
    target: specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : packageOf(specifier),
  }));
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

describe('imports', () => {
  it('are found at all', () => {
    expect(IMPORTS.length).toBeGreaterThan(300);
  });

  it.each(Object.entries(MAY_IMPORT))('of %s stay within what it may import', (folder, allowed) => {
    const violations = IMPORTS.filter(
      ({ file, target }) =>
        isWithin(file, folder) &&
        SOURCES.includes(target.split('/')[0] ?? '') &&
        ![folder, ...allowed, ...exceptionsFor(file)].some((one) => isWithin(target, one)),
    );
    expect(violations).toEqual([]);
  });

  it.each(Object.entries(OWNERS))('of the package %s stand in its own files only', (name, owner) => {
    const violations = IMPORTS.filter(({ file, target }) => target === name && !file.startsWith(owner));
    expect(violations).toEqual([]);
  });
});

function exceptionsFor(file: string): readonly string[] {
  const part = Object.keys(EXCEPTIONS).find((folder) => isWithin(file, folder));
  return part === undefined ? [] : (EXCEPTIONS[part] ?? []);
}

it('only config.ts reads the environment', () => {
  const readers = FILES.filter(
    (file) => isWithin(file, 'appliance') && readFileSync(join(ROOT, file), 'utf8').includes('process.env'),
  );
  expect(readers).toEqual(['appliance/config.ts']);
});
