// The messages of the data plane for tests: a codec of its own, driven by the field tables of data-plane specification
// 4.2 as they stand there (s string, b bytes, i int32, o bool), so that the product's codec is never its own judge.

const ENCRYPT = 'KeyId s1, Plaintext b2, Algorithm s3, Aad b4, Iv b5, PaddingMode s6';
const DECRYPT = 'CiphertextBlob b1, KeyId s2, Algorithm s3, Aad b4, Iv b5, PaddingMode s6';
const ENCRYPTED = 'KeyId s1, CiphertextBlob b2, Iv b3, RequestId s4, Algorithm s5, PaddingMode s6';
const DECRYPTED = 'KeyId s1, Plaintext b2, RequestId s3, Algorithm s4, PaddingMode s5';
const DATA_KEY = 'KeyId s1, Iv b2, Plaintext b3, CiphertextBlob b4, RequestId s5, Algorithm s6';
const KEY_PAIR = 'KeyId s1, Algorithm s2, KeyPairSpec s3, KeyFormat s4, Aad b5';
const ADVANCE_KEY_PAIR = 'KeyId s1, KeyPairSpec s2, KeyFormat s3, Aad b4';
const PAIR =
  'KeyId s1, Iv b2, KeyPairSpec s3, PrivateKeyPlaintext b4, PrivateKeyCiphertextBlob b5, PublicKey b6, RequestId s7, Algorithm s8';
const PAIR_WITHOUT_PLAINTEXT =
  'KeyId s1, Iv b2, KeyPairSpec s3, PrivateKeyCiphertextBlob b4, PublicKey b5, RequestId s6, Algorithm s7';

/** Request and response of each API. PublicKey counts as bytes everywhere: on the wire text is bytes. */
const TABLE = {
  Encrypt: [ENCRYPT, ENCRYPTED],
  Decrypt: [DECRYPT, DECRYPTED],
  Sign: [
    'KeyId s1, Digest b2, Algorithm s3, Message b4, MessageType s5',
    'KeyId s1, Signature b2, RequestId s3, Algorithm s4, MessageType s5',
  ],
  Verify: [
    'KeyId s1, Digest b2, Signature b3, Algorithm s4, Message b5, MessageType s6',
    'KeyId s1, Value o2, RequestId s3, Algorithm s4, MessageType s5',
  ],
  Hmac: ['KeyId s1, Message b2', 'KeyId s1, Signature b2, RequestId s3'],
  GenerateRandom: ['Length i1', 'Random b1, RequestId s2'],
  GenerateDataKey: ['KeyId s1, Algorithm s2, NumberOfBytes i3, Aad b4', DATA_KEY],
  GetPublicKey: ['KeyId s1', 'KeyId s1, PublicKey b2, RequestId s3'],
  GetSecretValue: ['SecretName s1, VersionStage s2, VersionId s3, FetchExtendedConfig o4', 'SecretName s1'],
  AdvanceEncrypt: [ENCRYPT, `${ENCRYPTED}, KeyVersionId s7`],
  AdvanceDecrypt: [DECRYPT, `${DECRYPTED}, KeyVersionId s6`],
  AdvanceGenerateDataKey: ['KeyId s1, NumberOfBytes i2, Aad b3', `${DATA_KEY}, KeyVersionId s7`],
  GenerateDataKeyPair: [KEY_PAIR, PAIR],
  GenerateDataKeyPairWithoutPlaintext: [KEY_PAIR, PAIR_WITHOUT_PLAINTEXT],
  AdvanceGenerateDataKeyPair: [ADVANCE_KEY_PAIR, `${PAIR}, KeyVersionId s9`],
  AdvanceGenerateDataKeyPairWithoutPlaintext: [
    ADVANCE_KEY_PAIR,
    `${PAIR_WITHOUT_PLAINTEXT}, KeyVersionId s8`,
  ],
} as const;

export type Api = keyof typeof TABLE;
export const APIS = Object.keys(TABLE) as readonly Api[];

