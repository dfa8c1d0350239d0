// The fields of RAM requests and the codes RAM refuses them with. An error names the field, never its value.
// Source: RAM API 2015-05-01, error messages.

import { type ErrorCode, KmsError } from '../../errors.ts';

interface FieldRule {
  readonly maxLength: number;
  readonly tooLong: ErrorCode;
  readonly pattern: RegExp;
  readonly malformed: ErrorCode;
}

const ANYTHING = /^/;

const FIELDS = {
  UserName: {
    maxLength: 64,
    tooLong: 'InvalidParameter.UserName.Length',
    pattern: /^[A-Za-z0-9._-]+$/,
    malformed: 'InvalidParameter.UserName.InvalidChars',
  },
  DisplayName: {
    maxLength: 128,
    tooLong: 'InvalidParameter.DisplayName.Length',
    pattern: /^[\p{L}\p{N}@._ -]*$/u,
    malformed: 'InvalidParameter.DisplayName.InvalidChars',
  },
  MobilePhone: {
    maxLength: 32,
    tooLong: 'InvalidParameter.MobilePhone.Format',
    pattern: /^(?:\d{1,4}-)?\d*$/,
    malformed: 'InvalidParameter.MobilePhone.Format',
  },
  Email: {
    maxLength: 128,
    tooLong: 'InvalidParameter.Email.Format',
    pattern: /^(?:[^\s@]+@[^\s@]+)?$/,
    malformed: 'InvalidParameter.Email.Format',
  },
  Comments: {
    maxLength: 128,
    tooLong: 'InvalidParameter.Comments.Length',
    pattern: ANYTHING,
    malformed: 'InvalidParameter.Comments.Length',
  },
  PolicyName: {
    maxLength: 128,
    tooLong: 'InvalidParameter.PolicyName.Length',
    pattern: /^[A-Za-z0-9-]+$/,
    malformed: 'InvalidParameter.PolicyName.InvalidChars',
  },
  Description: {
    maxLength: 1024,
    tooLong: 'InvalidParameter.Description.Length',
    pattern: ANYTHING,
    malformed: 'InvalidParameter.Description.Length',
  },
} as const satisfies Record<string, FieldRule>;

/** The text itself. @throws KmsError the code of the field */
export function ramField(field: keyof typeof FIELDS, text: string): string {
  const { maxLength, tooLong, pattern, malformed }: FieldRule = FIELDS[field];
  if (text.length > maxLength) throw new KmsError(tooLong);
  if (!pattern.test(text)) throw new KmsError(malformed);
  return text;
}
