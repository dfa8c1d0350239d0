// "Never a payload": marked plaintexts, passwords, tokens, policies and the like go through every action and every API of one
// instance. No mark, and no secret that the instance answered with, is then in its audit files, its logs, the errors it
// answered, or its store on disk. Design section 9, invariant 4.

import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../appliance/config.ts';
import { ACTIONS } from '../../appliance/control-plane/action-table.ts';
import { startInstance } from '../../appliance/instance.ts';
import type { DkmsClient } from '../support/dkms-client.ts';
import { APIS, type Fields } from '../support/dkms-messages.ts';
import { quickstartClient, rootClient } from '../support/instance.ts';
import { policyText } from '../support/ram-user.ts';
import { exchange, openRaw } from '../support/raw-connection.ts';
import type { RpcClient } from '../support/rpc-client.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { wrap } from '../support/wrapping-side.ts';

const MARK = 'Qz7Payload4711';
const MARKED = Buffer.from(`${MARK}-${MARK}-${MARK}`);
const TEXT = MARKED.toString('base64');
const PASSWORD = `${MARK}-password-1`;
const MARKED_JSON = JSON.stringify({ [MARK]: MARK });
/** Where administrators see it again it is no secret, but it is no matter of the logs either. */
const RAM_DOCUMENT = policyText({ Action: 'kms:*', Resource: `acs:kms:*:*:key/${MARK}` });
const KEY_POLICY = JSON.stringify({
  Version: '1',
  Statement: [
    {
      Sid: MARK,
      Effect: 'Allow',
      Principal: { RAM: ['acs:ram::1000000000000001:*'] },
      Action: ['kms:*'],
      Resource: ['*'],
    },
  ],
});
const WRAPPING = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .publicKey.export({ type: 'spki', format: 'der' })
  .toString('base64');

/** Members of answers that only the caller may ever see. */
const SECRET_MEMBERS = [
  'Plaintext',
  'PrivateKeyData',
  'AccessKeySecret',
  'PrivateKeyPlaintext',
  'Random',
  'ExportedDataKey',
];
/** In plain, and as parts of longer base64 texts at each of the three offsets, and as hex. */
const FORMS = [
  MARK,
  Buffer.from(MARK).toString('hex'),
  ...[0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), Buffer.from(MARK)]).toString('base64');
    return text.slice(offset === 0 ? 0 : 4, 16);
  }),
];

class Gathered {
  readonly errors: string[] = [];
  readonly secrets = new Set<string>();

  noteAnswer(body: unknown): void {
    JSON.stringify(body, (name, value: unknown) => {
      if (SECRET_MEMBERS.includes(name)) this.noteSecret(value);
      return value;
    });
  }

  noteSecret(value: unknown): void {
    const bytes = Buffer.isBuffer(value) ? value : bytesOf(value);
    if (bytes.length < 12) return;
    for (const encoding of ['latin1', 'base64', 'hex'] as const) {
      this.secrets.add(bytes.toString(encoding).slice(0, 24));
    }
  }
}

/** Buffers reach a replacer as `{ type, data }`. */
function bytesOf(value: unknown): Buffer {
  if (typeof value === 'string') return Buffer.from(value);
  const { data } = value as { readonly data?: readonly number[] };
  return Buffer.from(data ?? []);
}

/** Those of the parameters that have a value of the right shape here. */
function fieldsOf(names: readonly string[], keyId: string): Record<string, string> {
  const known: Readonly<Record<string, string>> = {
    KeyId: keyId,
    DestinationKeyId: keyId,
    Plaintext: TEXT,
    Digest: MARKED.subarray(0, 32).toString('base64'),
    EncryptionContext: MARKED_JSON,
    Policy: KEY_POLICY,
    PolicyDocument: RAM_DOCUMENT,
    Password: PASSWORD,
    CiphertextBlob: TEXT,
    Message: TEXT,
    PublicKeyBlob: WRAPPING,
    WrappingKeySpec: 'RSA_2048',
    WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
  };
  return Object.fromEntries(
    names.filter((name) => name in known).map((name) => [name, known[name] ?? ''] as const),
  );
}

