// `kms audit …` over the log of a real instance.

import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { kms } from '../support/cli.ts';
import { rootClient, startTestInstance } from '../support/instance.ts';
import { present } from '../support/present.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('audit verify finds the log of an instance good, and a changed one bad, naming file, line and record', async () => {
  const dataDir = temporaryFolder();
  const instance = await startTestInstance(dataDir, { settings: { KMS_QUICKSTART: 'false' } });
  const root = rootClient(dataDir, instance);
  onTestFinished(() => root.close());
  await root.call('ListKeys');
  // No action sees the audit key.
  expect((await root.call('ListKeys')).body.TotalCount).toBe(0);
  await instance.stop();

  const directory = join(dataDir, 'audit');
  const publicKey = join(dataDir, 'public-key.pem');
  copyFileSync(join(directory, 'public-key.pem'), publicKey);
  const words = ['audit', 'verify', directory, '--public-key', publicKey];
  words.push('--head', join(dataDir, 'audit-head.json'), '--as-of', '2100-01-01T00:00:00Z');
  const good = await kms([...words, '--json']);
  expect(good).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(good.stdout)).toMatchObject([{ process: 'p0', problem: null, records: 2, unsealed: 0 }]);
  expect((await kms(words)).stdout).toMatch(/^Records: +2$/m);

  const file = present(readdirSync(directory).find((name) => name.endsWith('.jsonl')));
  const text = readFileSync(join(directory, file), 'utf8');
  writeFileSync(join(directory, file), text.replace('ListKeys', 'ListKexs'));
  const bad = await kms(words);
  expect(bad.code).toBe(1);
  expect(bad.stderr).toMatch(/^kms: audit-\S+\.jsonl, line \d+ \(record (\d+)\): record \1 was changed/);
});

test('audit verify says what is wrong with its arguments', async () => {
  const folder = temporaryFolder();
  const key = join(folder, 'key.pem');
  writeFileSync(key, 'no key');
  const run = (...words: string[]) => kms(['audit', 'verify', folder, '--public-key', ...words]);
  expect(await run(key)).toMatchObject({ code: 4, stderr: 'kms: --public-key: not a public key\n' });
  expect((await run(join(folder, 'none'))).code).toBe(4);
});
