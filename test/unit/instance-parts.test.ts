// A first start whose HSM cluster goes away between the root key and the audit key: it waits again, and the store that
// it had opened does not stand in its way.

import { createSign, generateKeyPairSync } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../appliance/config.ts';
import { closeDataParts, openDataParts } from '../../appliance/instance-parts.ts';
import { createLogger } from '../../appliance/ops/logger.ts';
import { HsmError } from '../../hsm-adapter/index.ts';
import { startFakeHsmNode } from '../support/fake-hsm-node.ts';
import { present } from '../support/present.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const SPKI = publicKey.export({ format: 'der', type: 'spki' });
const BLOB = Buffer.alloc(48, 1);
/** More than a cluster of one member tries. */
const REFUSALS = 7;

it('waits again when the HSM goes away after the root key, and opens when it is back', async () => {
  const folder = temporaryFolder();
  let refused = 0;
  const node = await startFakeHsmNode(folder, 'fake', ({ operation, fields }) => {
    if (operation === 'encrypt') return [Buffer.alloc(12), present(fields[4])];
    if (operation === 'decrypt') return [present(fields[4])];
    if (operation === 'sign') return [createSign('sha256').update('any').sign(privateKey)];
    if (Buffer.from(present(fields[0])).toString() === 'AES_256') return [BLOB, Buffer.alloc(0)];
    refused += 1;
    if (refused <= REFUSALS) throw new HsmError('UNAVAILABLE', 'as the test wants it');
    return [BLOB, SPKI];
  });
  onTestFinished(() => node.close());
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir, { mode: 0o700 });
  const members = `fake=unix:${join(folder, 'fake.sock')}`;
  const settings = { KMS_DATA_DIR: dataDir, KMS_EDITION: 'standard', KMS_HSM_MEMBERS: members };
  const parts = await openDataParts({
    config: loadConfig(null, settings),
    logger: createLogger('silent'),
    clock: Date.now,
    signal: AbortSignal.timeout(20_000),
    chain: 'p0',
  });
  expect(refused).toBeGreaterThan(REFUSALS);
  expect(parts.hsm?.describe().state).toBe('Connected');
  await closeDataParts(parts);
}, 30_000);
