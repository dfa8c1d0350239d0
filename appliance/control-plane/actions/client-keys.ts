// Actions on Client Keys. CreateClientKey's answer is the only place where the private key ever appears.
// Source: control-plane specification 2.6.3.

import { z } from 'zod';
import type { ClientKey } from '../../core/access.ts';
import { isoSeconds } from '../../core/ids.ts';
import { type Action, defineAction } from '../action.ts';
import { name, optionalName, optionalTime, requiredText } from '../parameter-types.ts';
import { onOne } from '../permissions.ts';
import { done } from './answers.ts';

const KEY_ALGORITHM = 'RSA_2048';
const CONTAINER = 'clientkey';
const byClientKeyId = z.object({ ClientKeyId: name });

export const CLIENT_KEY_ACTIONS: readonly Action[] = [
  defineAction({
    name: 'CreateClientKey',
    write: true,
    access: onOne('applicationaccesspoint', 'AapName'),
    resource: 'AapName',
    parameters: z.object({
      AapName: name,
      Password: requiredText,
      NotBefore: optionalTime,
      NotAfter: optionalTime,
    }),
    async run(input, { access }) {
      const { clientKey, privateKeyData } = await access.createClientKey({
        accessPoint: input.AapName,
        password: input.Password,
        notBefore: input.NotBefore,
        notAfter: input.NotAfter,
      });
      const body = {
        ClientKeyId: clientKey.id,
        KeyAlgorithm: KEY_ALGORITHM,
        PrivateKeyData: privateKeyData,
        NotBefore: isoSeconds(clientKey.notBefore),
        NotAfter: isoSeconds(clientKey.notAfter),
      };
      return { body, resource: clientKey.id };
    },
  }),
  defineAction({
    name: 'GetClientKey',
    write: false,
    access: onOne(CONTAINER, 'ClientKeyId'),
    resource: 'ClientKeyId',
    parameters: byClientKeyId,
    run({ ClientKeyId }, { access }) {
      const clientKey = access.describeClientKey(ClientKeyId);
      return { body: clientKeyFields(clientKey), resource: clientKey.id };
    },
  }),
  defineAction({
    name: 'ListClientKeys',
    write: false,
    access: ({ AapName }) => [{ resource: `applicationaccesspoint/${AapName ?? '*'}` }],
    resource: 'AapName',
    parameters: z.object({ AapName: optionalName }),
    // A flat array, without paging.
    run: ({ AapName }, { access }) => ({
      body: { ClientKeys: access.listClientKeys(AapName).map(clientKeyFields) },
      resource: AapName ?? '',
    }),
  }),
  defineAction({
    name: 'DeleteClientKey',
    write: true,
    access: onOne(CONTAINER, 'ClientKeyId'),
    resource: 'ClientKeyId',
    parameters: byClientKeyId,
    async run({ ClientKeyId }, { access }) {
      await access.deleteClientKey(ClientKeyId);
      return done(ClientKeyId);
    },
  }),
];

function clientKeyFields(clientKey: ClientKey) {
  return {
    ClientKeyId: clientKey.id,
    AapName: clientKey.accessPoint,
    CreateTime: isoSeconds(clientKey.createdAt),
    KeyAlgorithm: KEY_ALGORITHM,
    KeyOrigin: 'KMS_PROVIDED',
    NotBefore: isoSeconds(clientKey.notBefore),
    NotAfter: isoSeconds(clientKey.notAfter),
    PublicKeyData: clientKey.certificatePem,
  };
}
