// Actions on the service as a whole: it has one region and one account, and both are open.
// Source: control-plane specification 2.11.

import { z } from 'zod';
import { KmsError } from '../../errors.ts';
import { type Action, defineAction } from '../action.ts';
import { onAll } from '../permissions.ts';

/** There is nothing that a policy could name but everything. */
const EVERYTHING = '*';

export const SERVICE_ACTIONS: readonly Action[] = [
  defineAction({
    name: 'DescribeRegions',
    write: false,
    access: null,
    resource: null,
    parameters: z.object({}),
    run: (_input, { account }) => ({
      body: { Regions: { Region: [{ RegionId: account.region }] } },
      resource: '',
    }),
  }),
  defineAction({
    name: 'DescribeAccountKmsStatus',
    write: false,
    access: onAll(EVERYTHING),
    resource: null,
    parameters: z.object({}),
    run: () => ({ body: { AccountStatus: 'Enabled' }, resource: '' }),
  }),
  defineAction({
    name: 'OpenKmsService',
    write: false,
    access: onAll(EVERYTHING),
    resource: null,
    parameters: z.object({}),
    run() {
      throw new KmsError('Forbidden.Opened');
    },
  }),
];
