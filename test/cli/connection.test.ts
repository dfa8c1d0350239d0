// Where a command finds its instance and its AccessKey, and what it says when it cannot.

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { kms } from '../support/cli.ts';
import { clientCertificates } from '../support/client-certificates.ts';
import { ACCESS_KEY, startControlPlane } from '../support/control-plane.ts';
import { recordingServer } from '../support/recording-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const LIST = ['alias', 'list'];
const EMPTY = { body: { Aliases: { Alias: [] }, TotalCount: 0 } };
const KEY = { AccessKeyId: 'LTAIfile', AccessKeySecret: 'secret of the file' };

/** A folder as an instance keeps it, whose endpoint is the recording server. */
async function dataDirectory() {
  const server = await recordingServer(() => EMPTY);
  const folder = join(server.folder, 'data');
  mkdirSync(folder);
  const write = (name: string, value: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value), { mode: 0o600 });
    return path;
  };
  write('endpoints.json', { controlPlane: `127.0.0.1:${server.port}`, dataPlane: '', instanceId: 'kst-1' });
  write('root-accesskey.json', KEY);
  return { server, folder, write, ca: server.environment['KMSCTL_CA'] ?? '' };
}

describe('sources', () => {
  test('the data directory says everything that is not given', async () => {
    const { server, folder, write } = await dataDirectory();
    write('ca.pem', readFileSync(server.environment['KMSCTL_CA'] ?? '', 'utf8'));
    expect(await kms([...LIST, '--data-dir', folder])).toMatchObject({ code: 0, stderr: '' });
    expect(await kms(LIST, { environment: { KMS_DATA_DIR: folder } })).toMatchObject({ code: 0, stderr: '' });
    expect(server.heads.every((head) => head.includes('Credential=LTAIfile,'))).toBe(true);
    expect(server.heads).toHaveLength(2);
  });

  test('an option wins over the environment', async () => {
    const { server, folder, write, ca } = await dataDirectory();
    const environment = {
      ...server.environment,
      KMSCTL_ENDPOINT: '127.0.0.1:1',
      KMSCTL_CA: join(folder, 'none'),
    };
    const file = write('other.json', { ...KEY, AccessKeyId: 'LTAIoption' });
    const options = ['--endpoint', `127.0.0.1:${server.port}`, '--ca', ca, '--access-key-file', file];
    expect(await kms([...LIST, ...options], { environment })).toMatchObject({ code: 0, stderr: '' });
    expect(server.heads.at(-1)).toContain('Credential=LTAIoption,');
  });

  test('an AccessKey file is named by a variable, or comes from standard input', async () => {
    const { server, write } = await dataDirectory();
    const { KMSCTL_ENDPOINT = '', KMSCTL_CA = '' } = server.environment;
    const environment = { KMSCTL_ENDPOINT, KMSCTL_CA };
    const file = write('own.json', KEY);
    await kms(LIST, { environment: { ...environment, KMSCTL_ACCESS_KEY_FILE: file } });
    const stdin = JSON.stringify({ ...KEY, AccessKeyId: 'LTAIstdin' });
    await kms([...LIST, '--access-key-file', '-'], { environment, stdin });
    expect(server.heads[0]).toContain('Credential=LTAIfile,');
    expect(server.heads[1]).toContain('Credential=LTAIstdin,');
  });

  test('a secret that is nowhere is asked for, without echo', async () => {
    const { environment, heads } = await recordingServer(() => EMPTY);
    const typed = new PassThrough();
    const modes: boolean[] = [];
    const stdin = Object.assign(typed, { isTTY: true, setRawMode: (on: boolean) => modes.push(on) });
    typed.write('tesst\u007f\u007ftsecret\r');
    const prompted = await kms(LIST, {
      environment: { ...environment, KMSCTL_ACCESS_KEY_SECRET: '' },
      stdin,
    });
    expect(prompted).toMatchObject({ code: 0, stderr: 'AccessKey secret of LTAItestid: \n' });
    expect(modes).toEqual([true, false]);
    expect(heads).toHaveLength(1);
  });

  test('a typed interrupt ends the question and the command', async () => {
    const { environment, heads } = await recordingServer(() => EMPTY);
    const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
    stdin.write('half\u0003');
    const prompted = await kms(LIST, {
      environment: { ...environment, KMSCTL_ACCESS_KEY_SECRET: '' },
      stdin,
    });
    expect(prompted.code).toBe(2);
    expect(heads).toEqual([]);
  });

  test('an AccessKey file that others can read is used with a warning', async () => {
    const { server, write } = await dataDirectory();
    const file = write('open.json', KEY);
    chmodSync(file, 0o644);
    const { code, stderr } = await kms([...LIST, '--access-key-file', file], server);
    expect(code).toBe(0);
    expect(stderr).toBe(`kms: warning: ${file} can be read by others: chmod 600 it\n`);
  });
});

