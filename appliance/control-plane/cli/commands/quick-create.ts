// `kms aap quick-create`: what the product's console calls quick creation. One command makes a network rule, a policy, an
// access point and a Client Key, and writes what the application needs into a folder. It makes all of it or nothing.

import { join } from 'node:path';
import { answerText } from '../answer-fields.ts';
import type { Parameters } from '../api-client.ts';
import { clientKeyFile, instanceFields, newPassword } from '../client-key-files.ts';
import type { Command, CommandCall, Result } from '../command.ts';
import { ServiceError, usageError } from '../failures.ts';
import { encodeField } from '../fields.ts';
import { reserveFiles } from '../new-files.ts';
import { allOrNothing, type Undoing } from '../undo.ts';

export const QUICK_CREATE: Command = {
  path: 'aap quick-create',
  summary: 'create rule, policy, access point and Client Key for an application in one step',
  examples: [
    "aap quick-create --name orders --allow 'key/*' --from 10.0.0.0/8 --out orders-kms",
    'aap quick-create --name mail --allow alias/mail --from 10.1.2.3,10.1.2.4 --out mail-kms --json',
  ],
  options: [
    {
      flag: '--name',
      value: 'NAME',
      required: true,
      description: 'name of the access point, the policy and the network rule',
    },
    {
      flag: '--allow',
      value: 'RESOURCE',
      required: true,
      repeatable: true,
      description: 'key/*, key/KEY_ID, alias/NAME, secret/NAME',
    },
    {
      flag: '--from',
      value: 'ADDRESS',
      required: true,
      repeatable: true,
      description: 'where the application runs: addresses or CIDR blocks',
    },
    {
      flag: '--out',
      value: 'DIR',
      required: true,
      description: 'folder for client-key.json, client-key.password, ca.pem',
    },
  ],
  connects: true,
  json: true,
  run: quickCreate,
};

interface Request {
  readonly name: string;
  readonly resources: readonly string[];
  readonly sources: readonly string[];
  readonly files: { readonly clientKey: string; readonly password: string; readonly ca: string };
  readonly signal: AbortSignal;
}

async function quickCreate(call: CommandCall): Promise<Result> {
  const request = requestOf(call);
  const { name, files } = request;
  const ca = answerText(await instanceFields(call), 'CaCertificateChainPem');
  await requireFreeNames(call, name);
  const clientKeyId = await allOrNothing(call.terminal, (undoing) => create(call, request, ca, undoing));
  const fields = [
    ['access point', name],
    ['policy', `${name} (${request.resources.join(', ')})`],
    ['network rule', `${name} (${request.sources.join(', ')})`],
    ['Client Key', clientKeyId],
    ['Client Key file', files.clientKey],
    ['password file', files.password],
    ['CA file', files.ca],
  ] as const;
  return {
    json: { Name: name, ClientKeyId: clientKeyId, Files: files },
    show: ({ record }) => record(fields),
  };
}

function requestOf(call: CommandCall): Request {
  const folder = call.value('--out') ?? '';
  return {
    name: call.value('--name') ?? '',
    resources: call.values.get('--allow') ?? [],
    sources: call.values.get('--from') ?? [],
    files: {
      clientKey: join(folder, 'client-key.json'),
      password: join(folder, 'client-key.password'),
      ca: join(folder, 'ca.pem'),
    },
    signal: call.host.interruption(),
  };
}

const KINDS = [
  { describe: 'DescribeNetworkRule', what: 'network rule' },
  { describe: 'DescribePolicy', what: 'policy' },
  { describe: 'DescribeApplicationAccessPoint', what: 'access point' },
] as const;

/** Known before anything is made: so nothing that is taken back later can be somebody else's. */
async function requireFreeNames(call: CommandCall, name: string): Promise<void> {
  for (const { describe, what } of KINDS) {
    try {
      await call.api(describe, { Name: name });
    } catch (error) {
      if (error instanceof ServiceError && error.code === 'Forbidden.ResourceNotFound') continue;
      throw error;
    }
    throw usageError(`there is a ${what} ${name} already: choose another name`);
  }
}

async function create(call: CommandCall, request: Request, ca: string, { step }: Undoing): Promise<string> {
  const { name, files, signal } = request;
  const Name = name;
  const act = (action: string, parameters: Parameters) => () => call.api(action, parameters, { signal });
  const undo = (action: string) => () => call.api(action, { Name });

  const paths = [files.clientKey, files.password, files.ca];
  // Undone first, so removed last: nothing is left on disk whichever step fails.
  const output = await reserveFiles(paths);
  await step('files', () => Promise.resolve(), output.discard);
  await step(
    'network rule',
    act('CreateNetworkRule', await ruleOf(call, request)),
    undo('DeleteNetworkRule'),
  );
  await step('policy', act('CreatePolicy', await policyOf(call, request)), undo('DeletePolicy'));
  await step(
    'access point',
    act('CreateApplicationAccessPoint', {
      Name,
      Policies: JSON.stringify([name]),
      AuthenticationMethod: 'ClientKey',
    }),
    undo('DeleteApplicationAccessPoint'),
  );
  const password = newPassword(call);
  // Goes with its access point.
  const answer = await step('Client Key', act('CreateClientKey', { AapName: name, Password: password }), () =>
    Promise.resolve(),
  );
  await output.write(files.password, password);
  await output.write(files.ca, ca);
  await output.write(files.clientKey, clientKeyFile(answer));
  return answerText(answer, 'ClientKeyId');
}

async function ruleOf({ host }: CommandCall, { name, sources }: Request): Promise<Parameters> {
  return { Name: name, Type: 'Private', SourcePrivateIp: await encodeField('list', sources, host) };
}

/** The roles that the resources need: that of key users, of secret users, or both. */
async function policyOf({ host }: CommandCall, { name, resources }: Request): Promise<Parameters> {
  const secrets = resources.filter((resource) => /^secret\//i.test(resource)).length;
  const roles = [
    ...(secrets < resources.length ? ['CryptoServiceKeyUser'] : []),
    ...(secrets > 0 ? ['CryptoServiceSecretUser'] : []),
  ];
  return {
    Name: name,
    Permissions: await encodeField('roles', roles, host),
    Resources: await encodeField('list', resources, host),
    AccessControlRules: await encodeField('networkRules', [name], host),
  };
}
