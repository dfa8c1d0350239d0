// What a start prints: where the instance listens, which files hold what, and commands that try it out.

import { relative, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { quickstartFiles } from './bootstrap.ts';

export interface StartedEndpoints {
  readonly instanceId: string;
  readonly dataPlane: string;
  readonly controlPlane: string;
  readonly firstStart: boolean;
}

export function startSummary(started: StartedEndpoints, config: Config): string {
  const lines = [
    '',
    `Dedicated KMS instance ${started.instanceId} (${config.edition} edition) is ready.`,
    '',
    `  data plane      https://${started.dataPlane}   dkms-gcs SDKs, signed with a Client Key`,
    `  control plane   https://${started.controlPlane}   KMS OpenAPI, signed with an AccessKey`,
    `  data            ${config.dataDir}`,
    '  root AccessKey  root-accesskey.json   (keep it elsewhere and delete it here)',
    '  CA chain        ca.pem',
    '',
  ];
  if (started.firstStart && config.quickstart) lines.push(...tryOut(started.dataPlane, config));
  return `${lines.join('\n')}\n`;
}

/** Commands for a shell at the root of the repository, as a reader pastes them. */
function tryOut(dataPlane: string, config: Config): string[] {
  const files = quickstartFiles(config.dataDir);
  const flags = (from: string): string => {
    const path = (file: string): string => shellWord(relative(from, file));
    return (
      `--endpoint ${dataPlane} --client-key ${path(files.clientKey)} ` +
      `--password-file ${path(files.password)} --ca ${path(files.ca)}`
    );
  };
  const here = flags(process.cwd());
  // Go runs the program in the folder of its module.
  const fromGo = flags(resolve('examples/go'));
  return [
    'Try it with the official SDKs (keys alias/quickstart-aes and alias/quickstart-sign):',
    '',
    '  Python   python3 -m venv examples/python/.venv',
    '           examples/python/.venv/bin/pip install -q -r examples/python/requirements.txt',
    `           examples/python/.venv/bin/python examples/python/quickstart.py ${here}`,
    `  Go       go -C examples/go run ./quickstart ${fromGo}`,
    `  Java     mvn -q -f examples/java compile exec:java -Dexec.mainClass=Quickstart -Dexec.args="${here}"`,
    '  PHP      composer install -q -d examples/php',
    `           php examples/php/quickstart.php ${here}`,
    '',
  ];
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
