// A first start that is cut short at any of its changes: the next one finishes it, and nothing is there twice.

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAccessService } from '../../appliance/core/access-service.ts';
import { createKeyService } from '../../appliance/core/key-service.ts';
import { DEFAULT_LIMITS } from '../../appliance/core/limits.ts';
import type { Store } from '../../appliance/core/ports/store.ts';
import { bootstrap } from '../../appliance/ops/bootstrap.ts';
import { MemoryStore } from '../../appliance/storage/memory-store.ts';
import { recordStore } from '../../appliance/storage/repositories.ts';
import { ACCOUNT, NOW } from '../support/core-services.ts';
import { IMPORT_TOKEN_KEY, softwareKeyStore } from '../support/software-keys.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Start {
  readonly dataDir: string;
  readonly bytes: MemoryStore;
  /** Changes that are made before the power goes; the one after them is lost. */
  readonly changes: number;
}

/** Whether the start reached its end. */
async function start({ dataDir, bytes, changes }: Start): Promise<boolean> {
  const whole = recordStore({ bytes, instanceId: 'kst-kms00000000000000000' });
  let left = changes;
  const store: Store = {
    ...whole,
    transact(change) {
      left -= 1;
      return left < 0 ? Promise.reject(new Error('the power is gone')) : whole.transact(change);
    },
  };
  const core = { store, clock: () => NOW, randomBytes, account: ACCOUNT, limits: DEFAULT_LIMITS };
  const keys = createKeyService({
    ...core,
    keyStore: softwareKeyStore(),
    importTokenKey: IMPORT_TOKEN_KEY,
    edition: 'basic',
  });
  const issueClientKey = () =>
    Promise.resolve({
      pkcs12Base64: randomBytes(9).toString('base64'),
      certificatePem: 'certificate',
      publicKeyDer: Buffer.of(1),
      fingerprint: 'ab',
    });
  const access = createAccessService({ ...core, issueClientKey });
  const options = { ...core, dataDir, quickstart: true, keys, access, caChainPem: 'ca\n' };
  return bootstrap(options).then(
    () => true,
    () => false,
  );
}

const UNLIMITED = Number.POSITIVE_INFINITY;

test('a start cut short at any change is finished by the next, and a third changes nothing', async () => {
  let cuts = 0;
  for (let changes = 0; ; changes += 1) {
    const dataDir = temporaryFolder();
    const bytes = new MemoryStore();
    if (await start({ dataDir, bytes, changes })) break;
    cuts += 1;
    expect(await start({ dataDir, bytes, changes: UNLIMITED })).toBe(true);
    const epoch = bytes.epoch();
    expect(await start({ dataDir, bytes, changes: UNLIMITED })).toBe(true);
    expect(bytes.epoch()).toBe(epoch);

    const { records } = recordStore({ bytes, instanceId: 'kst-kms00000000000000000' });
    const count = (name: keyof typeof records) => records[name].count();
    expect([count('networkRules'), count('policies'), count('accessPoints'), count('clientKeys')]).toEqual([
      1, 1, 1, 1,
    ]);
    expect([count('aliases'), count('accessKeys')]).toEqual([2, 1]);
    const file = (name: string) =>
      JSON.parse(readFileSync(join(dataDir, name), 'utf8')) as Record<string, string>;
    const { AccessKeyId = '', AccessKeySecret } = file('root-accesskey.json');
    expect(records.accessKeys.get(AccessKeyId)?.secret).toBe(AccessKeySecret);
    expect(records.clientKeys.get(file('quickstart/client-key.json')['KeyId'] ?? '')?.accessPoint).toBe(
      'quickstart',
    );
    // A key whose alias was not reached is left over; the alias leads to one that works.
    expect(count('keys') - count('aliases')).toBeLessThanOrEqual(1);
  }
  expect(cuts).toBeGreaterThanOrEqual(8);
});