async function administer(client: RpcClient, gathered: Gathered): Promise<void> {
  const call = async (action: string, fields: Record<string, string>, version?: string): Promise<unknown> => {
    const { status, text, body } = await client.call(
      action,
      fields,
      version === undefined ? {} : { version },
    );
    if (status === 200) gathered.noteAnswer(body);
    else gathered.errors.push(text);
    return body;
  };
  const { KeyMetadata } = (await client.call('CreateKey', { Policy: KEY_POLICY })).body;
  const keyId = KeyMetadata.KeyId;
  const encrypted = (await client.call('Encrypt', { KeyId: keyId, Plaintext: TEXT })).body;
  const { CiphertextBlob } = encrypted;
  await call('Decrypt', { CiphertextBlob });
  await importMarked(client, call);
  await call('Decrypt', { CiphertextBlob, EncryptionContext: MARKED_JSON });
  await call('GenerateDataKey', { KeyId: keyId });
  await call('CreateClientKey', { AapName: 'quickstart', Password: PASSWORD });
  await call('CreateUser', { UserName: 'user' }, '2015-05-01');
  await call('CreateAccessKey', { UserName: 'user' }, '2015-05-01');
  await call('CreatePolicy', { PolicyName: 'policy', PolicyDocument: RAM_DOCUMENT }, '2015-05-01');
  for (const { name, api, parameters } of ACTIONS) {
    const fields = fieldsOf(parameters, keyId);
    await call(name, fields, api.version);
    // The same with the mark itself where no such value is expected: a refusal must not repeat it.
    const secret = parameters.filter((each) => SECRET_PARAMETERS.test(each));
    const marked = Object.fromEntries(secret.map((each) => [each, MARK] as const));
    if (secret.length > 0) await call(name, { ...fields, ...marked }, api.version);
    // Nor does what is recorded of a request whose signature is wrong; its answer shows the sender what it signed.
    await client.call(
      name,
      { ...fields, ...marked, SecurityToken: TEXT },
      { version: api.version, secret: PASSWORD },
    );
  }
  await call(MARK, { Plaintext: TEXT });
  // One of the actions has switched the records of the data plane off.
  await call('EnableAuditLog', {});
}