describe('a control plane that demands client certificates', () => {
  const demanding = async () => {
    const authority = await clientCertificates();
    const plane = await startControlPlane({ clientCaPem: authority.caPem });
    onTestFinished(() => plane.close());
    plane.clock.now = Date.now();
    const folder = temporaryFolder();
    const write = (name: string, text: string): string => {
      const path = join(folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      return path;
    };
    const environment = {
      KMSCTL_ENDPOINT: `127.0.0.1:${plane.port}`,
      KMSCTL_CA: write('ca.pem', plane.ca),
      KMSCTL_ACCESS_KEY_ID: ACCESS_KEY.id,
      KMSCTL_ACCESS_KEY_SECRET: ACCESS_KEY.secret,
    };
    const { cert, key } = await authority.issue();
    return {
      authority,
      environment,
      write,
      files: { cert: write('cert.pem', cert), key: write('key.pem', key) },
    };
  };

  test('takes one named by options or by variables, each for its own', async () => {
    const { environment, files } = await demanding();
    const options = ['--client-cert', files.cert, '--client-key', files.key];
    expect(await kms([...LIST, ...options], { environment })).toMatchObject({ code: 0, stderr: '' });
    const variables = { KMSCTL_CLIENT_CERT: files.cert, KMSCTL_CLIENT_KEY: files.key };
    const named = { environment: { ...environment, ...variables } };
    expect(await kms(LIST, named)).toMatchObject({ code: 0, stderr: '' });
    const half = { environment: { ...environment, KMSCTL_CLIENT_KEY: files.key } };
    expect(await kms([...LIST, '--client-cert', files.cert], half)).toMatchObject({ code: 0 });
  });

  test('refuses none and one of strangers, and the command says what to give', async () => {
    const { environment, write } = await demanding();
    const { cert, key } = await (await clientCertificates()).issue();
    const strange = ['--client-cert', write('other.pem', cert), '--client-key', write('other-key.pem', key)];
    for (const options of [[], strange]) {
      const { code, stderr } = await kms([...LIST, ...options], { environment });
      expect(code).toBe(3);
      expect(stderr).toContain('(--client-cert, --client-key)');
    }
  });

  test('is not asked with half of one, nor with files that are none', async () => {
    const { authority, environment, write, files } = await demanding();
    const half = await kms([...LIST, '--client-cert', files.cert], { environment });
    expect(half.code).toBe(2);
    const { key } = await authority.issue();
    for (const file of [write('hush.pem', 'hush hush'), write('foreign.pem', key)]) {
      const options = ['--client-cert', files.cert, '--client-key', file];
      const { code, stderr } = await kms([...LIST, ...options], { environment });
      expect(code).toBe(4);
      expect(stderr).not.toMatch(/hush hush|PRIVATE KEY/);
    }
  });
});

describe('what is missing or wrong on this machine exits with 4', () => {
  test.each([
    ['no instance', ['--data-dir', '/nowhere'], /^kms: no instance runs on \/nowhere .*--endpoint\n$/],
    ['no CA file', ['--endpoint', '127.0.0.1:1', '--ca', '/nowhere'], /^kms: \/nowhere: no such file\n$/],
    [
      'no AccessKey',
      ['--endpoint', '127.0.0.1:1', '--data-dir', '/nowhere'],
      /^kms: no AccessKey .*--access-key-file/,
    ],
  ])('%s', async (_, options, message) => {
    const { code, stdout, stderr } = await kms([...LIST, ...options]);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
  });

  test.each(['{"AccessKeyId":"a"}', '{"AccessKeySecret":"hush hush"', '"hush hush"', '[]', ''])(
    'a broken AccessKey file %j, without repeating it',
    async (text) => {
      const { server, write } = await dataDirectory();
      const file = write('broken.json', text);
      const { code, stderr } = await kms([...LIST, '--access-key-file', file], server);
      expect(code).toBe(4);
      expect(stderr).toContain(`kms: ${file}: must hold`);
      expect(stderr).not.toContain('hush');
      expect(server.calls).toEqual([]);
    },
  );

  test('a CA file without a certificate', async () => {
    const { server, write } = await dataDirectory();
    const file = write('ca.txt', 'nothing');
    const { code, stderr } = await kms([...LIST, '--ca', file], server);
    expect({ code, stderr }).toEqual({ code: 4, stderr: `kms: ${file}: holds no certificate\n` });
  });

  test('a secret that is nowhere and no terminal to ask on', async () => {
    const { environment } = await recordingServer();
    const run = await kms(LIST, { environment: { ...environment, KMSCTL_ACCESS_KEY_SECRET: '' } });
    expect(run.code).toBe(4);
  });
});

describe('no answer exits with 3', () => {
  test('nothing listens', async () => {
    const { environment } = await recordingServer();
    const { code, stderr } = await kms([...LIST, '--endpoint', '127.0.0.1:1'], { environment });
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: 'kms: 127.0.0.1:1: connection refused: is the instance running?\n',
    });
  });

  test('a certificate of an unknown authority, and the secret is not spent on it', async () => {
    const { environment, heads, port } = await recordingServer(() => EMPTY);
    const rest = Object.fromEntries(Object.entries(environment).filter(([name]) => name !== 'KMSCTL_CA'));
    const { code, stderr } = await kms(LIST, { environment: rest });
    expect(code).toBe(3);
    expect(stderr).toMatch(new RegExp(`^kms: 127\\.0\\.0\\.1:${port}: .*--ca FILE\n$`));
    expect(heads).toEqual([]);
  });

  test('a certificate for another name', async () => {
    const { environment, heads, port } = await recordingServer(() => EMPTY);
    const { code, stderr } = await kms([...LIST, '--endpoint', `localhost:${port}`], { environment });
    expect(code).toBe(3);
    expect(stderr).toContain('serverNames');
    expect(heads).toEqual([]);
  });

  test('silence, after the time limit', async () => {
    const { environment } = await recordingServer(() => ({ instead: 'silence' }));
    const { code, stderr } = await kms([...LIST, '--timeout', '1'], { environment });
    expect(code).toBe(3);
    expect(stderr).toContain('no answer within 1 seconds');
  });

  test('a connection that is cut', async () => {
    const { environment } = await recordingServer(() => ({ instead: 'cut' }));
    expect((await kms(LIST, { environment })).code).toBe(3);
  });

  test.each([
    ['not JSON', { text: '<html>' }],
    ['an array', { text: '[]' }],
    ['a success without the list', { body: {} }],
    ['an error that is not JSON', { status: 502, text: 'Bad Gateway' }],
  ])('an answer that is no control plane: %s', async (_, answer) => {
    const { environment } = await recordingServer(() => answer);
    const { code, stderr } = await kms(LIST, { environment });
    expect(code).toBe(3);
    expect(stderr).toContain('not a KMS control plane');
  });

  test('an answer without end', async () => {
    const { environment } = await recordingServer(() => ({ text: ' '.repeat(17 * 1024 * 1024) }));
    const { code, stderr } = await kms(LIST, { environment });
    expect(code).toBe(3);
    expect(stderr).toContain('too long');
  });
});

