// Actions on the instance itself: there is exactly one, and it is always connected.
// Source: control-plane specification 2.7.

import { arn, isoSeconds } from '../../core/ids.ts';
import { KmsError } from '../../errors.ts';
import type { Answer, Services } from '../action.ts';
import { pageAnswer, pageRequest } from './answers.ts';

/** A self-hosted instance does not run out. */
const END_DATE = '9999-12-31T23:59:59Z';

/** Every id that is given must be this instance's. @throws KmsError Forbidden.DKMSInstanceNotFound */
export function requireOwnInstance({ instance }: Services, ...ids: readonly (string | undefined)[]): void {
  if (ids.some((id) => id !== undefined && id !== instance.id))
    throw new KmsError('Forbidden.DKMSInstanceNotFound');
}

export function getKmsInstance(
  { KmsInstanceId }: { readonly KmsInstanceId: string },
  services: Services,
): Answer {
  requireOwnInstance(services, KmsInstanceId);
  const { id, name, createdAt, qps, keyQuota, caCertificateChainPem } = services.instance;
  const instance = {
    InstanceId: id,
    InstanceName: name,
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
    DeletionProtection: false,
    DeletionProtectionDescription: '',
  };
  return { body: { KmsInstance: instance }, resource: id };
}

export function listKmsInstances(
  input: { readonly PageNumber: number; readonly PageSize: number },
  { instance, account }: Services,
): Answer {
  const { pageNumber, pageSize } = pageRequest(input);
  const items = pageNumber === 1 && pageSize > 0 ? [instance] : [];
  const page = { items, totalCount: 1, pageNumber, pageSize };
  return pageAnswer('KmsInstances', 'KmsInstance', page, ({ id }) => ({
    KmsInstanceId: id,
    KmsInstanceArn: arn(account, `keystore/${id}`),
  }));
}