/** Requests that are none, with marks wherever there is room. */
async function intrude(ports: readonly number[], ca: string, gathered: Gathered): Promise<void> {
  const query = `Action=Encrypt&Version=2016-01-20&Plaintext=${MARK}&SecurityToken=${MARK}&Signature=${MARK}`;
  const attempts = [
    `GET /?${query} HTTP/1.1\r\nhost: localhost\r\nauthorization: ${MARK}\r\nconnection: close\r\n\r\n`,
    `POST /${MARK} HTTP/1.1\r\nhost: localhost\r\nx-kms-${MARK}: ${MARK}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
    `${MARK} / HTTP/9.9\r\n${MARK}\r\n\r\n`,
  ];
  for (const port of ports) {
    for (const attempt of attempts) {
      const answers = await exchange(await openRaw({ port, ca }), attempt);
      expect(answers.map(({ status }) => status >= 400)).toEqual([true]);
      gathered.errors.push(...answers.map(({ body }) => body.toString('latin1')));
    }
  }
}

/** Material that is the mark, taken in, and refused for its length and for being another's. */
async function importMarked(
  client: RpcClient,
  call: (action: string, fields: Record<string, string>) => Promise<unknown>,
): Promise<void> {
  const { KeyId } = (await client.call('CreateKey', { Origin: 'EXTERNAL' })).body.KeyMetadata;
  const way = { WrappingAlgorithm: 'RSAES_PKCS1_V1_5', WrappingKeySpec: 'RSA_2048' } as const;
  const { body } = await client.call('GetParametersForImport', { KeyId, ...way });
  const { ImportToken = '', PublicKey = '' } = body as unknown as Record<string, string>;
  const spki = Buffer.from(PublicKey, 'base64');
  const importing = (material: Buffer) => {
    const EncryptedKeyMaterial = wrap(spki, way.WrappingAlgorithm, material).toString('base64');
    return call('ImportKeyMaterial', { KeyId, ImportToken, EncryptedKeyMaterial });
  };
  await importing(MARKED.subarray(0, 31));
  await importing(MARKED.subarray(0, 32));
  expect((await client.call('DescribeKey', { KeyId })).body.KeyMetadata.KeyState).toBe('Enabled');
  await importing(MARKED.subarray(1, 33));
}

/** Parameters that carry what only the caller may know; names and descriptions are not among them. */
const SECRET_PARAMETERS =
  /Plaintext|Password|Context|Digest|Value|Mac|Message|^Policy$|Document|Recipient|Blob|Material(?!ExpireUnix)|Token|Secret/;

async function use(client: DkmsClient, gathered: Gathered): Promise<void> {
  const [aes, signing] = ['alias/quickstart-aes', 'alias/quickstart-sign'];
  const { CiphertextBlob, Iv } = await client.ok('Encrypt', { KeyId: aes, Plaintext: MARKED, Aad: MARKED });
  const opened = await client.ok('Decrypt', { KeyId: aes, CiphertextBlob, Iv, Aad: MARKED });
  expect(opened.Plaintext).toEqual(MARKED);
  const calls: Readonly<Record<string, Fields>> = {
    Encrypt: { Plaintext: MARKED, Algorithm: MARK },
    Decrypt: { CiphertextBlob: MARKED, Iv, Aad: MARKED },
    Sign: { KeyId: signing, Message: MARKED, MessageType: 'RAW' },
    Verify: { KeyId: signing, Message: MARKED, MessageType: 'RAW', Signature: MARKED },
    Hmac: { Message: MARKED },
    GenerateRandom: { Length: 32 },
    GenerateDataKey: { NumberOfBytes: 32, Aad: MARKED },
    GetPublicKey: { KeyId: signing },
    GetSecretValue: { SecretName: 'name' },
    AdvanceEncrypt: { Plaintext: MARKED, Aad: MARKED },
    AdvanceDecrypt: { CiphertextBlob: MARKED, Aad: MARKED },
    AdvanceGenerateDataKey: { NumberOfBytes: 32, Aad: MARKED },
  };
  const pair = { KeyPairSpec: 'EC_P256', KeyFormat: 'DER', Aad: MARKED };
  for (const api of APIS) {
    const fields = api === 'GetSecretValue' || api === 'GenerateRandom' ? {} : { KeyId: aes };
    const { code, reply, body } = await client.call(api, { ...fields, ...(calls[api] ?? pair) });
    if (code === 'none') gathered.noteAnswer(reply);
    else gathered.errors.push(body.toString('latin1'));
  }
  const { body } = await client.callBytes('Encrypt', MARKED);
  gathered.errors.push(body.toString('latin1'));
}

function filesUnder(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test('no payload that went through an instance is in its audit, its logs, its errors or its store', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  const logged: string[] = [];
  const log = (details: object, message: string): void => {
    logged.push(JSON.stringify({ ...details, message }, describeError));
  };
  const settings = {
    KMS_DATA_DIR: dataDir,
    KMS_DATA_PLANE_PORT: '0',
    KMS_CONTROL_PLANE_PORT: '0',
    KMS_PROCESSES: '1',
    KMS_CONTROL_PLANE_FAILED_AUTHENTICATIONS_PER_MINUTE: '0',
  };
  const instance = await startInstance({
    config: loadConfig(null, settings),
    logger: { debug: log, info: log, warn: log, error: log },
  });
  const admin = rootClient(dataDir, instance);
  const app = quickstartClient(dataDir, instance);
  onTestFinished(() => {
    admin.close();
    app.close();
  });
  const gathered = new Gathered();
  await administer(admin, gathered);
  await use(app, gathered);
  const ports = [instance.dataPlane, instance.controlPlane].map((endpoint) =>
    Number(endpoint.split(':').at(-1)),
  );
  await intrude(ports, readFileSync(join(dataDir, 'ca.pem'), 'utf8'), gathered);
  const { AccessKeySecret } = JSON.parse(readFileSync(join(dataDir, 'root-accesskey.json'), 'utf8')) as {
    AccessKeySecret: string;
  };
  gathered.noteSecret(AccessKeySecret);
  gathered.noteSecret(readFileSync(join(dataDir, 'quickstart', 'client-key.password'), 'utf8').trim());
  await instance.stop();
  expect(gathered.secrets.size).toBeGreaterThan(20);
  expect(gathered.errors.length).toBeGreaterThan(20);

  const written = new Map([
    ['log', logged.join('\n')],
    ['errors', gathered.errors.join('\n')],
  ]);
  for (const directory of ['audit', 'store', 'requests']) {
    for (const file of filesUnder(join(dataDir, directory))) written.set(file, readFileSync(file, 'latin1'));
  }
  expect(
    [...written.keys()].filter((name) => /audit-.*\.(?:log|jsonl)$|data\.mdb$/.test(name)).length,
  ).toBeGreaterThanOrEqual(4);
  expect(written.get('log')).not.toBe('');
  // Every API of both planes went through it, and what was none as well.
  const recorded = recordedApis(written);
  expect([...APIS, ...ACTIONS.map(({ name }) => name), ''].filter((api) => !recorded.has(api))).toEqual([]);
  const found = [...written].flatMap(([name, text]) =>
    [...FORMS, ...gathered.secrets]
      .filter((secret) => text.includes(secret))
      .map((secret) => `${secret} in ${name}`),
  );
  expect(found).toEqual([]);
}, 60_000);

function recordedApis(written: ReadonlyMap<string, string>): Set<string | undefined> {
  const lines = [...written]
    .filter(([name]) => name.endsWith('.jsonl'))
    .flatMap(([, text]) => text.split('\n'));
  return new Set(lines.map((line) => /"api_name":"(\w*)"/.exec(line)?.[1]));
}

/** As the product's logger writes errors. */
function describeError(_name: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return { message: value.message, stack: value.stack, cause: value.cause };
}
