// The rules of application access points: a name, up to three policies, and the Client Keys that go with it.
// Source: control-plane specification 2.6.3.

import type { AccessPoint } from './access.ts';
import type { AccessServiceOptions } from './access-service.ts';
import { invalidParameter, requireDescription, requireDistinct, requireResourceName } from './fields.ts';
import { MAX_POLICIES } from './limits.ts';
import { insertRecord, requireRecord } from './named-records.ts';
import { type Page, type PageRequest, pageOf } from './page.ts';
import type { Snapshot } from './ports/store.ts';

export interface NewAccessPoint {
  readonly name: string;
  readonly policies: readonly string[];
  readonly authenticationMethod?: string | undefined;
  readonly description?: string | undefined;
}

/** Absent fields stay as they are. */
export interface AccessPointChange {
  readonly policies?: readonly string[] | undefined;
  readonly description?: string | undefined;
}

export interface AccessPointService {
  createAccessPoint(request: NewAccessPoint): Promise<AccessPoint>;
  describeAccessPoint(name: string): AccessPoint;
  updateAccessPoint(name: string, change: AccessPointChange): Promise<void>;
  /** Its Client Keys go in the same transaction. */
  deleteAccessPoint(name: string): Promise<void>;
  listAccessPoints(page: PageRequest): Page<AccessPoint>;
}

export function accessPointService({ store, clock, limits }: AccessServiceOptions): AccessPointService {
  return {
    async createAccessPoint({ name, policies, authenticationMethod = 'ClientKey', description = '' }) {
      requireResourceName('Name', name);
      if (authenticationMethod !== 'ClientKey') throw invalidParameter('AuthenticationMethod');
      requireDistinct('Policies', policies, 1, MAX_POLICIES);
      requireDescription(description);
      const point: AccessPoint = { name, authenticationMethod, policies, description, createdAt: clock() };
      return store.transact((transaction) => {
        requirePolicies(transaction, policies);
        return insertRecord(transaction.accessPoints, point, limits.accessPoints);
      });
    },
    describeAccessPoint: (name) => requireRecord(store.records.accessPoints, name),
    async updateAccessPoint(name, { policies, description }) {
      if (policies) requireDistinct('Policies', policies, 1, MAX_POLICIES);
      if (description !== undefined) requireDescription(description);
      await store.transact((transaction) => {
        const point = requireRecord(transaction.accessPoints, name);
        if (policies) requirePolicies(transaction, policies);
        transaction.accessPoints.put(name, {
          ...point,
          policies: policies ?? point.policies,
          description: description ?? point.description,
        });
      });
    },
    deleteAccessPoint: (name) =>
      store.transact((transaction) => {
        requireRecord(transaction.accessPoints, name);
        const orphans = [...transaction.clientKeys.list()].filter(
          (clientKey) => clientKey.accessPoint === name,
        );
        for (const { id } of orphans) transaction.clientKeys.delete(id);
        transaction.accessPoints.delete(name);
      }),
    listAccessPoints: (page) => pageOf(store.records.accessPoints.list(), page),
  };
}

function requirePolicies(records: Pick<Snapshot, 'policies'>, names: readonly string[]): void {
  for (const name of names) requireRecord(records.policies, name);
}
