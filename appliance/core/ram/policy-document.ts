// Policy documents: parsed strictly when they are stored and again when they are used, so that nothing is ever
// evaluated that the grammar does not know. Identity policies say what their user may do; key policies say who may do
// what with the key they belong to. Source: control-plane specification 4.1.

import { z } from 'zod';
import { type ErrorCode, KmsError } from '../../errors.ts';
import {
  type Condition,
  compileCondition,
  isConditionKey,
  isConditionOperator,
} from './policy-conditions.ts';

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** Patterns in lower case: actions are compared without case. */
  readonly actions: readonly string[];
  /** `*`, or the five fields of an ARN as patterns. */
  readonly resources: readonly ('*' | readonly string[])[];
  /** Empty in an identity policy. */
  readonly principals: readonly Principal[];
  /** All of them must hold. */
  readonly conditions: readonly Condition[];
}

export interface Principal {
  readonly accountId: string;
  /** `*` (everybody in the account), `root`, `user/<name>`, `role/<name>` */
  readonly name: string;
}

export interface PolicyDocument {
  readonly statements: readonly Statement[];
}

interface PolicyKind {
  readonly maxBytes: number;
  readonly tooLong: ErrorCode;
  readonly malformed: ErrorCode;
  readonly statement: z.ZodType<Statement>;
}

const ACTION = /^(?:\*|[a-z0-9*?-]{1,64}:[a-z0-9*?]{1,128})$/i;
const ARN = /^(?:acs|\*):([^:]*):([^:]*):([^:]*):(.+)$/s;
const PRINCIPAL = /^acs:ram::(\d{1,32}):(\*|root|(?:user|role)\/[A-Za-z0-9._-]{1,64})$/;
const SID = /^[A-Za-z0-9 _/+=.@-]{0,128}$/;

const text = z.string().min(1).max(2048);
const actions = listOf(text.regex(ACTION).transform((pattern) => pattern.toLowerCase()));
const resources = listOf(text.refine((pattern) => pattern === '*' || ARN.test(pattern)).transform(fieldsOf));
const conditionValues = listOf(
  z.union([z.string().max(2048), z.number(), z.boolean()]).transform((value) => String(value)),
);
const conditions = z
  .record(
    z.string().refine(isConditionOperator, { error: 'unknown operator' }),
    z.record(z.string().refine(isConditionKey, { error: 'unknown condition key' }), conditionValues),
  )
  .transform(compileConditions)
  .optional()
  .transform((value) => value ?? []);

const common = {
  Sid: z.string().regex(SID).optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: actions,
  Condition: conditions,
};
const principals = z
  .strictObject({ RAM: listOf(text.regex(PRINCIPAL).transform(principalOf)) })
  .transform(({ RAM }) => RAM);

const identityStatement = z
  .strictObject({ ...common, Resource: resources })
  .transform((raw): Statement => ({ ...statement(raw), resources: raw.Resource, principals: [] }));
const keyStatement = z
  .strictObject({ ...common, Resource: listOf(z.literal('*')), Principal: principals })
  .transform((raw): Statement => ({ ...statement(raw), resources: ['*'], principals: raw.Principal }));

const KINDS = {
  identity: {
    maxBytes: 6144,
    tooLong: 'InvalidParameter.PolicyDocument.Length',
    malformed: 'MalformedPolicyDocument',
    statement: identityStatement,
  },
  key: {
    maxBytes: 32_768,
    tooLong: 'InvalidParameter',
    malformed: 'InvalidParameter',
    statement: keyStatement,
  },
} as const satisfies Record<string, PolicyKind>;

/** @throws KmsError MalformedPolicyDocument or …PolicyDocument.Length; InvalidParameter for both in a key policy */
export function parsePolicy(document: string, kind: keyof typeof KINDS): PolicyDocument {
  const { maxBytes, tooLong, malformed, statement: schema }: PolicyKind = KINDS[kind];
  if (Buffer.byteLength(document) > maxBytes) throw new KmsError(tooLong);
  const root = z.strictObject({ Version: z.literal('1'), Statement: listOf(schema) });
  const parsed = root.safeParse(parseJson(document, malformed));
  if (!parsed.success) throw new KmsError(malformed, describe(parsed.error));
  return { statements: parsed.data.Statement };
}

/** One of them, or a list. */
function listOf<Item extends z.ZodType>(item: Item) {
  return z.preprocess(
    (value) => (Array.isArray(value) ? (value as unknown[]) : [value]),
    z.array(item).min(1),
  );
}

function statement(raw: {
  readonly Effect: Statement['effect'];
  readonly Action: readonly string[];
  readonly Condition: readonly Condition[];
}) {
  return { effect: raw.Effect, actions: raw.Action, conditions: raw.Condition };
}

function fieldsOf(pattern: string): '*' | readonly string[] {
  return pattern === '*' ? pattern : arnFields(pattern);
}

/** Service, region, account and the relative id, which may hold colons. */
export function arnFields(arn: string): readonly string[] {
  return ARN.exec(arn)?.slice(1) ?? [];
}

function principalOf(principal: string): Principal {
  const [, accountId = '', name = ''] = PRINCIPAL.exec(principal) ?? [];
  return { accountId, name };
}

function compileConditions(
  block: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
  context: z.RefinementCtx,
): readonly Condition[] {
  return Object.entries(block).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]) => {
      const condition = compileCondition(operator, key, values);
      if (condition) return [condition];
      context.addIssue({ code: 'custom', message: 'a value is not of the type of its operator' });
      return [];
    }),
  );
}

function parseJson(document: string, malformed: ErrorCode): unknown {
  try {
    return JSON.parse(document);
  } catch {
    // The parser's own message would repeat the text.
    throw new KmsError(malformed, 'The policy is not JSON.');
  }
}

/** Names the place, never what was there. */
function describe({ issues }: z.ZodError): string {
  const place = issues[0]?.path.filter(
    (step) => typeof step === 'number' || /^[A-Z]\w{0,31}$/.test(String(step)),
  );
  return `The policy is not valid${place?.length ? ` at ${place.join('.')}` : ''}.`;
}
