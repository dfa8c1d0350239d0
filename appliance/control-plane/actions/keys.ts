// Actions that make, describe and list keys. Source: control-plane specification 2.1.

import { z } from 'zod';
import { arn } from '../../core/ids.ts';
import { MAX_TAGS } from '../../core/tags.ts';
import { type Action, defineAction } from '../action.ts';
import {
  boolean,
  name,
  optionalFilters,
  optionalName,
  optionalTagList,
  optionalText,
  optionalValue,
  paging,
} from '../parameter-types.ts';
import { onAll, onKey } from '../permissions.ts';
import { pageAnswer, pageRequest } from './answers.ts';
import { requireOwnInstance } from './instances.ts';
import { keyMetadata, protectionFields } from './key-metadata.ts';

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
      // Ours, for what the product's console does without an API.
      AdditionalKeyUsage: optionalName,
      Origin: optionalName,
      Description: optionalText,
      ProtectionLevel: optionalName,
      EnableAutomaticRotation: boolean,
      RotationInterval: optionalName,
      Tags: optionalTagList(MAX_TAGS),
      Policy: optionalValue,
    }),
    async run(input, services) {
      requireOwnInstance(services, input.DKMSInstanceId, input.KeyStoreId);
      const key = await services.keys.createKey({
        spec: input.KeySpec,
        usage: input.KeyUsage,
        additionalUsage: input.AdditionalKeyUsage,
        origin: input.Origin,
        description: input.Description,
        protectionLevel: input.ProtectionLevel,
        policy: input.Policy,
        tags: input.Tags,
        automaticRotation: input.EnableAutomaticRotation,
        rotationInterval: input.RotationInterval,
      });
      return { body: { KeyMetadata: keyMetadata(key, services) }, resource: key.id };
    },
  }),
  defineAction({
    name: 'DescribeKey',
    write: false,
    access: onKey,
    resource: 'KeyId',
    parameters: z.object({ KeyId: name }),
    run({ KeyId }, services) {
      const key = services.keys.resolveKeyRef(KeyId);
      const metadata = { ...keyMetadata(key, services), ...protectionFields(key) };
      return { body: { KeyMetadata: metadata }, resource: key.id };
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
];
