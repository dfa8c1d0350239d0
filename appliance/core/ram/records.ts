// RAM users and their policies, as stored. Times are milliseconds since the epoch. AccessKeys are in access.ts.

export type PolicyType = 'Custom' | 'System';

export interface PolicyAttachment {
  readonly type: PolicyType;
  readonly name: string;
  readonly attachedAt: number;
}

export interface RamUser {
  readonly name: string;
  /** 18 digits; a user of the same name made later has another one. */
  readonly id: string;
  readonly displayName: string;
  readonly mobilePhone: string;
  readonly email: string;
  readonly comments: string;
  /** In the order in which they were attached. */
  readonly attachments: readonly PolicyAttachment[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A custom policy; system policies are built in. */
export interface RamPolicy {
  readonly name: string;
  readonly description: string;
  /** Verbatim. */
  readonly document: string;
  readonly createdAt: number;
}
