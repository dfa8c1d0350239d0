// Regenerates proto/generated from proto/api.proto: static ES module with encode and decode only.
// With --check it compares instead of writing and fails on a difference.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const check = process.argv.includes('--check');
const target = check ? mkdtempSync(join(tmpdir(), 'proto-')) : 'proto/generated';
const bin = (name) => join('node_modules', '.bin', name);
const run = (name, args) => execFileSync(bin(name), args, { stdio: ['ignore', 'inherit', 'inherit'] });

run('pbjs', [
  '-t',
  'static-module',
  '-w',
  'es6',
  '--keep-case',
  '--no-create',
  '--no-verify',
  '--no-convert',
  '--no-delimited',
  '--no-typeurl',
  '--no-service',
  '--force-number',
  '--dependency',
  'protobufjs/minimal.js',
  '-o',
  join(target, 'api.js'),
  'proto/api.proto',
]);
run('pbts', ['-o', join(target, 'api.d.ts'), join(target, 'api.js')]);

if (check) {
  const differs = ['api.js', 'api.d.ts'].filter(
    (name) =>
      readFileSync(join(target, name), 'utf8') !== readFileSync(join('proto/generated', name), 'utf8'),
  );
  rmSync(target, { recursive: true });
  if (differs.length > 0) {
    process.stderr.write(`proto/generated is out of date (${differs.join(', ')}): run npm run proto\n`);
    process.exitCode = 1;
  }
}
