// Switching the records of the data plane off and on, on a whole instance: who may, what still is recorded, and what the
// chain and `kms audit verify` say about the time between.

import { createPublicKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { verifyAuditLog } from '../../appliance/audit/verify.ts';
import { kms } from '../support/cli.ts';
import { quickstartClient, rootClient, startTestInstance } from '../support/instance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Line {
  readonly type?: string;
  readonly plane?: string;
  readonly api_name?: string;
  readonly data_plane?: boolean;
}

function written(directory: string): Line[] {
  const files = readdirSync(directory).filter((name) => name.endsWith('.jsonl'));
  const texts = files.sort().map((name) => readFileSync(join(directory, name), 'utf8'));
  return texts.flatMap((text) => text.trimEnd().split('\n')).map((line) => JSON.parse(line) as Line);
}

test('audit disable stops the records of applications and no others, and the gap is a signed statement', async () => {
  const dataDir = temporaryFolder();
  const directory = join(dataDir, 'audit');
  const instance = await startTestInstance(dataDir);
  const root = rootClient(dataDir, instance);
  const app = quickstartClient(dataDir, instance);
  onTestFinished(() => {
    root.close();
    app.close();
  });
  const command = async (...words: string[]) => {
    const result = await kms(words, { environment: { KMS_DATA_DIR: dataDir } });
    expect(result).toMatchObject({ code: 0, stderr: '' });
    return result.stdout;
  };
  const use = () => app.ok('GenerateRandom', { Length: 8 });
  const log = async (): Promise<unknown> => {
    const { body } = await root.call('GetKmsInstance', { KmsInstanceId: instance.instanceId });
    return (body as unknown as { KmsInstance: { Log: number } }).KmsInstance.Log;
  };

  await use();
  expect(await log()).toBe(1);
  await command('audit', 'disable');
  await use();
  await use();
  expect(await log()).toBe(0);
  expect(await command('audit', 'status')).toMatch(/^Enabled: +false$/m);
  await command('audit', 'enable');
  await use();
  const status = await command('audit', 'status');
  expect(status).toMatch(/^Enabled: +true$/m);
  expect(status).toMatch(/^Durability: +group$/m);
  expect(status).toMatch(/^ChainHead: +[0-9a-f]{64}$/m);
  expect(status).toMatch(/^State: +working$/m);
  expect(status).toMatch(/^Target: +none$/m);
  expect(status).toMatch(/^LastCheckpointTime: +\d{4}-/m);
  await instance.stop();

  const lines = written(directory)
    .filter(
      ({ type, plane, api_name: api = '' }) =>
        type === 'recording' || plane === 'data' || /AuditLog/.test(api),
    )
    .map(({ type, api_name: api, data_plane: on }) => (type === undefined ? api : on));
  expect(lines).toEqual([
    'GenerateRandom',
    'DisableAuditLog',
    false,
    'GetAuditLogStatus',
    'EnableAuditLog',
    true,
    'GenerateRandom',
    'GetAuditLogStatus',
  ]);
  const publicKey = createPublicKey(readFileSync(join(directory, 'public-key.pem')));
  const [verification] = await verifyAuditLog({
    directory,
    publicKey,
    head: readFileSync(join(dataDir, 'audit-head.json'), 'utf8'),
    asOf: Date.now(),
    maxAgeMs: 300_000,
  });
  expect(verification).toMatchObject({
    problem: null,
    pauses: [
      { from: expect.stringMatching(/^\d{4}-/) as string, until: expect.stringMatching(/^\d{4}-/) as string },
    ],
  });
});

test('a switch outlasts a restart, and the statement stands in the new run as well', async () => {
  const dataDir = temporaryFolder();
  let instance = await startTestInstance(dataDir);
  let root = rootClient(dataDir, instance);
  await root.call('DisableAuditLog');
  root.close();
  await instance.stop();

  instance = await startTestInstance(dataDir);
  root = rootClient(dataDir, instance);
  const app = quickstartClient(dataDir, instance);
  onTestFinished(() => {
    root.close();
    app.close();
  });
  await app.ok('GenerateRandom', { Length: 8 });
  // Not a protobuf at all: refused, and as little recorded as the rest of the data plane.
  await app.callBytes('Encrypt', Buffer.from('x'));
  await instance.stop();
  const lines = written(join(dataDir, 'audit'));
  expect(lines.filter(({ plane }) => plane === 'data')).toEqual([]);
  expect(lines.filter(({ type }) => type === 'recording')).toMatchObject([{ data_plane: false }]);
});

test('another instance id is refused, and the log goes on', async () => {
  const dataDir = temporaryFolder();
  const instance = await startTestInstance(dataDir, { settings: { KMS_QUICKSTART: 'false' } });
  const root = rootClient(dataDir, instance);
  onTestFinished(() => root.close());
  const refused = await root.call('DisableAuditLog', { KmsInstanceId: 'kst-other' });
  expect(refused.body.Code).toBe('Forbidden.DKMSInstanceNotFound');
  const { body } = await root.call('GetAuditLogStatus');
  expect(body).toMatchObject({ AuditLog: { Enabled: true, Process: 'p0' } });
  await instance.stop();
});
