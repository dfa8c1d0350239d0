// Lists over several pages, both ways of paging.

import { expect, test } from 'vitest';
import { kms } from '../support/cli.ts';
import { type RecordedCall, recordingServer } from '../support/recording-server.ts';

const names = (from: number, to: number): { UserName: string }[] =>
  Array.from({ length: to - from }, (_, index) => ({ UserName: `user-${from + index}` }));

function usersPage({ parameters }: RecordedCall): { body: object } {
  const from = Number(parameters['Marker'] ?? '0');
  const to = Math.min(from + Number(parameters['MaxItems']), 5);
  const more = to < 5 ? { IsTruncated: true, Marker: String(to) } : { IsTruncated: false };
  return { body: { Users: { User: names(from, to) }, ...more } };
}

test('pages by marker are followed to the end and read as one answer', async () => {
  const server = await recordingServer(usersPage);
  const { stdout } = await kms(['ram', 'user', 'list', '--page-size', '2', '--json'], server);
  expect(server.calls.map(({ parameters }) => parameters)).toEqual([
    { MaxItems: '2' },
    { MaxItems: '2', Marker: '2' },
    { MaxItems: '2', Marker: '4' },
  ]);
  expect(JSON.parse(stdout)).toEqual({
    RequestId: 'a-request-id',
    IsTruncated: false,
    Users: { User: names(0, 5) },
  });
});

test('a limit ends the paging, and what is cut is told', async () => {
  const server = await recordingServer(usersPage);
  const { stdout, stderr } = await kms(['ram', 'user', 'list', '--page-size', '2', '--limit', '3'], server);
  expect(server.calls).toHaveLength(2);
  expect(stdout.match(/user-\d/g)).toEqual(['user-0', 'user-1', 'user-2']);
  expect(stderr).toBe('kms: only the first 3 are shown: raise --limit\n');
});

test('a limit that is exactly the whole list is no cut', async () => {
  const server = await recordingServer(usersPage);
  const { stderr } = await kms(['ram', 'user', 'list', '--limit', '5'], server);
  expect(stderr).toBe('');
});

test('a list that shrinks while it is read ends at the first empty page', async () => {
  const server = await recordingServer(({ parameters }) => ({
    body: {
      TotalCount: 1000,
      Keys: { Key: Number(parameters['PageNumber']) < 3 ? [{ KeyId: 'k', KeyArn: 'a' }] : [] },
    },
  }));
  const { code } = await kms(['key', 'list', '--page-size', '1'], server);
  expect(code).toBe(0);
  expect(server.calls.map(({ parameters }) => parameters['PageNumber'])).toEqual(['1', '2', '3']);
});

test('a filter goes with every page', async () => {
  const server = await recordingServer(({ parameters }) => ({
    body: { TotalCount: 2, Keys: { Key: [{ KeyId: `k${parameters['PageNumber']}`, KeyArn: 'a' }] } },
  }));
  await kms(['key', 'list', '--page-size', '1', '--state', 'Enabled'], server);
  const filters = server.calls.map(({ parameters }) => parameters['Filters']);
  expect(filters).toEqual(Array(2).fill('[{"Key":"KeyState","Values":["Enabled"]}]'));
});

test('a terminal sees the progress, and no trace of it stays', async () => {
  const server = await recordingServer(usersPage);
  const { stderr } = await kms(['ram', 'user', 'list', '--page-size', '2'], { ...server, terminal: true });
  expect(stderr.split('\r\u001b[K')).toEqual(['', 'read 2 …', 'read 4 …', 'read 5 …', '']);
});
