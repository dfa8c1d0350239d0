// What an administrator gives to connect, made part of what is kept. Where the configuration states something, it alone
// does: a request that says otherwise is refused instead of being without effect.

import type { HsmConfig } from '../config-hsm.ts';
import type { HsmConnectRequest } from '../core/ports/hsm-administration.ts';
import { membersOf } from './connection-settings.ts';
import { HsmSettingsError } from './hsm-settings-error.ts';
import type { KeptSettings } from './kept-settings.ts';

/** @throws HsmSettingsError */
export function keptAfter(request: HsmConnectRequest, config: HsmConfig, kept: KeptSettings): KeptSettings {
  const { members, serverName, credentials } = request;
  if (members !== undefined && config.members !== null) throw stated('Members');
  if (credentials !== undefined && config.clientFile !== null) throw stated('ClientP12');
  return {
    ...kept,
    members: members === undefined ? kept.members : [...members],
    serverName: serverName ?? kept.serverName,
    credentials:
      credentials === undefined
        ? kept.credentials
        : { ...credentials, clientP12: credentials.clientP12.toString('base64') },
    connect: true,
  };
}

/**
 * A member on this machine is a library that the instance loads, or a path that it opens: for whoever may write its
 * configuration or its data directory to name, not for an API permission. @throws HsmSettingsError
 */
export function requireTlsMembers({ members }: HsmConnectRequest): void {
  if (members === undefined) return;
  const local = membersOf(members).find(({ address }) => address.type !== 'tls');
  if (local === undefined) return;
  throw new HsmSettingsError(
    'Members',
    `${local.name} is a member on this machine: only the configuration names those (hsm.members), or kms hsm connect --data-dir while no instance serves there`,
  );
}

function stated(parameter: 'Members' | 'ClientP12'): HsmSettingsError {
  return new HsmSettingsError(parameter, 'the configuration of the instance states it: change it there');
}
