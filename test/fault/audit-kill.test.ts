// An instance that is killed under load: the audit log holds every request that was answered, and goes on.

import { createPublicKey } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { verifyAuditLog } from '../../appliance/audit/verify.ts';
import { killableInstance } from '../support/killable-instance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const LANES = 16;
const ANSWERED = 400;

function recordedIds(dataDir: string): Set<string> {
  const directory = join(dataDir, 'audit');
  const files = readdirSync(directory).filter((name) => name.endsWith('.jsonl'));
  const lines = files.flatMap((name) => readFileSync(join(directory, name), 'utf8').trimEnd().split('\n'));
  return new Set(lines.map((line) => (JSON.parse(line) as { request_id?: string }).request_id ?? ''));
}

const verify = (dataDir: string) =>
  verifyAuditLog({
    directory: join(dataDir, 'audit'),
    publicKey: createPublicKey(readFileSync(join(dataDir, 'audit', 'public-key.pem'))),
    head: readFileSync(join(dataDir, 'audit-head.json'), 'utf8'),
    asOf: Date.now(),
    maxAgeMs: 300_000,
  });

test.each(['group', 'write'])(
  'a kill under load loses no record of an answered request (%s)',
  async (durability) => {
    const dataDir = join(temporaryFolder(), 'data');
    const settings = { KMS_AUDIT_DURABILITY: durability };
    const instance = await killableInstance(dataDir, settings);
    const answered: string[] = [];
    const lane = async (): Promise<void> => {
      for (;;) answered.push((await instance.client.ok('GenerateRandom', { Length: 8 })).RequestId);
    };
    // A lane ends with its connection.
    const lanes = Array.from({ length: LANES }, () => lane().catch(() => undefined));
    await vi.waitFor(() => expect(answered.length).toBeGreaterThan(ANSWERED), {
      timeout: 20_000,
      interval: 5,
    });
    await instance.kill();
    await Promise.all(lanes);

    const recorded = recordedIds(dataDir);
    expect(answered.filter((id) => !recorded.has(id))).toEqual([]);
    const [killed] = await verify(dataDir);
    expect(killed).toMatchObject({ problem: null });
    expect(killed?.unsealed).toBeGreaterThan(0);

    rmSync(join(dataDir, 'endpoints.json'));
    const head = readFileSync(join(dataDir, 'audit-head.json'), 'utf8');
    await killableInstance(dataDir, settings);
    await vi.waitFor(() => expect(readFileSync(join(dataDir, 'audit-head.json'), 'utf8')).not.toBe(head));
    expect((await verify(dataDir))[0]).toMatchObject({ problem: null, unsealed: 0 });
  },
);
