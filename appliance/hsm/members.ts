// The members of an HSM cluster as an operator writes them, one text a member: `[NAME=]ADDRESS[@ZONE]`. An address is
// `HOST:PORT` (hsm-node over mutual TLS), `unix:/path` (hsm-node on this machine), or a PKCS#11 URI (RFC 7512) of a token
// that a child process of the instance opens: `pkcs11:token=LABEL?module-path=/lib/x.so&pin-source=/etc/kms/pin`.

export type MemberAddress =
  | { readonly type: 'tls'; readonly host: string; readonly port: number }
  | { readonly type: 'unix'; readonly path: string }
  | { readonly type: 'module'; readonly module: string; readonly token: string; readonly pinFile: string };

export interface Member {
  /** Unique in the cluster; without a given name, its address. */
  readonly name: string;
  /** Null: not said. */
  readonly zone: string | null;
  readonly address: MemberAddress;
}

export const MAX_MEMBERS = 16;

const WORD = '[A-Za-z0-9][A-Za-z0-9._-]{0,63}';
const TEXT = new RegExp(`^(?:(${WORD})=)?(.+?)(?:@(${WORD}))?$`);
const HOST_PORT = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]{1,253})):(\d{1,5})$/;
const MAX_PORT = 65_535;

/** @throws Error whose message says what is wrong; texts of members hold no secret */
export function parseMembers(texts: readonly string[]): readonly Member[] {
  if (texts.length === 0 || texts.length > MAX_MEMBERS)
    throw new Error(`a cluster has 1 to ${MAX_MEMBERS} members`);
  const members = texts.map(parseMember);
  const names = new Set(members.map(({ name }) => name));
  if (names.size < members.length) throw new Error('two members have the same name');
  return members;
}

function parseMember(text: string): Member {
  const [, name, address = '', zone = null] = TEXT.exec(text) ?? [];
  const parsed = parseAddress(address);
  if (parsed === null) throw new Error(`${text}: not a member, [NAME=]HOST:PORT[@ZONE]`);
  return { name: name ?? defaultName(parsed, address), zone, address: parsed };
}

function parseAddress(text: string): MemberAddress | null {
  if (text.startsWith('unix:/')) return { type: 'unix', path: text.slice('unix:'.length) };
  if (text.startsWith('pkcs11:')) return parseUri(text.slice('pkcs11:'.length));
  const [, v6, name, digits] = HOST_PORT.exec(text) ?? [];
  const host = v6 ?? name;
  const port = Number(digits);
  return host === undefined || port < 1 || port > MAX_PORT ? null : { type: 'tls', host, port };
}

function parseUri(text: string): MemberAddress | null {
  const [path = '', query = ''] = text.split('?', 2);
  const attributes = [...path.split(';'), ...query.split('&')].filter((pair) => pair !== '');
  try {
    const values = new Map(attributes.map(attribute));
    const token = values.get('token') ?? values.get('serial');
    const module = values.get('module-path');
    const pinFile = values.get('pin-source')?.replace(/^file:/, '');
    if (!token || !module?.startsWith('/') || !pinFile?.startsWith('/')) return null;
    return { type: 'module', module, token, pinFile };
  } catch {
    // Not percent-encoded.
    return null;
  }
}

function attribute(pair: string): readonly [name: string, value: string] {
  const equals = pair.indexOf('=');
  return [pair.slice(0, equals), decodeURIComponent(pair.slice(equals + 1))];
}

function defaultName(address: MemberAddress, text: string): string {
  return address.type === 'module' ? address.token : text;
}
