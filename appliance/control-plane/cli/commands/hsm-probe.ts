// `kms hsm probe`: what a PKCS#11 token can do and what follows from what it cannot, without any instance. The module
// runs in a process of its own.

import { HsmError, type ProbeReport, probe } from '../../../hsm/offline.ts';
import type { Command, CommandCall, Result } from '../command.ts';
import { CliError, EXIT } from '../failures.ts';
import type { Terminal } from '../terminal.ts';

/** What an instance goes without when the token can do an operation in no way. */
const CONSEQUENCES: Readonly<Record<string, string>> = {
  AES_GCM:
    'no AES keys of use: AES_GCM is the default, and the root key needs it: the product cannot be used',
  AES_CBC: 'AES_CBC answers UnsupportedOperation',
  AES_CBC_PKCS7: 'AES_CBC with PKCS7_PADDING answers UnsupportedOperation',
  AES_ECB: 'AES_ECB answers UnsupportedOperation',
  AES_ECB_PKCS7: 'AES_ECB with PKCS7_PADDING answers UnsupportedOperation',
  RSA_OAEP_SHA_256: 'RSA keys decrypt nothing, and key material is not imported under RSA-OAEP',
  RSA_OAEP_SHA_1: 'RSAES_OAEP_SHA_1 answers UnsupportedOperation',
  RSA_PSS_SHA_256: 'RSA_PSS_SHA_256 answers UnsupportedOperation',
  RSA_PKCS1_SHA_256: 'RSA_PKCS1_SHA_256 answers UnsupportedOperation',
  ECDSA_SHA_256:
    'EC keys sign nothing, and the audit log has no key to be sealed with: the product cannot be used',
  ECDH: 'EC keys decrypt nothing',
  RSA_UNWRAP: 'key material is not imported under RSA PKCS#1 v1.5',
  GENERATE_AES: 'no AES keys and no root key: the product cannot be used',
  GENERATE_RSA: 'no RSA keys',
  GENERATE_EC: 'no EC keys, also not that of the audit log: the product cannot be used',
  GENERATE_SM4: 'no Aliyun_SM4 keys',
  GENERATE_SM2: 'no EC_SM2 keys',
  DOMAIN_KEY: 'keys cannot be wrapped or handed to another member: the product cannot be used',
};
const OTHERWISE = 'what needs it answers UnsupportedOperation';
const WHERE = {
  token: 'in the token',
  'token+node': 'in the token and beside it',
  missing: 'MISSING',
} as const;

export const HSM_PROBE: Command = {
  path: 'hsm probe',
  summary:
    'report what a PKCS#11 token can do, what follows from what it cannot, and how fast it is; needs no instance',
  examples: [
    'hsm probe --module /usr/lib/softhsm/libsofthsm2.so --token-label kms-a --pin-file pin',
    'hsm probe --module /opt/hsm/lib/libpkcs11.so --token-label 0123456789 --pin-file pin --json',
  ],
  options: [
    { flag: '--module', value: 'FILE', description: 'PKCS#11 module of the product', required: true },
    {
      flag: '--token-label',
      value: 'LABEL',
      description: 'label or serial number of the token',
      required: true,
    },
    { flag: '--pin-file', value: 'FILE', description: 'file of mode 0600 with the PIN', required: true },
  ],
  connects: false,
  json: true,
  run: report,
};

async function report(call: CommandCall): Promise<Result> {
  const value = (flag: string): string => call.value(flag) ?? '';
  call.terminal.progress('probing the token …');
  const token = { module: value('--module'), token: value('--token-label'), pinFile: value('--pin-file') };
  const found = await probe(token, call.host.environment).catch((error: unknown) => {
    throw error instanceof HsmError ? new CliError(EXIT.refused, error.message, { cause: error }) : error;
  });
  const consequences = found.support
    .filter(({ where }) => where === 'missing')
    .map(({ operation }) => ({ operation, consequence: CONSEQUENCES[operation] ?? OTHERWISE }));
  return { json: { ...found, consequences }, show: (terminal) => show(found, consequences, terminal) };
}

function show(
  { token, vendor, mechanismCount, mechanisms, support, speed }: ProbeReport,
  consequences: readonly { readonly operation: string; readonly consequence: string }[],
  { line, record, table }: Terminal,
): void {
  const missing = mechanisms.filter(({ there }) => !there).map(({ name }) => name);
  record([
    ['Token', `${token.label} (serial ${token.serial})`],
    ['Product', `${token.manufacturer} ${token.model}`],
    ['Vendor file', vendor],
    [
      'Mechanisms',
      `${mechanismCount}, ${mechanisms.length - missing.length} of the ${mechanisms.length} that can be used`,
    ],
    ['Without', missing.join(', ') || 'none is missing'],
  ]);
  line('');
  table(
    ['OPERATION', 'DONE', 'WAY'],
    support.map(({ operation, where, way }) => [operation, WHERE[where], way ?? '-']),
  );
  line('');
  for (const { operation, consequence } of consequences) line(`Without ${operation}: ${consequence}.`);
  if (consequences.length === 0) line('Nothing is missing.');
  line('');
  table(
    ['MEASURED, ONE AFTER THE OTHER', 'A SECOND'],
    speed.map(({ what, perSecond, error }) => [
      what,
      perSecond === null ? `refused: ${error}` : String(perSecond),
    ]),
  );
}
