// Holds the lock of a data directory, with a child that inherits it and lives on; prints the child's process id.

import { spawn } from 'node:child_process';
import { lockDataDirectory } from '../../appliance/ops/data-directory-lock.ts';

const MINUTES = 5 * 60 * 1000;

async function main(dataDir: string): Promise<void> {
  const { fd } = await lockDataDirectory({ dataDir });
  const heir = spawn(process.execPath, ['-e', `setTimeout(() => undefined, ${MINUTES})`], {
    stdio: ['ignore', 'ignore', 'ignore', fd],
  });
  process.stdout.write(String(heir.pid));
  setTimeout(() => undefined, MINUTES);
}

void main(process.argv[2] ?? '');
