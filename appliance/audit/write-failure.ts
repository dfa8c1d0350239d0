// Errors of writing the log as what an operator is told of them.

import type { AuditFailure } from '../core/ports/audit-status.ts';

const FAILURES: ReadonlyMap<string, AuditFailure> = new Map([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  // A limit on the size of files.
  ['EFBIG', 'disk-full'],
  ['EACCES', 'not-permitted'],
  ['EPERM', 'not-permitted'],
  ['EROFS', 'not-permitted'],
  ['ENOENT', 'directory-missing'],
  ['ENOTDIR', 'directory-missing'],
]);

export function auditFailure(error: unknown): AuditFailure {
  return FAILURES.get((error as NodeJS.ErrnoException).code ?? '') ?? 'disk-error';
}
