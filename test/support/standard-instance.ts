// A whole instance of the standard edition over the nodes of an HSM rig, in the test's own process.

import type { Instance } from '../../appliance/instance.ts';
import { P12_PASSWORD } from './hsm-certificates.ts';
import type { HsmRig } from './hsm-rig.ts';
import { startTestInstance } from './instance.ts';

/** `a=127.0.0.1:PORT@zone-a` for every node of the rig. */
export function memberTexts({ nodes }: HsmRig): string[] {
  return nodes.map(({ port }, index) => `member-${index}=127.0.0.1:${port}@zone-${index}`);
}

export function clientFiles({ domain }: HsmRig): Readonly<Record<string, string>> {
  return {
    KMS_HSM_CLIENT_FILE: domain.client.p12,
    KMS_HSM_PASSWORD_FILE: domain.client.passwordFile,
    KMS_HSM_CA_FILE: domain.caFile,
  };
}

/** Everything by configuration. */
export function standardSettings(rig: HsmRig): Readonly<Record<string, string>> {
  return { KMS_EDITION: 'standard', KMS_HSM_MEMBERS: memberTexts(rig).join(','), ...clientFiles(rig) };
}

export function startStandardInstance(
  dataDir: string,
  rig: HsmRig,
  settings: Readonly<Record<string, string>> = {},
): Promise<Instance> {
  return startTestInstance(dataDir, { settings: { ...standardSettings(rig), ...settings } });
}

export interface CredentialParameters extends Record<string, string> {
  readonly ClientP12: string;
  readonly Password: string;
  readonly RootCa: string;
}

/** As ConnectHsm takes them. */
export function credentialParameters({ domain }: HsmRig, client = domain.client): CredentialParameters {
  return {
    ClientP12: client.pfx.toString('base64'),
    Password: P12_PASSWORD,
    RootCa: domain.ca.toString('utf8'),
  };
}
