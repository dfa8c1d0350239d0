// `kms hsm probe`: a report that tells the truth, and failures of the module that are told instead of suffered.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import type { ProbeReport } from '../../hsm-adapter/index.ts';
import { kms } from '../support/cli.ts';
import { createSoftHsmToken, type SoftHsmToken } from '../support/softhsm.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

function probe(token: SoftHsmToken, changed: { module?: string; pinFile?: string } = {}, ...more: string[]) {
  const { module, label, pinFile, env } = { ...token, ...changed };
  const words = ['hsm', 'probe', '--module', module, '--token-label', label, '--pin-file', pinFile, ...more];
  return kms(words, { environment: { PATH: process.env['PATH'] ?? '', ...env } });
}

function objectsIn({ env }: SoftHsmToken): string {
  const home = join(env.SOFTHSM2_CONF, '..', 'tokens');
  return execFileSync('find', [home, '-name', '*.object'], { encoding: 'utf8' });
}

it('reports what a token can do and how fast, and leaves nothing in it', async () => {
  const token = createSoftHsmToken(folder, 'kms');
  const before = objectsIn(token);
  const run = await probe(token, {}, '--json');
  expect(run).toMatchObject({ code: 0, stderr: '' });
  const report = JSON.parse(run.stdout) as ProbeReport & { readonly consequences: readonly object[] };
  expect(report).toMatchObject({ token: { label: 'kms' }, vendor: 'SoftHSM', consequences: [] });
  expect(report.support.find(({ operation }) => operation === 'RSA_OAEP_SHA_256')).toMatchObject({
    where: 'token+node',
  });
  expect(report.speed.filter(({ perSecond }) => perSecond === null || perSecond <= 0)).toEqual([]);
  expect(objectsIn(token)).toBe(before);
  expect((await probe(token)).stdout).toMatch(/^Nothing is missing\.$/m);
}, 60_000);

it('names what is missing and what follows from it', async () => {
  const run = await probe(createSoftHsmToken(folder, 'kms', ['CKM_ECDSA', 'CKM_AES_CBC']));
  expect(run.code).toBe(0);
  expect(run.stdout).toMatch(/^Without: +CKM_ECDSA, CKM_AES_CBC$/m);
  expect(run.stdout).toMatch(/^ECDSA_SHA_256 +MISSING +-$/m);
  expect(run.stdout).toMatch(/^Without AES_CBC: AES_CBC answers UnsupportedOperation\.$/m);
  expect(run.stdout).toMatch(/^sign ECDSA P-256 +refused: /m);
}, 60_000);

it('tells why a token cannot be probed, and never the PIN', async () => {
  const token = createSoftHsmToken(folder, 'kms');
  const pinFile = join(folder, 'wrong-pin');
  writeFileSync(pinFile, '999999\n', { mode: 0o600 });
  const wrongPin = await probe(token, { pinFile });
  expect(wrongPin).toMatchObject({ code: 1, stderr: expect.stringContaining('refused the PIN') as string });
  expect(wrongPin.stderr).not.toContain('999999');
  const open = join(folder, 'open-pin');
  writeFileSync(open, '999999\n', { mode: 0o644 });
  expect((await probe(token, { pinFile: open })).stderr).toContain('must have mode 0600');
  const noModule = await probe(token, { module: join(folder, 'none.so') });
  expect(noModule).toMatchObject({ code: 1, stderr: expect.stringContaining('none.so') as string });
}, 60_000);

it('a module that ends its process is reported', async () => {
  const token = createSoftHsmToken(folder, 'kms');
  const source = join(folder, 'crash.c');
  const module = join(folder, 'crash.so');
  writeFileSync(source, '#include <stdlib.h>\nunsigned long C_GetFunctionList(void **list) { abort(); }\n');
  execFileSync('cc', ['-shared', '-fPIC', '-o', module, source]);
  const run = await probe(token, { module });
  expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('signal SIGABRT') as string });
}, 60_000);
