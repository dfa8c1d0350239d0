// Actions on the instance itself: there is exactly one, and it is always connected.
// Source: control-plane specification 2.7.

import { z } from 'zod';
import { arn, isoSeconds } from '../../core/ids.ts';
import { KmsError } from '../../errors.ts';
import { type Action, defineAction, type Json, type Services } from '../action.ts';
import { name, paging } from '../parameter-types.ts';
import { onAll, onInstance } from '../permissions.ts';
import { pageAnswer, pageRequest } from './answers.ts';

/** A self-hosted instance does not run out. */
const END_DATE = '9999-12-31T23:59:59Z';

export const INSTANCE_ACTIONS: readonly Action[] = [
  defineAction({
    name: 'GetKmsInstance',
    write: false,
    access: onInstance,
    resource: 'KmsInstanceId',
    parameters: z.object({ KmsInstanceId: name }),
    run({ KmsInstanceId }, services) {
      requireOwnInstance(services, KmsInstanceId);
      return { body: { KmsInstance: instanceFields(services) }, resource: services.instance.id };
    },
  }),
  defineAction({
    name: 'ListKmsInstances',
    write: false,
    access: onAll('keystore'),
    resource: null,
    parameters: z.object(paging(20)),
    run(input, { instance, account }) {
      const { pageNumber, pageSize } = pageRequest(input);
      const items = pageNumber === 1 && pageSize > 0 ? [instance] : [];
      const page = { items, totalCount: 1, pageNumber, pageSize };
      return pageAnswer('KmsInstances', 'KmsInstance', page, ({ id }) => ({
        KmsInstanceId: id,
        KmsInstanceArn: arn(account, `keystore/${id}`),
      }));
    },
  }),
];

/** Every id that is given must be this instance's. @throws KmsError Forbidden.DKMSInstanceNotFound */
export function requireOwnInstance({ instance }: Services, ...ids: readonly (string | undefined)[]): void {
  if (ids.some((id) => id !== undefined && id !== instance.id))
    throw new KmsError('Forbidden.DKMSInstanceNotFound');
}

function instanceFields({ instance, keys }: Services): { readonly [name: string]: Json } {
  const { id, name: instanceName, createdAt, qps, keyQuota, caCertificateChainPem } = instance;
  const protection = keys.instanceProtection();
  return {
    InstanceId: id,
    InstanceName: instanceName,
    Status: 'Connected',
    CreateTime: isoSeconds(createdAt),
    StartDate: isoSeconds(createdAt),
    EndDate: END_DATE,
    Spec: qps,
    KeyNum: keyQuota,
    SecretNum: '0',
    VpcNum: 0,
    VpcId: '',
    ZoneIds: [],
    VswitchIds: [],
    BindVpcs: { BindVpc: [] },
    CaCertificateChainPem: caCertificateChainPem(),
    ChargeType: 'PREPAY',
    Log: 1,
    LogStorage: 0,
    ProductType: '',
    ProductVersion: '',
    SaleStatus: 'Normal',
    DeletionProtection: protection !== null,
    DeletionProtectionDescription: protection ?? '',
  };
}
