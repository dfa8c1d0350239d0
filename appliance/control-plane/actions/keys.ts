// Actions on keys. Source: control-plane specification 2.1.

import { z } from 'zod';
import { arn } from '../../core/ids.ts';
import { KmsError } from '../../errors.ts';
import { type Action, defineAction } from '../action.ts';
import {
  boolean,
  name,
  optionalFilters,
  optionalName,
  optionalText,
  optionalValue,
  paging,
} from '../parameter-types.ts';
import { onAll, onKey } from '../permissions.ts';
import { done, pageAnswer, pageRequest } from './answers.ts';
import { requireOwnInstance } from './instances.ts';
import { keyMetadata } from './key-metadata.ts';

const byKeyId = z.object({ KeyId: name });

export const KEY_ACTIONS: readonly Action[] = [
  defineAction({
    name: 'CreateKey',
    write: true,
    access: onAll('key'),
    resource: null,
    parameters: z.object({
      DKMSInstanceId: optionalName,
      KeyStoreId: optionalName,
      KeySpec: optionalName,
      KeyUsage: optionalName,
      Origin: optionalName,
      Description: optionalText,
      ProtectionLevel: optionalName,
      EnableAutomaticRotation: boolean,
      Tags: optionalValue,
      Policy: optionalValue,
    }),
    async run(input, services) {
      requireOwnInstance(services, input.DKMSInstanceId, input.KeyStoreId);
      requireBuilt(input);
      const key = await services.keys.createKey({
        spec: input.KeySpec,
        usage: input.KeyUsage,
        origin: input.Origin,
        description: input.Description,
        protectionLevel: input.ProtectionLevel,
        policy: input.Policy,
      });
      return { body: { KeyMetadata: keyMetadata(key, services) }, resource: key.id };
    },
  }),
  defineAction({
    name: 'DescribeKey',
    write: false,
    access: onKey,
    resource: 'KeyId',
    parameters: byKeyId,
    run({ KeyId }, services) {
      const key = services.keys.resolveKeyRef(KeyId);
      const protection = { DeletionProtection: 'Disabled', DeletionProtectionDescription: '' };
      return { body: { KeyMetadata: { ...keyMetadata(key, services), ...protection } }, resource: key.id };
    },
  }),
  defineAction({
    name: 'ListKeys',
    write: false,
    access: onAll('key'),
    resource: null,
    parameters: z.object({ ...paging(10), Filters: optionalFilters }),
    run(input, { keys, account }) {
      const filters = input.Filters?.map(({ Key: key, Values: values }) => ({ key, values }));
      return pageAnswer('Keys', 'Key', keys.listKeys(pageRequest(input), filters), ({ id }) => ({
        KeyId: id,
        KeyArn: arn(account, `key/${id}`),
      }));
    },
  }),
  defineAction({
    name: 'EnableKey',
    write: true,
    access: onKey,
    resource: 'KeyId',
    parameters: byKeyId,
    run: async ({ KeyId }, { keys }) => done((await keys.enableKey(KeyId)).id),
  }),
  defineAction({
    name: 'DisableKey',
    write: true,
    access: onKey,
    resource: 'KeyId',
    parameters: byKeyId,
    run: async ({ KeyId }, { keys }) => done((await keys.disableKey(KeyId)).id),
  }),
];

interface UnbuiltParameters {
  readonly EnableAutomaticRotation?: boolean | undefined;
  readonly Tags?: string | undefined;
}

/** What a caller asked for and would not get must be refused. */
function requireBuilt({ EnableAutomaticRotation, Tags }: UnbuiltParameters): void {
  const unbuilt = [
    ['EnableAutomaticRotation', EnableAutomaticRotation === true],
    ['Tags', Tags !== undefined && !/^\s*\[\s*\]\s*$/.test(Tags)],
  ] as const;
  const asked = unbuilt.find(([, present]) => present);
  if (asked) throw new KmsError('UnsupportedOperation', `The parameter ${asked[0]} is not supported.`);
}
