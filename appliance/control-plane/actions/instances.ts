// Actions on the instance itself: there is exactly one. Its state is that of its HSM cluster, and without one it is always
// connected. What administrators say about its networks is kept and given back, nothing more. Source: control-plane specification 2.7.

import { z } from 'zod';
import { arn, isoSeconds } from '../../core/ids.ts';
import type { BoundVpc, InstanceSettings } from '../../core/instance-settings.ts';
import { MAX_BOUND_VPCS } from '../../core/limits.ts';
import { KmsError } from '../../errors.ts';
import { type Action, defineAction, type Json, type Services } from '../action.ts';
import {
  boolean,
  boundVpcs,
  name,
  nameList,
  oneOf,
  optionalFilters,
  optionalName,
  optionalOneOf,
  paging,
} from '../parameter-types.ts';
import { onAll, onInstance } from '../permissions.ts';
import { done, pageAnswer, pageRequest } from './answers.ts';
import { matchesInstance } from './instance-filter.ts';

/** A self-hosted instance does not run out. */
const END_DATE = '9999-12-31T23:59:59Z';

const byInstanceId = { KmsInstanceId: name };

export const INSTANCE_ACTIONS: readonly Action[] = [
  defineAction({
    name: 'ConnectKmsInstance',
    write: true,
    access: onInstance,
    resource: 'KmsInstanceId',
    parameters: z.object({
      ...byInstanceId,
      VpcId: name,
      ZoneIds: nameList(2, 2),
      VSwitchIds: nameList(1, 2),
      KMProvider: oneOf(['Aliyun']),
    }),
    async run({ KmsInstanceId, VpcId, ZoneIds, VSwitchIds }, services) {
      requireOwnInstance(services, KmsInstanceId);
      await services.settings.change({ vpcId: VpcId, zoneIds: ZoneIds, vSwitchIds: VSwitchIds });
      return done(KmsInstanceId);
    },
  }),
  defineAction({
    name: 'GetKmsInstance',
    write: false,
    access: onInstance,
    resource: 'KmsInstanceId',
    parameters: z.object(byInstanceId),
    async run({ KmsInstanceId }, services) {
      requireOwnInstance(services, KmsInstanceId);
      const { storedBytes } = await services.audit.log();
      const storage = storedBytes === null ? {} : { LogStorage: gigabytes(storedBytes) };
      return { body: { KmsInstance: { ...instanceFields(services), ...storage } }, resource: KmsInstanceId };
    },
  }),
  defineAction({
    name: 'ListKmsInstances',
    write: false,
    access: onAll('keystore'),
    resource: null,
    parameters: z.object({ ...paging(20), Filters: optionalFilters }),
    run(input, services) {
      const { instance, account } = services;
      const all = matchesInstance(input.Filters ?? [], instanceFields(services)) ? [instance] : [];
      const { pageNumber, pageSize } = pageRequest(input);
      const items = pageNumber === 1 ? all : [];
      const page = { items, totalCount: all.length, pageNumber, pageSize };
      return pageAnswer('KmsInstances', 'KmsInstance', page, ({ id }) => ({
        KmsInstanceId: id,
        KmsInstanceArn: arn(account, `keystore/${id}`),
      }));
    },
  }),
  defineAction({
    name: 'UpdateKmsInstanceBindVpc',
    write: true,
    access: onInstance,
    resource: 'KmsInstanceId',
    parameters: z.object({ ...byInstanceId, BindVpcs: boundVpcs(MAX_BOUND_VPCS) }),
    async run({ KmsInstanceId, BindVpcs }, services) {
      requireOwnInstance(services, KmsInstanceId);
      await services.settings.change({ boundVpcs: BindVpcs.map(boundVpc) });
      return done(KmsInstanceId);
    },
  }),
  defineAction({
    name: 'UpdateKmsInstance',
    write: true,
    access: onInstance,
    resource: 'KmsInstanceId',
    parameters: z.object({ ...byInstanceId, InstanceName: optionalName }),
    async run({ KmsInstanceId, InstanceName }, services) {
      requireOwnInstance(services, KmsInstanceId);
      if (InstanceName !== undefined) await services.settings.change({ name: InstanceName });
      return done(KmsInstanceId);
    },
  }),
  defineAction({
    name: 'ReleaseKmsInstance',
    write: false,
    access: onInstance,
    resource: 'KmsInstanceId',
    parameters: z.object({ ...byInstanceId, ForceDeleteWithoutBackup: boolean }),
    run({ KmsInstanceId }, services) {
      requireOwnInstance(services, KmsInstanceId);
      throw new KmsError('UnsupportedOperation');
    },
  }),
  defineAction({
    name: 'GetDefaultKmsInstance',
    write: false,
    access: onAll('keystore'),
    resource: null,
    parameters: z.object({}),
    run: (_input, { instance }) => ({
      body: { DefaultKmsInstanceId: instance.id },
      resource: instance.id,
    }),
  }),
  defineAction({
    name: 'GetKmsInstanceQuotaInfos',
    write: false,
    access: ({ KmsInstanceId }, { instance }) => onInstance({ KmsInstanceId: KmsInstanceId ?? instance.id }),
    resource: 'KmsInstanceId',
    parameters: z.object({
      KmsInstanceId: optionalName,
      ResourceType: optionalOneOf(['key', 'secret', 'qps', 'vpc']),
    }),
    run({ KmsInstanceId, ResourceType }, services) {
      requireOwnInstance(services, KmsInstanceId);
      const { id } = services.instance;
      const quotas = quotaInfos(services).filter(
        (quota) => ResourceType === undefined || quota.ResourceType === ResourceType,
      );
      return { body: { KmsInstanceId: id, KmsInstanceQuotaInfos: quotas }, resource: id };
    },
  }),
];

