// SoftHSM tokens in a folder of their own, for the tests under test/hsm.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SOFTHSM } from '../../hsm-adapter/vendors/softhsm.ts';

const PIN = '493817';

export interface SoftHsmToken {
  readonly label: string;
  readonly module: string;
  readonly pinFile: string;
  /** The environment in which the module finds the token. */
  readonly env: { readonly SOFTHSM2_CONF: string };
  /** Takes everything out of the token: a new one of the same label. */
  empty(): void;
  /** Takes the token itself away. */
  remove(): void;
}

export function softHsmModule(): string | undefined {
  return SOFTHSM.libraries.find((path) => existsSync(path));
}

/** `without` names mechanisms that the token shall not have, such as CKM_RSA_PKCS_PSS. */
export function createSoftHsmToken(
  folder: string,
  label: string,
  without: readonly string[] = [],
): SoftHsmToken {
  const module = softHsmModule();
  if (module === undefined) throw new Error('SoftHSM is missing: apt-get install -y softhsm2');
  const home = join(folder, label);
  const tokens = join(home, 'tokens');
  mkdirSync(home);
  const configuration = join(home, 'softhsm2.conf');
  const pinFile = join(home, 'pin');
  // SoftHSM 2.6.1 overlooks the first name of the list.
  const mechanisms = without.length === 0 ? 'ALL' : `-${['NONE', ...without].join(',')}`;
  const settings = [
    `directories.tokendir = ${tokens}`,
    'objectstore.backend = file',
    'log.level = ERROR',
    `slots.mechanisms = ${mechanisms}`,
  ];
  writeFileSync(configuration, `${settings.join('\n')}\n`);
  writeFileSync(pinFile, `${PIN}\n`, { mode: 0o600 });
  const env = { SOFTHSM2_CONF: configuration };
  const remove = () => rmSync(tokens, { recursive: true, force: true });
  const empty = () => {
    remove();
    mkdirSync(tokens);
    const pins = ['--pin', PIN, '--so-pin', PIN];
    execFileSync('softhsm2-util', ['--init-token', '--free', '--label', label, ...pins], {
      env: { ...process.env, ...env },
      stdio: 'ignore',
    });
  };
  empty();
  return { label, module, pinFile, env, empty, remove };
}
