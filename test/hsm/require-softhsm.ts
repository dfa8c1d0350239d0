// Stops `npm run test:hsm` at once, and loudly, where SoftHSM or pkcs11js is missing.

import { execFileSync } from 'node:child_process';
import { softHsmModule } from '../support/softhsm.ts';

export default function requireSoftHsm(): void {
  const missing: string[] = [];
  if (softHsmModule() === undefined || !runs('softhsm2-util', '--version')) {
    missing.push('SoftHSM is missing. Install it:  apt-get update && apt-get install -y softhsm2');
  }
  if (!runs(process.execPath, '-e', "require('pkcs11js')")) {
    missing.push(
      'pkcs11js did not compile. Install:  apt-get install -y g++ make python3  and run npm ci again',
    );
  }
  if (!runs('openssl', 'version'))
    missing.push('openssl is missing. Install it:  apt-get install -y openssl');
  if (missing.length > 0) throw new Error(missing.join('\n'));
}

function runs(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
