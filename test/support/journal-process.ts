// A process that uses a request journal as the tests tell it: arguments are the folder and the time; says the verdict
// and then dies without closing anything.

import { LmdbRequestJournal } from '../../appliance/storage/lmdb-request-journal.ts';

const [directory = '', now = '0'] = process.argv.slice(2);
const limits = { maxAgeMs: 1000, maxNonces: 1000, maxNoncesEach: 100, ownersReserve: 0 };
const journal = new LmdbRequestJournal({ directory, bootId: 'boot', ...limits });
const verdict = journal.useNonce({ id: 'AK', user: 'alice' }, 'shared', Number(now));
journal.noteUse('AK', Number(now));
process.stdout.write(verdict, () => process.kill(process.pid, 'SIGKILL'));
