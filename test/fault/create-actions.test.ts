// Whatever creates something is killed between every two of its steps. What the store then holds is all of it or
// nothing; what was answered is there; and the same call can be made again. Issue of the control plane, "Bad input".

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ACTIONS } from '../../appliance/control-plane/action-table.ts';
import type { Limits } from '../../appliance/core/limits.ts';
import { LmdbStore } from '../../appliance/storage/lmdb-store.ts';
import { type ActionCalls, actionCalls, fullName } from '../support/action-calls.ts';
import type { Texts } from '../support/admin-calls.ts';
import { codeOf } from '../support/core-services.ts';
import { CREATING_ACTIONS, type CreatingAction, KEY, TOKEN, WRAPPED } from '../support/creating-actions.ts';
import { IMPORT_WAY } from '../support/state-rows.ts';
import { faultsOf, shapeOf } from '../support/store-faults.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { wrap } from '../support/wrapping-side.ts';

const PROGRAM = fileURLToPath(new URL('../support/action-process.ts', import.meta.url));
const CREATES = /^(?:Create|Attach|Import)|^GetParametersForImport$/;
const TAKEN = /Exist/;
const MAX_STEPS = 20;

interface Call {
  readonly action: string;
  readonly parameters: Texts;
}

async function within<T>(folder: string, use: (calls: ActionCalls) => Promise<T>, limits?: Partial<Limits>) {
  const calls = actionCalls(new LmdbStore(folder), limits);
  try {
    return await use(calls);
  } finally {
    await calls.close();
  }
}

/** A store with what must be there before, and the call with its placeholders filled in. */
function prepare(folder: string, { action, before, parameters }: CreatingAction): Promise<Call> {
  return within(folder, async ({ store, call }) => {
    let answer: ActionAnswer = {};
    for (const [earlier, fields] of before) answer = await call(earlier, filledIn(fields, store, answer));
    return { action, parameters: filledIn(parameters, store, answer) };
  });
}

type ActionAnswer = Awaited<ReturnType<ActionCalls['call']>>;

function filledIn(fields: Texts, { records }: ActionCalls['store'], answer: ActionAnswer): Texts {
  const [key] = records.keys.list();
  const { ImportToken, PublicKey } = answer as Texts;
  const values: Readonly<Record<string, () => string | undefined>> = {
    [KEY]: () => key?.id,
    [TOKEN]: () => ImportToken,
    [WRAPPED]() {
      const spki = Buffer.from(PublicKey ?? '', 'base64');
      return wrap(spki, IMPORT_WAY.WrappingAlgorithm, randomBytes(32)).toString('base64');
    },
  };
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, values[value]?.() ?? value]),
  );
}

interface Ended {
  readonly lines: readonly string[];
  readonly signal: string | null;
}

/** Performs the call in a process of its own, which ends at the step. */
function performed({ action, parameters }: Call, folder: string, at: number): Promise<Ended> {
  const args = ['--import', 'tsx', PROGRAM, folder, String(at), action, JSON.stringify(parameters)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_code, signal) => {
      const lines = Buffer.concat(chunks).toString('utf8').split('\n').filter(Boolean);
      resolve({ lines, signal });
    });
  });
}

describe.each(CREATING_ACTIONS.map((row) => [row.action, row.what, row] as const))('%s: %s', (_, __, row) => {
  test('killed at any step leaves all or nothing, and can be called again', async () => {
    const root = temporaryFolder();
    const origin = join(root, 'origin');
    const call = await prepare(origin, row);
    const copy = (name: string): string => {
      cpSync(origin, join(root, name), { recursive: true });
      return join(root, name);
    };
    const shapeIn = (folder: string) => within(folder, ({ store }) => Promise.resolve(shapeOf(store)));

    const whole = copy('whole');
    const { lines, signal } = await performed(call, whole, 0);
    expect([lines[0], signal]).toEqual(['answered', null]);
    const steps = Number(lines[1]);
    expect(steps).toBeGreaterThanOrEqual(5);
    expect(steps).toBeLessThanOrEqual(MAX_STEPS);
    const before = await shapeIn(origin);
    const after = await shapeIn(whole);
    expect(after).not.toEqual(before);

    const outcomes: boolean[] = [];
    for (let at = 1; at <= steps; at += 1) {
      const folder = copy(String(at));
      const ended = await performed(call, folder, at);
      const label = ended.lines.at(-1) ?? '';
      expect({ at, signal: ended.signal, label }).toEqual({
        at,
        signal: 'SIGKILL',
        label: expect.stringMatching(/^killed /) as string,
      });
      const isDone = /after a commit|the answer/.test(label);
      outcomes.push(isDone);
      await within(folder, async ({ store, keyStore, call: again }) => {
        expect(await faultsOf(store, keyStore)).toEqual([]);
        expect({ label, shape: shapeOf(store) }).toEqual({ label, shape: isDone ? after : before });
        const code = await codeOf(() => again(call.action, call.parameters));
        if (code !== 'none')
          expect({ isDone, code }).toEqual({ isDone: true, code: expect.stringMatching(TAKEN) as string });
        expect(await faultsOf(store, keyStore)).toEqual([]);
      });
    }
    expect(outcomes).toEqual([...outcomes].sort());
    expect(new Set(outcomes).size).toBe(2);
  });
});

test('the quota of keys counts what is there, wherever a creation was killed', async () => {
  const root = temporaryFolder();
  const call = { action: 'CreateKey', parameters: {} };
  for (let at = 1; at <= 6; at += 1) {
    const folder = join(root, String(at));
    await performed(call, folder, at);
    await within(
      folder,
      async ({ store, call: create }) => {
        while ((await codeOf(() => create('CreateKey', {}))) === 'none');
        expect(await codeOf(() => create('CreateKey', {}))).toBe('Rejected.LimitExceeded');
        expect([...store.records.keys.list()].length).toBe(3);
      },
      { keys: 3 },
    );
  }
});

test('every action that creates something is killed here', () => {
  const creating = ACTIONS.filter(({ name }) => CREATES.test(name));
  const covered = new Set(CREATING_ACTIONS.map(({ action }) => action));
  expect(creating.map(({ api, name }) => fullName(api.service, name)).sort()).toEqual([...covered].sort());
});
