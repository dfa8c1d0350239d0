// The programs that administer the instance through the tools people have, one row each.

import { join } from 'node:path';
import {
  type Command,
  type CommandOf,
  prepareGo,
  prepareJava,
  prepareNode,
  preparePython,
} from './toolchains.ts';

type Language = 'node' | 'python' | 'go' | 'java';

interface Row {
  /** Names its RAM user, and all that it makes. */
  readonly name: string;
  /** As docs/compatibility.md names it. */
  readonly client: string;
  readonly language: Language;
  readonly program: string;
  /** Another program, which imports keys the way the documentation does it with this client. */
  readonly importing?: string;
  /** Checks of the first row that it leaves out, because the client offers no way. */
  readonly without?: readonly string[];
}

const OLD_TIME = 'an old time is refused with InvalidTimeStamp.Expired';
const USED_NONCE = 'a nonce that was used is refused with SignatureNonceUsed';

/**
 * In the order they run. The last one calls every action, ConnectKmsInstance among them: then GetKmsInstance names zones,
 * which the models of Go's SDKs cannot hold.
 */
export const ADMIN_CLIENTS: readonly Row[] = [
  {
    name: 'openapi-client',
    client: '@alicloud/openapi-client 0.4.15',
    language: 'node',
    program: 'openapi-client.mjs',
  },
  {
    name: 'npm-kms20160120',
    client: '@alicloud/kms20160120 1.2.0',
    language: 'node',
    program: 'kms20160120.mjs',
  },
  {
    name: 'pip-kms20160120',
    client: 'alibabacloud-kms20160120 3.3.1 (Python)',
    language: 'python',
    program: 'tea.py',
  },
  {
    name: 'aliyun-python-sdk',
    client: 'aliyun-python-sdk-kms 2.16.5',
    language: 'python',
    program: 'classic.py',
  },
  {
    name: 'go-kms-20160120',
    client: 'alibabacloud-go/kms-20160120 3.2.3',
    language: 'go',
    program: 'tea',
  },
  {
    name: 'alibaba-cloud-sdk-go',
    client: 'alibaba-cloud-sdk-go 1.63.107',
    language: 'go',
    program: 'classic',
    without: [OLD_TIME],
  },
  {
    name: 'aliyun-java-sdk',
    client: 'aliyun-java-sdk-kms 2.16.6',
    language: 'java',
    program: 'admin.Administer',
    importing: 'admin.ImportKeys',
    without: [OLD_TIME, USED_NONCE],
  },
  { name: 'pop-core', client: '@alicloud/pop-core 1.8.0', language: 'node', program: 'pop-core.mjs' },
];

export interface AdminProgram extends Omit<Row, 'importing'> {
  readonly command: Command;
  readonly importCommand: Command | null;
}

interface Folders {
  readonly examples: string;
  readonly cache: string;
  /** Exists; for what is compiled. */
  readonly build: string;
}

/** Downloads what is not in the cache yet and builds. */
export async function prepareAdminPrograms({ examples, cache, build }: Folders): Promise<AdminProgram[]> {
  const folders = (language: Language) => ({
    source: join(examples, 'admin', language),
    cache,
    build: join(build, `admin-${language}`),
  });
  const [node, python, go, java] = await Promise.all([
    prepareNode(folders('node')),
    preparePython(folders('python')),
    prepareGo(folders('go'), ['./tea', './classic']),
    prepareJava(folders('java')),
  ]);
  const commands: Readonly<Record<Language, CommandOf>> = { node, python, go, java };
  return ADMIN_CLIENTS.map(({ importing, ...row }) => {
    const commandOf = commands[row.language];
    const importCommand = importing === undefined ? null : commandOf(importing);
    return { ...row, command: commandOf(row.program), importCommand };
  });
}
