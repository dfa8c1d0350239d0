// The HSM cluster as people see it: the connection, a line a member, and how each operation is done.

import type { AnswerBody } from './api-client.ts';
import { isItem, itemsAt } from './paging.ts';
import { cell, type Terminal } from './terminal.ts';

const MEMBER_COLUMNS = [
  ['MEMBER', 'Name'],
  ['ZONE', 'Zone'],
  ['ADDRESS', 'Address'],
  ['STATE', 'State'],
  ['TOKEN', 'TokenLabel'],
  ['PRODUCT', 'Product'],
  ['PROCESSES', 'Processes'],
  ['RESTARTS', 'Restarts'],
  ['RECONNECTS', 'Reconnects'],
  ['LATENCY MS', 'LatencyMs'],
  ['CERTIFICATE UNTIL', 'CertificateEnd'],
  ['LAST ERROR', 'LastError'],
] as const;

const WHERE: Readonly<Record<string, string>> = {
  token: 'in the token',
  'token+node': 'in the token and the node process beside it',
  missing: 'not possible',
};

export function showCluster(body: AnswerBody, { record, table, line }: Terminal): void {
  const text = (name: string): string => cell(body[name]);
  record([
    ['State', text('State')],
    ...(text('Reason') === '' ? [] : [['Reason', text('Reason')] as const]),
    ['Domain key', text('DomainKeyCheckValue') || 'none yet'],
    ['Keys usable', `on ${text('UsableMembers')} of ${text('TotalMembers')} members`],
    ['In flight', text('InFlight')],
    ...keyFields(body),
  ]);
  const members = itemsAt(body, ['Members', 'Member']);
  if (members.length > 0) {
    line('');
    const rows = members.map((member) => MEMBER_COLUMNS.map(([, field]) => cell(member[field])));
    table(
      MEMBER_COLUMNS.map(([heading]) => heading),
      rows,
    );
  }
  const operations = itemsAt(body, ['Operations', 'Operation']);
  if (operations.length > 0) {
    line('');
    const rows = operations.map((row) => [
      cell(row['Name']),
      WHERE[cell(row['Where'])] ?? cell(row['Where']),
    ]);
    table(['OPERATION', 'DONE'], rows);
  }
}

function keyFields(body: AnswerBody): (readonly [string, string])[] {
  const key = body['Key'];
  if (!isItem(key)) return [];
  const { KeyId, Versions, UsableMembers, TotalMembers } = key;
  const versions = `${cell(Versions)} version${Versions === 1 ? '' : 's'}`;
  return [
    [`Key ${cell(KeyId)}`, `${versions}, usable on ${cell(UsableMembers)} of ${cell(TotalMembers)} members`],
  ];
}
