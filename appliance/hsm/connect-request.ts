// What an administrator gives to connect, made part of what is kept. Where the configuration states something, it alone
// does: a request that says otherwise is refused instead of being without effect.

import type { HsmConfig } from '../config-hsm.ts';
import type { HsmConnectRequest } from '../core/ports/hsm-administration.ts';
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

function stated(parameter: 'Members' | 'ClientP12'): HsmSettingsError {
  return new HsmSettingsError(parameter, 'the configuration of the instance states it: change it there');
}
