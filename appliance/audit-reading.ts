// What the command line needs of the audit log: reading it, without an instance.

export { actionTrailEvent } from './audit/action-trail-event.ts';
export { textLine } from './audit/event.ts';
export { readHeads } from './audit/kept-heads.ts';
export { type AuditQuery, queryAuditLog } from './audit/query.ts';
export { readRecord } from './audit/read-record.ts';
export { type Verification, verifyAuditLog } from './audit/verify.ts';
