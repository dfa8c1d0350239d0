// What the command line needs of the audit log: reading it, without an instance.

export { type Verification, verifyAuditLog } from './audit/verify.ts';
