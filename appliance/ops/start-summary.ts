// What a start prints: where the instance listens, which files hold what, and commands that try it out.

import { relative } from 'node:path';
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

function tryOut(dataPlane: string, config: Config): string[] {
  const files = quickstartFiles(config.dataDir);
  const path = (file: string): string => relative(process.cwd(), file);
  const flags =
    `--endpoint ${dataPlane} --client-key ${path(files.clientKey)} ` +
    `--password-file ${path(files.password)} --ca ${path(files.ca)}`;
  return [
    'Try it with the official SDKs (keys alias/quickstart-aes and alias/quickstart-sign):',
    '',
    '  Python   python3 -m pip install -r examples/python/requirements.txt',
    `           python3 examples/python/quickstart.py ${flags}`,
    `  Go       go -C examples/go run ./quickstart ${flags.replaceAll(/(?<=--(?:client-key|password-file|ca) )/g, '../../')}`,
    `  Java     mvn -q -f examples/java compile exec:java -Dexec.mainClass=Quickstart -Dexec.args="${flags}"`,
    `  PHP      php examples/php/quickstart.php ${flags}`,
    '',
  ];
}