describe('a wrong command line exits with 2 and sends nothing', () => {
  test.each([
    ['an unknown command', ['nonsense']],
    ['an unknown command of a group', ['key', 'nonsense']],
    ['a group alone', ['key']],
    ['nothing at all', []],
    ['an unknown option', ['key', 'list', '--nonsense']],
    ['a missing argument', ['key', 'describe']],
    ['one argument too many', ['key', 'describe', 'a', 'b']],
    ['a missing option', ['key', 'schedule-deletion', 'key-1']],
    ['a value out of its choices', ['key', 'list', '--state', 'Enabled,Sleeping']],
    ['a number that is none', ['key', 'schedule-deletion', 'key-1', '--days', 'soon']],
    ['a page size over 100', ['key', 'list', '--page-size', '101']],
    ['a limit of 0', ['key', 'list', '--limit', '0']],
    ['a tag without =', ['key', 'tag', 'key-1', 'team']],
    ['two options that contradict', ['policy', 'update', 'p', '--any-network', '--network-rule', 'r']],
    ['an endpoint with a scheme', [...LIST, '--endpoint', 'https://127.0.0.1:1']],
    ['an endpoint without a port', [...LIST, '--endpoint', 'localhost']],
    ['an endpoint with port 0', [...LIST, '--endpoint', 'localhost:0']],
    ['a time limit of 0', [...LIST, '--timeout', '0']],
    ['a parameter without =', ['api', 'DescribeKey', 'KeyId']],
    ['a parameter given twice', ['api', 'DescribeKey', 'KeyId=a', 'KeyId=b']],
    [
      'two passwords',
      ['client-key', 'create', '--aap', 'a', '--out', 'x', '--password-file', 'y', '--password-out', 'z'],
    ],
    ['a shell that is none', ['completion', 'tcsh']],
  ])('%s', async (_, words) => {
    const server = await recordingServer(() => EMPTY);
    const { code, stdout, stderr } = await kms(words, server);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
    expect(server.calls).toEqual([]);
  });
});

test('a service that answers with control characters cannot drive the terminal', async () => {
  const body = { Code: 'Odd\u001b[2J', Message: 'm\u009b\n\nkms: done', RequestId: '\u202e' };
  const server = await recordingServer(() => ({ status: 400, body }));
  const { code, stderr } = await kms(LIST, server);
  expect(code).toBe(1);
  expect(stderr).toBe('kms: Odd\\u001b[2J: m\\u009b\\u000a\\u000akms: done (request id \\u202e)\n');
});
