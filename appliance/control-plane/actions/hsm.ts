// Actions of this appliance alone, which no official client knows: the connection of an instance of the standard edition
// to its HSM cluster. The product has them in its console only. Source: control-plane specification 2.7 and 7.2 H.

import { z } from 'zod';
import { holdsMaterial } from '../../core/imported-keys.ts';
import type {
  HsmAdministration,
  HsmConnectRequest,
  HsmDescription,
} from '../../core/ports/hsm-administration.ts';
import { KmsError } from '../../errors.ts';
import { type Action, defineAction, type Json, type Services } from '../action.ts';
import { clusterFields } from '../hsm-fields.ts';
import { optionalBase64, optionalName, optionalStringArray, optionalValue } from '../parameter-types.ts';
import { keyResource, onInstance } from '../permissions.ts';
import { done } from './answers.ts';
import { requireOwnInstance } from './instances.ts';

const byInstanceId = { KmsInstanceId: optionalName };

const onThisInstance = (
  { KmsInstanceId }: { readonly KmsInstanceId?: string | undefined },
  { instance }: Services,
) => onInstance({ KmsInstanceId: KmsInstanceId ?? instance.id });

const connectParameters = z.object({
  ...byInstanceId,
  Members: optionalStringArray,
  ServerName: optionalName,
  ClientP12: optionalBase64,
  Password: optionalName,
  RootCa: optionalValue,
});

export const HSM_ACTIONS: readonly Action[] = [
  defineAction({
    name: 'ConnectHsm',
    write: true,
    access: onThisInstance,
    resource: 'KmsInstanceId',
    parameters: connectParameters,
    async run(input, services) {
      const hsm = requireHsm(services, input.KmsInstanceId);
      await hsm.connect(connectRequest(input));
      return { body: clusterFields(hsm.describe()), resource: services.instance.id };
    },
  }),
  defineAction({
    name: 'DisconnectHsm',
    write: true,
    access: onThisInstance,
    resource: 'KmsInstanceId',
    parameters: z.object(byInstanceId),
    async run({ KmsInstanceId }, services) {
      await requireHsm(services, KmsInstanceId).disconnect();
      return done(services.instance.id);
    },
  }),
  defineAction({
    name: 'DescribeHsmCluster',
    write: false,
    access: (input, services) => [
      ...onThisInstance(input, services),
      ...(input.KeyId === undefined ? [] : [{ resource: keyResource(input.KeyId, services) }]),
    ],
    resource: 'KmsInstanceId',
    parameters: z.object({ ...byInstanceId, KeyId: optionalName }),
    run({ KmsInstanceId, KeyId }, services) {
      const description = requireHsm(services, KmsInstanceId).describe();
      const key = KeyId === undefined ? {} : { Key: keyDurability(KeyId, description, services) };
      return { body: { ...clusterFields(description), ...key }, resource: services.instance.id };
    },
  }),
  defineAction({
    name: 'SyncHsmCluster',
    write: true,
    access: onThisInstance,
    resource: 'KmsInstanceId',
    parameters: z.object(byInstanceId),
    async run({ KmsInstanceId }, services) {
      const rows = await requireHsm(services, KmsInstanceId).synchronise();
      const members = rows.map(({ name, outcome, error }) => ({
        Name: name,
        Outcome: outcome,
        Error: error,
      }));
      return { body: { Members: { Member: members } }, resource: services.instance.id };
    },
  }),
];

/** @throws KmsError Forbidden.DKMSInstanceNotFound; UnsupportedOperation in the basic edition */
function requireHsm(services: Services, instanceId: string | undefined): HsmAdministration {
  requireOwnInstance(services, instanceId);
  if (services.hsm !== null) return services.hsm;
  throw new KmsError('UnsupportedOperation', 'This instance is of the basic edition: it has no HSM cluster.');
}

/** @throws KmsError MissingParameter when the credentials are not complete */
function connectRequest(input: z.output<typeof connectParameters>): HsmConnectRequest {
  const {
    Members: members,
    ServerName: serverName,
    ClientP12: clientP12,
    Password: password,
    RootCa: rootCa,
  } = input;
  if (clientP12 === undefined && password === undefined && rootCa === undefined)
    return { members, serverName };
  if (clientP12 === undefined) throw missing('ClientP12');
  if (password === undefined) throw missing('Password');
  if (rootCa === undefined) throw missing('RootCa');
  return { members, serverName, credentials: { clientP12, password, rootCa } };
}

function missing(name: string): KmsError {
  return new KmsError('MissingParameter', `The parameter ${name} is required.`);
}

/**
 * Every version of a key is wrapped by the one domain key of the cluster, so it can be used wherever that is; a key that
 * waits for its material, or whose material has expired, nowhere. @throws as resolveKeyRef
 */
function keyDurability(
  keyRef: string,
  { usableMembers, members }: HsmDescription,
  { keys }: Services,
): { readonly [name: string]: Json } {
  const { id, state } = keys.resolveKeyRef(keyRef);
  // Material that was imported is in the first version alone, and all the others hold theirs as long as the key is there.
  const { totalCount: versions, items } = keys.listKeyVersions(id, { pageNumber: 1, pageSize: 1 });
  const isUsable = state !== 'PendingImport' && holdsMaterial(items[0]);
  return {
    KeyId: id,
    Versions: versions,
    UsableMembers: isUsable ? usableMembers : 0,
    TotalMembers: members.length,
  };
}