/** Every id that is given must be this instance's. @throws KmsError Forbidden.DKMSInstanceNotFound */
export function requireOwnInstance({ instance }: Services, ...ids: readonly (string | undefined)[]): void {
  if (ids.some((id) => id !== undefined && id !== instance.id))
    throw new KmsError('Forbidden.DKMSInstanceNotFound');
}

/** All but how much the audit log takes, for which its files are looked at. */
function instanceFields({ instance, keys, settings, hsm, audit }: Services): {
  readonly [name: string]: Json;
} {
  const { id, name: defaultName, createdAt, qps, keyQuota, caCertificateChainPem } = instance;
  const { name: givenName, vpcId, zoneIds, vSwitchIds, boundVpcs: vpcs } = settings.settings();
  const protection = keys.instanceProtection();
  return {
    InstanceId: id,
    InstanceName: givenName ?? defaultName,
    Status: hsm?.describe().state ?? 'Connected',
    CreateTime: isoSeconds(createdAt),
    StartDate: isoSeconds(createdAt),
    EndDate: END_DATE,
    Spec: qps,
    KeyNum: keyQuota,
    SecretNum: '0',
    VpcNum: vpcCount(settings.settings()),
    VpcId: vpcId,
    // The models of several official SDKs have a text here, though the API's own description has a list, and fail on
    // any list: so only an instance that was given some names them.
    ...(zoneIds.length > 0 && { ZoneIds: zoneIds }),
    ...(vSwitchIds.length > 0 && { VswitchIds: vSwitchIds }),
    BindVpcs: { BindVpc: vpcs.map(bindVpc) },
    CaCertificateChainPem: caCertificateChainPem(),
    ChargeType: 'PREPAY',
    Log: audit.isEnabled() ? 1 : 0,
    ProductType: '',
    ProductVersion: '',
    SaleStatus: 'Normal',
    DeletionProtection: protection !== null,
    DeletionProtectionDescription: protection ?? '',
  };
}

const GIGABYTE = 1_000_000_000;

/** Begun ones count. */
function gigabytes(bytes: number): number {
  return Math.ceil(bytes / GIGABYTE);
}

/** The network it was connected to, and those bound besides. */
function vpcCount({ vpcId, boundVpcs: vpcs }: InstanceSettings): number {
  return (vpcId === '' ? 0 : 1) + vpcs.length;
}

interface BindVpc {
  readonly VpcId: string;
  readonly VSwitchId: string;
  readonly RegionId: string;
  readonly VpcOwnerId: number;
}

function boundVpc({ VpcId, VSwitchId, RegionId, VpcOwnerId }: BindVpc): BoundVpc {
  return { vpcId: VpcId, vSwitchId: VSwitchId, regionId: RegionId, vpcOwnerId: VpcOwnerId };
}

function bindVpc({ vpcId, vSwitchId, regionId, vpcOwnerId }: BoundVpc) {
  return { VpcId: vpcId, VSwitchId: vSwitchId, RegionId: regionId, VpcOwnerId: vpcOwnerId };
}

/** How much there may be and is; how many requests a second there are right now is not counted here. */
function quotaInfos({ instance, keys, settings }: Services) {
  const usedKeys = keys.listKeys({ pageNumber: 1, pageSize: 0 }).totalCount;
  return [
    { ResourceType: 'key', ResourceQuota: instance.keyQuota, UsedQuantity: usedKeys },
    { ResourceType: 'secret', ResourceQuota: 0, UsedQuantity: 0 },
    { ResourceType: 'qps', ResourceQuota: instance.qps },
    {
      ResourceType: 'vpc',
      ResourceQuota: 1 + MAX_BOUND_VPCS,
      UsedQuantity: vpcCount(settings.settings()),
    },
  ];
}
