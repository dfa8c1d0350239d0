// `kms reload` where there is nothing to replace. What it does to workers is in test/fault/cluster.test.ts.

import { expect, onTestFinished, test } from 'vitest';
import { kms } from '../support/cli.ts';
import { startTestInstance } from '../support/instance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('reload says when no instance runs in the data directory', async () => {
  const dataDir = temporaryFolder();
  const { code, stderr } = await kms(['reload'], { environment: { KMS_DATA_DIR: dataDir } });
  expect(code).toBe(3);
  expect(stderr).toBe(`kms: no instance runs in ${dataDir}\n`);
});

test('reload says when the instance is one process', async () => {
  const dataDir = temporaryFolder();
  const instance = await startTestInstance(dataDir, { settings: { KMS_QUICKSTART: 'false' } });
  onTestFinished(() => instance.stop());
  const { code, stderr } = await kms(['reload'], { environment: { KMS_DATA_DIR: dataDir } });
  expect(code).toBe(1);
  expect(stderr).toContain('processes is 1');
});
