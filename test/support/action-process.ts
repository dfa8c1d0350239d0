// Another process that performs one action and is killed on its way:
// `action-process.ts <folder> <step> <action> <parameters as JSON>`. It says where it was killed; otherwise `answered`,
// then how many steps there were. Step 0 does not exist, so nothing is killed there.

import { writeSync } from 'node:fs';
import { LmdbStore } from '../../appliance/storage/lmdb-store.ts';
import { actionCalls } from './action-calls.ts';
import { killingStep, steppedStore } from './stepped-store.ts';

/** At once, unlike process.stdout. */
const say = (line: string) => void writeSync(1, `${line}\n`);

const [folder = '', at = '', action = '', parameters = ''] = process.argv.slice(2);
let steps = 0;
const kill = killingStep(Number(at), say);
const step = (label: string): void => {
  steps += 1;
  kill(label);
};
const calls = actionCalls(steppedStore(new LmdbStore(folder), step));
await calls.call(action, JSON.parse(parameters) as Record<string, string>);
step('before the answer');
say('answered');
step('after the answer');
say(String(steps));
await calls.close();
