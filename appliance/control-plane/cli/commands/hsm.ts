// `kms hsm …`: the connection of an instance to its HSM cluster. An instance that waits for its cluster has no listener
// to ask: then connect and disconnect write what it takes over, and status reads what it says, in its data directory.

import { setTimeout as pause } from 'node:timers/promises';
import type { HsmConnectRequest } from '../../../core/ports/hsm-administration.ts';
import { connectOffline, disconnectOffline, HsmSettingsError } from '../../../hsm/offline.ts';
import { readWaiting } from '../../../ops/waiting-file.ts';
import { clusterFields } from '../../hsm-fields.ts';
import { answerText } from '../answer-fields.ts';
import type { AnswerBody, Parameters } from '../api-client.ts';
import type { Command, CommandCall, Result } from '../command.ts';
import { CliError, configurationError, EXIT, usageError } from '../failures.ts';
import { promptSecret, readBytes, readFirstLine, readText } from '../input.ts';
import { itemsAt } from '../paging.ts';
import { showCluster } from '../show-cluster.ts';

const POLL_MS = 500;

export const HSM_COMMANDS: readonly Command[] = [
  {
    path: 'hsm connect',
    summary:
      'connect the instance to its HSM cluster; also before its first start, and while it waits for the cluster',
    examples: [
      'hsm connect --cluster a=10.0.0.1:8020@zone-a,b=10.0.1.1:8020@zone-b --client client.p12 --password-file client.password --ca rootca.pem',
      'hsm connect --client client.p12 --password-file client.password --ca rootca.pem  # again, to the same members',
    ],
    options: [
      {
        flag: '--cluster',
        value: 'MEMBER',
        description: 'members, [NAME=]HOST:PORT[@ZONE]; those of the last time when left out',
        repeatable: true,
      },
      { flag: '--client', value: 'FILE', description: 'client.p12 of the security domain' },
      {
        flag: '--password-file',
        value: 'FILE',
        description: 'its first line opens client.p12; asked for otherwise',
      },
      {
        flag: '--ca',
        value: 'FILE',
        description: 'rootca.pem of the security domain (not of the control plane)',
      },
      { flag: '--server-name', value: 'NAME', description: "name that the members' certificates must have" },
      { flag: '--wait', value: 'SECONDS', description: 'for the instance to be connected', fallback: '30' },
    ],
    connects: true,
    json: true,
    run: connect,
  },
  {
    path: 'hsm disconnect',
    summary:
      'disconnect the instance from its HSM cluster, and forget the credentials; the members stay known',
    examples: ['hsm disconnect'],
    connects: true,
    json: true,
    async run(call) {
      const dataDir = call.unserved();
      if (dataDir !== null) await keeping(() => disconnectOffline(dataDir));
      const body = dataDir === null ? await call.api('DisconnectHsm', {}) : {};
      return { json: body, show: ({ line }) => line('Disconnected') };
    },
  },
  {
    path: 'hsm status',
    summary: 'show the connection, the members, and how each operation is done there',
    examples: [
      'hsm status',
      'hsm status --key-id alias/orders',
      'hsm status --data-dir /var/lib/kms  # also while it waits',
    ],
    options: [
      { flag: '--key-id', value: 'KEY', description: 'show on how many members this key can be used' },
    ],
    connects: true,
    json: true,
    run: status,
  },
  {
    path: 'hsm sync',
    summary: 'give the domain key to every member without one: a new one, or one whose token was emptied',
    examples: ['hsm sync'],
    connects: true,
    json: true,
    async run(call) {
      const body = await call.api('SyncHsmCluster', {});
      const rows = itemsAt(body, ['Members', 'Member']).map((row) =>
        [row['Name'], row['Outcome'], row['Error']].map(String),
      );
      return { json: body, show: ({ table }) => table(['MEMBER', 'OUTCOME', 'ERROR'], rows) };
    },
  },
];

async function connect(call: CommandCall): Promise<Result> {
  const waitMs = waitOf(call);
  const request = await requestOf(call);
  const dataDir = call.unserved();
  if (dataDir !== null) {
    await keeping(() => connectOffline(dataDir, request));
    const text = 'Kept: an instance that waits takes it over at once, another one when it starts';
    return { json: { Kept: dataDir }, show: ({ line }) => line(text) };
  }
  const body = await settled(await call.api('ConnectHsm', parametersOf(request)), call, waitMs);
  const [state, reason] = [answerText(body, 'State'), String(body['Reason'])];
  if (state !== 'Connected' && waitMs > 0) throw new CliError(EXIT.refused, `${state}: ${reason}`);
  return { json: body, show: (terminal) => showCluster(body, terminal) };
}

/** What the cluster is when it is no longer Connecting, or when the time is over. */
async function settled(answer: AnswerBody, call: CommandCall, waitMs: number): Promise<AnswerBody> {
  const endsAt = call.host.clock() + waitMs;
  let body = answer;
  while (body['State'] === 'Connecting' && call.host.clock() < endsAt) {
    call.terminal.progress(`Connecting: ${String(body['Reason'])}`);
    await pause(POLL_MS);
    body = await call.api('DescribeHsmCluster', {});
  }
  return body;
}

async function requestOf(call: CommandCall): Promise<HsmConnectRequest> {
  const [client, ca] = [call.value('--client'), call.value('--ca')];
  if ((client === undefined) !== (ca === undefined)) throw usageError('--client and --ca belong together');
  const request = { members: call.values.get('--cluster'), serverName: call.value('--server-name') };
  if (client === undefined || ca === undefined) return request;
  const file = call.value('--password-file');
  const password =
    file === undefined
      ? await promptSecret('Password of client.p12', call.host)
      : await readFirstLine(file, call.host);
  const credentials = {
    clientP12: await readBytes(client, call.host),
    password,
    rootCa: await readText(ca, call.host),
  };
  return { ...request, credentials };
}

function parametersOf({ members, serverName, credentials }: HsmConnectRequest): Parameters {
  return {
    ...(members && { Members: JSON.stringify(members) }),
    ...(serverName !== undefined && { ServerName: serverName }),
    ...(credentials && {
      ClientP12: credentials.clientP12.toString('base64'),
      Password: credentials.password,
      RootCa: credentials.rootCa,
    }),
  };
}

async function status(call: CommandCall): Promise<Result> {
  const dataDir = call.unserved();
  if (dataDir !== null) return waitingStatus(dataDir);
  const keyId = call.value('--key-id');
  const body = await call.api('DescribeHsmCluster', keyId === undefined ? {} : { KeyId: keyId });
  return { json: body, show: (terminal) => showCluster(body, terminal) };
}

function waitingStatus(dataDir: string): Result {
  const waiting = readWaiting(dataDir);
  if (waiting === null)
    throw configurationError(`no instance serves on ${dataDir}, and none waits for its HSM cluster`);
  const body = { ...clusterFields(waiting), AsOf: waiting.time };
  return {
    json: body,
    show: (terminal) => {
      terminal.line(`The instance waits for its HSM cluster (as of ${waiting.time}); its store is not open.`);
      showCluster(body, terminal);
    },
  };
}

/** What the data directory does not take. */
async function keeping(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : 'not written';
    const isGiven = error instanceof HsmSettingsError && error.parameter !== null;
    throw isGiven ? usageError(message) : configurationError(message, error);
  }
}

function waitOf(call: CommandCall): number {
  const text = call.value('--wait') ?? '';
  if (!/^\d{1,4}$/.test(text)) throw usageError('--wait: not a number of seconds');
  return Number(text) * 1000;
}
