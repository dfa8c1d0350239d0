// The part of the configuration that says where the HSM cluster of the standard edition is. What it states cannot be
// changed by `kms hsm connect`; what it leaves out may be given there and is then kept in the data directory.

import { resolve } from 'node:path';
import { z } from 'zod';
import { parseMembers } from './hsm/members.ts';

const FILES = ['clientFile', 'passwordFile', 'caFile'] as const;

export const HSM_SETTINGS = z
  .strictObject({
    /** The members of the cluster: `[NAME=]HOST:PORT[@ZONE]`, see hsm/members.ts. */
    members: z.array(z.string().min(1).max(1024)).optional(),
    /** client.p12, the file with its password, and rootca.pem of the security domain. */
    clientFile: z.string().min(1).optional(),
    passwordFile: z.string().min(1).optional(),
    caFile: z.string().min(1).optional(),
    /** Name in the certificates of the members; otherwise the authority's word is enough. */
    serverName: z.string().min(1).max(253).optional(),
  })
  .superRefine(({ members, ...files }, context) => {
    const given = FILES.filter((name) => files[name] !== undefined);
    if (given.length > 0 && given.length < FILES.length) {
      const missing = FILES.find((name) => files[name] === undefined) ?? '';
      context.addIssue({ code: 'custom', path: [missing], message: `required with ${given.join(' and ')}` });
    }
    try {
      if (members) parseMembers(members);
    } catch (error) {
      const message = error instanceof Error ? error.message : 'not valid';
      context.addIssue({ code: 'custom', path: ['members'], message });
    }
  });

export interface HsmConfig {
  /** Null, here and below: not stated. */
  readonly members: readonly string[] | null;
  readonly clientFile: string | null;
  readonly passwordFile: string | null;
  readonly caFile: string | null;
  readonly serverName: string | null;
}

/** Every path absolute. */
export function hsmConfig(settings: z.output<typeof HSM_SETTINGS>): HsmConfig {
  const path = (file: string | undefined): string | null => (file === undefined ? null : resolve(file));
  return {
    members: settings.members ?? null,
    clientFile: path(settings.clientFile),
    passwordFile: path(settings.passwordFile),
    caFile: path(settings.caFile),
    serverName: settings.serverName ?? null,
  };
}
