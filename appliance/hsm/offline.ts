// What the command line does without an instance to ask: keeps the settings of a connection in the data directory of one
// that has not started or cannot open its store, and probes a token.

import { type ProbeReport, probeLocalToken } from '../../hsm-adapter/index.ts';
import type { HsmConfig } from '../config-hsm.ts';
import type { HsmConnectRequest } from '../core/ports/hsm-administration.ts';
import { keptAfter } from './connect-request.ts';
import { clusterMembers, connectionSettings, moduleEnvironment } from './connection-settings.ts';
import { HsmSettingsError } from './hsm-settings-error.ts';
import { readKept, writeKept } from './kept-settings.ts';

export { HsmError } from '../../hsm-adapter/index.ts';
export { HsmSettingsError } from './hsm-settings-error.ts';
export type { ProbeReport };

/** The instance's configuration is not known here; what it states wins when it starts. */
const NOTHING_STATED: HsmConfig = {
  members: null,
  clientFile: null,
  passwordFile: null,
  caFile: null,
  serverName: null,
};

/** A waiting instance takes it over within a second. @throws HsmSettingsError; Error when what is kept is damaged */
export async function connectOffline(dataDir: string, request: HsmConnectRequest): Promise<void> {
  const before = readKept(dataDir);
  const kept = keptAfter(request, NOTHING_STATED, before);
  const settings = connectionSettings(NOTHING_STATED, kept);
  if (settings === null) throw new HsmSettingsError('Members', 'no cluster is named yet');
  clusterMembers(settings, { environment: {}, dataDir });
  // Other members than before may be another cluster's: the instance finds its domain key anew, and opens its store with
  // the right one alone.
  const staysOne = kept.members?.some((member) => before.members?.includes(member)) === true;
  await writeKept(dataDir, staysOne ? kept : { ...kept, domainCheckValue: null });
}

/** Forgets the credentials, keeps the members. */
export async function disconnectOffline(dataDir: string): Promise<void> {
  await writeKept(dataDir, { ...readKept(dataDir), credentials: null, connect: false });
}

/** @throws HsmError with what keeps the token from being used. */
export function probe(
  token: { readonly module: string; readonly token: string; readonly pinFile: string },
  environment: Readonly<NodeJS.ProcessEnv>,
): Promise<ProbeReport> {
  return probeLocalToken(token, moduleEnvironment(environment));
}