const ERROR = 'StatusCode i1, ErrorCode s2, ErrorMessage s3, RequestId s4';

export type Fields = Readonly<Record<string, string | Uint8Array | number | boolean>>;

/** Members of responses and errors. Which of them there are depends on the message: the others are undefined. */
export interface Reply {
  readonly StatusCode: number;
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
  readonly RequestId: string;
  readonly KeyId: string;
  readonly KeyVersionId: string;
  readonly Algorithm: string;
  readonly PaddingMode: string;
  readonly MessageType: string;
  readonly KeyPairSpec: string;
  readonly Value: boolean;
  readonly CiphertextBlob: Buffer;
  readonly Plaintext: Buffer;
  readonly Iv: Buffer;
  readonly Signature: Buffer;
  readonly Random: Buffer;
  readonly PublicKey: Buffer;
  readonly PrivateKeyPlaintext: Buffer;
  readonly PrivateKeyCiphertextBlob: Buffer;
}

interface Field {
  readonly name: string;
  readonly type: 's' | 'b' | 'i' | 'o';
  readonly number: number;
}

function fieldsOf(row: string): Field[] {
  return row.split(', ').map((text) => {
    const [, name = '', type, number] = /^(\w+) ([sbio])(\d+)$/.exec(text) ?? [];
    return { name, type: type as Field['type'], number: Number(number) };
  });
}

export function encodeRequest(api: Api, values: Fields): Buffer {
  const fields = fieldsOf(TABLE[api][0]);
  for (const name of Object.keys(values)) {
    if (!fields.some((field) => field.name === name)) throw new Error(`${api} has no field ${name}`);
  }
  return Buffer.concat(
    fields.flatMap(({ name, type, number }) => {
      const value = values[name];
      if (value === undefined) return [];
      if (type === 'i' || type === 'o') return [varintField(number, Number(value))];
      return [bytesField(number, typeof value === 'string' ? Buffer.from(value) : (value as Uint8Array))];
    }),
  );
}

export function bytesField(number: number, value: Uint8Array): Buffer {
  return Buffer.concat([varint((number << 3) | 2), varint(value.length), value]);
}

export function varintField(number: number, value: number): Buffer {
  return Buffer.concat([varint(number << 3), varint(value)]);
}

/** Negative numbers as ten bytes, as proto3 writes an int32. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
}

/** The Error of a failed request, or the API's response. @throws when the bytes are anything else */
export function decodeReply(api: Api, status: number, bytes: Buffer): Reply {
  return decode(fieldsOf(status === 200 ? TABLE[api][1] : ERROR), bytes);
}

export function decodeError(bytes: Buffer): Reply {
  return decode(fieldsOf(ERROR), bytes);
}

const EMPTY = { s: '', b: Buffer.alloc(0), i: 0, o: false };
const UTF8 = new TextDecoder('utf-8', { fatal: true });

function decode(fields: readonly Field[], bytes: Buffer): Reply {
  const reply: Record<string, string | Buffer | number | boolean> = {};
  for (const { name, type } of fields) reply[name] = EMPTY[type];
  let offset = 0;
  const readVarint = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes.readUInt8(offset);
      offset += 1;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (offset < bytes.length) {
    const tag = readVarint();
    const field = fields.find(({ number }) => number === Math.floor(tag / 8));
    if (!field) throw new Error(`the message has no field ${Math.floor(tag / 8)}`);
    const { name, type } = field;
    if ((tag & 7) !== (type === 'i' || type === 'o' ? 0 : 2))
      throw new Error(`${name} has a wrong wire type`);
    const value = readVarint();
    if (type === 'i' || type === 'o') {
      reply[name] = type === 'o' ? value !== 0 : value;
      continue;
    }
    if (offset + value > bytes.length) throw new Error(`${name} is cut short`);
    const content = bytes.subarray(offset, offset + value);
    offset += value;
    reply[name] = type === 's' ? UTF8.decode(content) : Buffer.from(content);
  }
  return reply as unknown as Reply;
}
