// `kms audit …` over the log of a real instance.

import { copyFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

  // An intruder's excuse for segments that are gone.
  const excuse = join(directory, 'spool-p0.json');
  const first = present(readdirSync(directory).find((name) => name.endsWith('.jsonl')));
  const hidden = join(dataDir, first);
  renameSync(join(directory, first), hidden);
  const end = { segment: 1, sequence: 1, head: '0'.repeat(64) };
  writeFileSync(excuse, JSON.stringify({ delivered: 1, removed: end }));
  writeFileSync(join(directory, first.replace('-00000001', '-00000002')), '');
  const removed = await kms(words);
  expect(removed).toMatchObject({ code: 1 });
  expect(removed.stderr).toMatch(/^kms: spool-p0\.json, .*segments up to 1 are not here.*--from p0=2$/m);
  expect((await kms([...words, '--from', 'p0=2'])).stderr).toMatch('the log ends before');
  rmSync(excuse);
  rmSync(join(directory, first.replace('-00000001', '-00000002')));
  renameSync(hidden, join(directory, first));

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
  const head = join(folder, 'head.json');
  for (const content of ['', '\n', '{"type":"checkpoint","time":']) {
    writeFileSync(head, content);
    const { code, stderr } = await run(key, '--head', head);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `kms: --head: ${head} holds no checkpoint, or more than checkpoints\n`,
    });
  }
  for (const from of ['12', 'p0=0', 'p0=', '=3'])
    expect(await run(key, '--from', from)).toMatchObject({
      code: 2,
      stderr: 'kms: --from: not a chain and the number of a segment, like p0=12\n',
    });
});

test('audit query finds what was done on an instance, in every form, without the instance', async () => {
  const dataDir = temporaryFolder();
  const instance = await startTestInstance(dataDir, { settings: { KMS_QUICKSTART: 'false' } });
  const root = rootClient(dataDir, instance);
  onTestFinished(() => root.close());
  const keyId = (await root.call('CreateKey')).body.KeyMetadata.KeyId;
  await root.call('CreateAlias', { KeyId: keyId, AliasName: 'alias/found' });
  const { RequestId } = (await root.call('DescribeKey', { KeyId: 'alias/found' })).body;
  const refused = (await root.call('DescribeKey', { KeyId: 'key-none' })).body;
  await instance.stop();

  const query = async (...words: string[]) => {
    const { code, stdout, stderr } = await kms(['audit', 'query', ...words], {
      environment: { KMS_DATA_DIR: dataDir },
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout.trimEnd().split('\n');
  };
  // The alias was resolved: the record is the key's.
  const [line = '', ...others] = await query('--since', '1h', '--key', keyId, '--api', 'DescribeKey');
  expect(others).toEqual([]);
  expect(line.split(' ')).toHaveLength(16);
  expect(line.split(' ').slice(4, 6)).toEqual([RequestId, 'DescribeKey']);
  const [json = ''] = await query('--request-id', RequestId, '--format', 'json');
  expect(JSON.parse(json)).toMatchObject({
    resource_id: keyId,
    request_parameters: { KeyId: 'alias/found' },
  });
  const events = (await query('--errors', '--format', 'actiontrail')).map(
    (each) => JSON.parse(each) as object,
  );
  expect(events).toMatchObject([
    {
      eventId: refused.RequestId,
      errorCode: 'Forbidden.KeyNotFound',
      userIdentity: { type: 'root-account' },
    },
  ]);
  expect(await query('--until', '1h')).toEqual(['']);
});

test('audit query says what is wrong with its arguments', async () => {
  const folder = temporaryFolder();
  const run = (...words: string[]) => kms(['audit', 'query', ...words]);
  expect(await run(folder, '--since', 'yesterday')).toMatchObject({
    code: 2,
    stderr: 'kms: --since: not a time\n',
  });
  expect((await run(folder, '--format', 'xml')).code).toBe(2);
  expect((await run(join(folder, 'none'))).code).toBe(4);
});
