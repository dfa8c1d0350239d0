// `kms certs …`: certificate files, without any connection.

import { type CertificateDescription, inspectCertificates } from '../../../../certs-tool/index.ts';
import type { Command, CommandCall, Result } from '../command.ts';
import { CliError, EXIT } from '../failures.ts';
import { promptSecret, readBytes, readFirstLine, reason } from '../input.ts';
import type { Terminal } from '../terminal.ts';

export const CERTIFICATE_COMMANDS: readonly Command[] = [
  {
    path: 'certs inspect',
    summary: 'show what is in certificate files, PEM or PKCS#12; needs no instance',
    examples: [
      'certs inspect rootca.pem client.pem',
      'certs inspect client.p12 --password-file client.password',
    ],
    args: [{ name: 'file', description: 'PEM or PKCS#12 files', variadic: true }],
    options: [
      {
        flag: '--password-file',
        value: 'FILE',
        description: 'its first line opens the PKCS#12 files (- for standard input); asked for otherwise',
      },
    ],
    connects: false,
    json: true,
    run: inspect,
  },
];

interface Inspected {
  readonly file: string;
  readonly certificates: readonly CertificateDescription[];
}

async function inspect(call: CommandCall): Promise<Result> {
  const password = passwordOnce(call);
  const inspected: Inspected[] = [];
  for (const file of call.values.get('file') ?? []) {
    const content = await readBytes(file, call.host);
    const secret = isPem(content) ? '' : await password();
    inspected.push({ file, certificates: await certificatesIn(file, content, secret) });
  }
  return { json: inspected, show: (terminal) => show(inspected, terminal) };
}

/** Asked for at most once, and only when a file needs it. */
function passwordOnce(call: CommandCall): () => Promise<string> {
  let password: Promise<string> | undefined;
  const file = call.value('--password-file');
  return () => {
    password ??= file === undefined ? promptSecret('Password', call.host) : readFirstLine(file, call.host);
    return password;
  };
}

function isPem(content: Buffer): boolean {
  return content.includes('-----BEGIN CERTIFICATE-----');
}

async function certificatesIn(
  file: string,
  content: Buffer,
  password: string,
): Promise<CertificateDescription[]> {
  try {
    return await inspectCertificates(content, password);
  } catch (error) {
    throw new CliError(EXIT.refused, `${file}: ${reason(error)}`, { cause: error });
  }
}

function show(inspected: readonly Inspected[], { line, record }: Terminal): void {
  const all = inspected.flatMap(({ file, certificates }) => certificates.map((each) => ({ file, each })));
  for (const [index, { file, each }] of all.entries()) {
    if (index > 0) line('');
    record([
      ['File', file],
      ['Subject', each.subject],
      ['Issuer', each.issuer],
      ['Serial', each.serial],
      ['Valid from', each.notBefore],
      ['Valid to', each.notAfter],
      ['Names', each.names || '-'],
      ['Key', each.keyType],
      ['Authority', each.ca ? 'yes' : 'no'],
      ['SHA-256', each.fingerprint],
      ['Private key', each.privateKey ? 'in the file' : 'not in the file'],
    ]);
  }
}
