// Options that commands share: the connection, and the form of the output.

import type { Command, Option } from './command.ts';

export const CONNECTION_OPTIONS: readonly Option[] = [
  { flag: '--endpoint', value: 'HOST:PORT', description: 'control plane to call' },
  { flag: '--ca', value: 'FILE', description: 'certificate authorities of the instance (PEM)' },
  {
    flag: '--access-key-file',
    value: 'FILE',
    description: 'JSON with AccessKeyId and AccessKeySecret (- for standard input)',
  },
  { flag: '--client-cert', value: 'FILE', description: 'certificate to present to the control plane (PEM)' },
  { flag: '--client-key', value: 'FILE', description: 'private key of --client-cert (PEM)' },
  { flag: '--data-dir', value: 'DIR', description: 'data directory of a local instance' },
  { flag: '--timeout', value: 'SECONDS', description: 'time limit of each request', fallback: '30' },
];

export const JSON_OPTION: Option = { flag: '--json', description: 'print JSON, for scripts' };

/** Those that the command has no option of its own for: `--ca` of `hsm connect` is the HSM's. */
export function connectionOptionsOf({ connects, options = [] }: Command): readonly Option[] {
  if (!connects) return [];
  return CONNECTION_OPTIONS.filter(({ flag }) => options.every((own) => own.flag !== flag));
}

/** Every flag a command takes. */
export function flagsOf(command: Command): { flag: string; takesValue: boolean }[] {
  const own = command.options ?? [];
  const shared = [...(command.json ? [JSON_OPTION] : []), ...connectionOptionsOf(command)];
  return [
    ...[...own, ...shared].map(({ flag, value }) => ({ flag, takesValue: value !== undefined })),
    { flag: '--help', takesValue: false },
  ];
}
