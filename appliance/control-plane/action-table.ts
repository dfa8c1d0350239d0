// The actions of this plane, one literal row each, and the names of those that are known but not built. To add an
// action, write its function in actions/ and its row here. Source: control-plane specification section 2.

import { z } from 'zod';
import { type Action, defineAction } from './action.ts';
import {
  createApplicationAccessPoint,
  deleteApplicationAccessPoint,
  describeApplicationAccessPoint,
  listApplicationAccessPoints,
  updateApplicationAccessPoint,
} from './actions/access-points.ts';
import { createAlias, listAliases } from './actions/aliases.ts';
import { createClientKey, deleteClientKey, getClientKey, listClientKeys } from './actions/client-keys.ts';
import { getKmsInstance, listKmsInstances } from './actions/instances.ts';
import { createKey, describeKey, disableKey, enableKey, listKeys } from './actions/keys.ts';
import {
  createNetworkRule,
  deleteNetworkRule,
  describeNetworkRule,
  listNetworkRules,
  updateNetworkRule,
} from './actions/network-rules.ts';
import {
  createPolicy,
  deletePolicy,
  describePolicy,
  listPolicies,
  updatePolicy,
} from './actions/policies.ts';
import {
  boolean,
  name,
  optionalAddressList,
  optionalFilters,
  optionalName,
  optionalStringArray,
  optionalText,
  optionalTime,
  optionalValue,
  paging,
  requiredText,
  stringArray,
} from './parameter-types.ts';

const byKeyId = z.object({ KeyId: name });
const byName = z.object({ Name: name });
const byClientKeyId = z.object({ ClientKeyId: name });
const accessPage = z.object(paging(20));

export const ACTIONS: readonly Action[] = [
  defineAction({
    name: 'CreateKey',
    write: true,
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
    run: createKey,
  }),
  defineAction({
    name: 'DescribeKey',
    write: false,
    resource: 'KeyId',
    parameters: byKeyId,
    run: describeKey,
  }),
  defineAction({
    name: 'ListKeys',
    write: false,
    resource: null,
    parameters: z.object({ ...paging(10), Filters: optionalFilters }),
    run: listKeys,
  }),
  defineAction({ name: 'EnableKey', write: true, resource: 'KeyId', parameters: byKeyId, run: enableKey }),
  defineAction({ name: 'DisableKey', write: true, resource: 'KeyId', parameters: byKeyId, run: disableKey }),
  defineAction({
    name: 'CreateAlias',
    write: true,
    resource: 'AliasName',
    parameters: z.object({ AliasName: name, KeyId: name }),
    run: createAlias,
  }),
  defineAction({
    name: 'ListAliases',
    write: false,
    resource: null,
    parameters: z.object(paging(10, 0)),
    run: listAliases,
  }),
  defineAction({
    name: 'CreateNetworkRule',
    write: true,
    resource: 'Name',
    parameters: z.object({
      Name: name,
      Type: name,
      SourcePrivateIp: optionalAddressList,
      Description: optionalText,
    }),
    run: createNetworkRule,
  }),
  defineAction({
    name: 'DescribeNetworkRule',
    write: false,
    resource: 'Name',
    parameters: byName,
    run: describeNetworkRule,
  }),
  defineAction({
    name: 'UpdateNetworkRule',
    write: true,
    resource: 'Name',
    parameters: z.object({ Name: name, SourcePrivateIp: optionalAddressList, Description: optionalText }),
    run: updateNetworkRule,
  }),
  defineAction({
    name: 'DeleteNetworkRule',
    write: true,
    resource: 'Name',
    parameters: byName,
    run: deleteNetworkRule,
  }),
  defineAction({
    name: 'ListNetworkRules',
    write: false,
    resource: null,
    parameters: accessPage,
    run: listNetworkRules,
  }),
  defineAction({
    name: 'CreatePolicy',
    write: true,
    resource: 'Name',
    parameters: z.object({
      Name: name,
      KmsInstance: optionalName,
      Permissions: stringArray,
      Resources: stringArray,
      AccessControlRules: optionalText,
      Description: optionalText,
    }),
    run: createPolicy,
  }),
  defineAction({
    name: 'DescribePolicy',
    write: false,
    resource: 'Name',
    parameters: byName,
    run: describePolicy,
  }),
  defineAction({
    name: 'UpdatePolicy',
    write: true,
    resource: 'Name',
    parameters: z.object({
      Name: name,
      Permissions: optionalStringArray,
      Resources: optionalStringArray,
      AccessControlRules: optionalText,
      Description: optionalText,
    }),
    run: updatePolicy,
  }),
  defineAction({
    name: 'DeletePolicy',
    write: true,
    resource: 'Name',
    parameters: byName,
    run: deletePolicy,
  }),
  defineAction({
    name: 'ListPolicies',
    write: false,
    resource: null,
    parameters: accessPage,
    run: listPolicies,
  }),
  defineAction({
    name: 'CreateApplicationAccessPoint',
    write: true,
    resource: 'Name',
    parameters: z.object({
      Name: name,
      Policies: stringArray,
      AuthenticationMethod: optionalName,
      Description: optionalText,
    }),
    run: createApplicationAccessPoint,
  }),
  defineAction({
    name: 'DescribeApplicationAccessPoint',
    write: false,
    resource: 'Name',
    parameters: byName,
    run: describeApplicationAccessPoint,
  }),
  defineAction({
    name: 'UpdateApplicationAccessPoint',
    write: true,
    resource: 'Name',
    parameters: z.object({ Name: name, Policies: optionalStringArray, Description: optionalText }),
    run: updateApplicationAccessPoint,
  }),
  defineAction({
    name: 'DeleteApplicationAccessPoint',
    write: true,
    resource: 'Name',
    parameters: byName,
    run: deleteApplicationAccessPoint,
  }),
  defineAction({
    name: 'ListApplicationAccessPoints',
    write: false,
    resource: null,
    parameters: accessPage,
    run: listApplicationAccessPoints,
  }),
  defineAction({
    name: 'CreateClientKey',
    write: true,
    resource: 'AapName',
    parameters: z.object({
      AapName: name,
      Password: requiredText,
      NotBefore: optionalTime,
      NotAfter: optionalTime,
    }),
    run: createClientKey,
  }),
  defineAction({
    name: 'GetClientKey',
    write: false,
    resource: 'ClientKeyId',
    parameters: byClientKeyId,
    run: getClientKey,
  }),
  defineAction({
    name: 'ListClientKeys',
    write: false,
    resource: 'AapName',
    parameters: z.object({ AapName: optionalName }),
    run: listClientKeys,
  }),
  defineAction({
    name: 'DeleteClientKey',
    write: true,
    resource: 'ClientKeyId',
    parameters: byClientKeyId,
    run: deleteClientKey,
  }),
  defineAction({
    name: 'GetKmsInstance',
    write: false,
    resource: 'KmsInstanceId',
    parameters: z.object({ KmsInstanceId: name }),
    run: getKmsInstance,
  }),
  defineAction({
    name: 'ListKmsInstances',
    write: false,
    resource: null,
    parameters: accessPage,
    run: listKmsInstances,
  }),
];
