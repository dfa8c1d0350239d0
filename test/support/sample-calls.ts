// A call of every action of the control plane that succeeds over the records of `sampleRecords`, and a value of every
// parameter that is optional somewhere: what tests start from that go through the whole table of actions.

import type { Action } from '../../appliance/control-plane/action.ts';
import { fullName } from './action-calls.ts';
import type { Texts } from './admin-calls.ts';
import type { ControlPlaneFixture } from './control-plane.ts';
import { policyText, ram } from './ram-user.ts';
import { CONTROL_ROWS, type Subject } from './state-rows.ts';
import type { Subjects } from './subjects.ts';

const PERMISSIONS = '["RbacPermission/Template/CryptoServiceKeyUser"]';
const RULE = { Name: 'rule', Type: 'Private', SourcePrivateIp: '10.0.0.0/8' };
const POLICY = { Name: 'policy', Permissions: PERMISSIONS, Resources: '["key/*"]' };
const POINT = { Name: 'point', Policies: '["policy"]' };
const RAM_POLICY = { PolicyName: 'ram-policy', PolicyDocument: policyText({ Action: 'kms:*' }) };
const REF = { PolicyName: 'ram-policy', PolicyType: 'Custom' };

/** What the calls name, made over the API. */
export interface SampleRecords {
  readonly instanceId: string;
  readonly clientKeyId: string;
  readonly accessKeyId: string;
  readonly subjects: ReadonlyMap<string, Subject>;
}

export async function sampleRecords(
  plane: ControlPlaneFixture,
  { newSubject }: Subjects,
): Promise<SampleRecords> {
  const call = async (action: string, fields: Texts) => (await plane.client.call(action, fields)).body;
  await call('CreateNetworkRule', RULE);
  await call('CreatePolicy', POLICY);
  await call('CreatePolicy', { ...POLICY, Name: 'other' });
  await call('CreateApplicationAccessPoint', POINT);
  const { ClientKeyId } = await call('CreateClientKey', { AapName: 'point', Password: 'pass-word-1' });
  await ram(plane, 'CreateUser', { UserName: 'user' });
  await ram(plane, 'CreateUser', { UserName: 'idle' });
  await ram(plane, 'CreateUser', { UserName: 'attached' });
  await ram(plane, 'CreatePolicy', RAM_POLICY);
  await ram(plane, 'CreatePolicy', { ...RAM_POLICY, PolicyName: 'other' });
  await ram(plane, 'AttachPolicyToUser', { ...REF, UserName: 'attached' });
  const { AccessKey } = await ram(plane, 'CreateAccessKey', { UserName: 'user' });
  const subjects = new Map<string, Subject>();
  for (const { key } of CONTROL_ROWS) {
    const kind = key?.spec ?? '';
    if (!subjects.has(kind)) subjects.set(kind, await newSubject(key));
  }
  return {
    instanceId: plane.store.instanceId,
    clientKeyId: ClientKeyId,
    accessKeyId: AccessKey.AccessKeyId,
    subjects,
  };
}

type Make = (records: SampleRecords) => Texts;

const CALLS: Readonly<Record<string, Make>> = {
  CreateNetworkRule: () => ({ ...RULE, Name: 'new' }),
  CreatePolicy: () => ({ ...POLICY, Name: 'new' }),
  DeletePolicy: () => ({ Name: 'other' }),
  CreateApplicationAccessPoint: () => ({ ...POINT, Name: 'new' }),
  CreateClientKey: () => ({ AapName: 'point', Password: 'pass-word-1' }),
  'ram:CreateUser': () => ({ UserName: 'new' }),
  'ram:DeleteUser': () => ({ UserName: 'idle' }),
  'ram:CreatePolicy': () => ({ ...RAM_POLICY, PolicyName: 'new' }),
  'ram:DeletePolicy': () => ({ PolicyName: 'other' }),
  'ram:GetPolicy': () => REF,
  'ram:AttachPolicyToUser': () => ({ ...REF, UserName: 'user' }),
  'ram:DetachPolicyFromUser': () => ({ ...REF, UserName: 'attached' }),
  'ram:UpdateAccessKey': ({ accessKeyId }) => ({
    UserName: 'user',
    UserAccessKeyId: accessKeyId,
    Status: 'Inactive',
  }),
  'ram:ListPolicies': () => ({}),
  ConnectKmsInstance: ({ instanceId }) => ({
    KmsInstanceId: instanceId,
    VpcId: 'vpc',
    ZoneIds: 'a,b',
    VSwitchIds: 'v',
    KMProvider: 'Aliyun',
  }),
  UpdateKmsInstanceBindVpc: ({ instanceId }) => ({ KmsInstanceId: instanceId, BindVpcs: '[]' }),
};

/** The rest need their resource named, and nothing else. */
function naming(full: string, parameters: readonly string[], records: SampleRecords): Texts {
  const kind = /NetworkRule|Policy|ApplicationAccessPoint/.exec(full)?.[0] ?? '';
  const values: Texts = {
    Name: { NetworkRule: 'rule', Policy: 'policy', ApplicationAccessPoint: 'point' }[kind] ?? '',
    ClientKeyId: records.clientKeyId,
    UserName: 'user',
    UserAccessKeyId: records.accessKeyId,
    KmsInstanceId: records.instanceId,
  };
  return Object.fromEntries(Object.entries(values).filter(([name]) => parameters.includes(name)));
}

export function sampleCall({ api, name, parameters }: Action, records: SampleRecords): Texts {
  const full = fullName(api.service, name);
  const row = api.service === 'kms' ? CONTROL_ROWS.find(({ action }) => action === name) : undefined;
  const subject = records.subjects.get(row?.key?.spec ?? '');
  if (row && subject) return row.parameters(subject);
  return CALLS[full]?.(records) ?? naming(full, parameters, records);
}
