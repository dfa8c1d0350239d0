// What an action is: its name, its parameters, what its caller must be allowed, and the function that performs it.
// `defineAction` ties the function's input to the parameters' schema.

import type { z } from 'zod';
import type { AccessService } from '../core/access-service.ts';
import type { AsymmetricService } from '../core/asymmetric-service.ts';
import type { AuditService } from '../core/audit-service.ts';
import type { BlobService } from '../core/blob-service.ts';
import type { Account } from '../core/ids.ts';
import type { InstanceSettingsService } from '../core/instance-settings.ts';
import type { KeyService } from '../core/key-service.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { HsmAdministration } from '../core/ports/hsm-administration.ts';
import type { RequestJournal } from '../core/ports/request-journal.ts';
import type { Sm2Encrypt } from '../core/ports/sm2-encrypt.ts';
import type { RamService } from '../core/ram/ram-service.ts';
import { KmsError } from '../errors.ts';
import { type Api, KMS_API } from './api.ts';
import type { Caller } from './authenticate.ts';
import type { Instance } from './instance.ts';
import { type Parameters, structured } from './parameters.ts';
import type { Access, Permission } from './permissions.ts';

export interface Services {
  readonly keys: KeyService;
  readonly access: AccessService;
  readonly blobs: BlobService;
  readonly asymmetric: AsymmetricService;
  readonly sm2Encrypt: Sm2Encrypt;
  readonly settings: InstanceSettingsService;
  readonly ram: RamService;
  readonly requests: RequestJournal;
  /** Null in the basic edition. */
  readonly hsm: HsmAdministration | null;
  readonly audit: AuditService;
  readonly clock: Clock;
  readonly account: Account;
  readonly instance: Instance;
}

/** JSON as the API knows it: no null. */
export type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json };

export interface Answer {
  /** Never `Code`, `Success` or `Message` at the top: clients would take it for a failure. */
  readonly body: { readonly [name: string]: Json };
  /** For the audit: key id after alias resolution, or the name of the resource. */
  readonly resource: string;
}

/** A call whose parameters have been checked. */
export interface ActionCall {
  /** For the audit of a failure: the resource as it was named. */
  readonly resource: string;
  /** Null: any authenticated caller may. */
  permissions(services: Services, caller: Caller): readonly Permission[] | null;
  run(services: Services, caller: Caller): Answer | Promise<Answer>;
}

export interface Action {
  readonly api: Api;
  readonly name: string;
  readonly write: boolean;
  /** Whether it takes the parameter DryRun. */
  readonly dryRun: boolean;
  /** Names of its own parameters. */
  readonly parameters: readonly string[];
  /** @throws KmsError MissingParameter, InvalidParameter; the message names the parameter, never its value */
  validate(parameters: Parameters): ActionCall;
}

export interface ActionRow<Schema extends z.ZodObject> {
  /** Default: the API of KMS. */
  readonly api?: Api;
  readonly name: string;
  /** Whether it changes anything: such an action is not begun while the audit log cannot be written. */
  readonly write: boolean;
  readonly access: Access<z.output<Schema>>;
  /** Parameters that are not in the schema are ignored. */
  readonly parameters: Schema;
  /** Adds the parameter DryRun. Such an action changes nothing: a dry run performs it and keeps the result. */
  readonly dryRun?: true;
  /** The parameter that names the resource, if one does, or the way to read it from the parameters. */
  readonly resource: (keyof z.output<Schema> & string) | ((input: z.output<Schema>) => string) | null;
  readonly run: (input: z.output<Schema>, services: Services, caller: Caller) => Answer | Promise<Answer>;
}

export function defineAction<Schema extends z.ZodObject>(row: ActionRow<Schema>): Action {
  const { api = KMS_API, name, write, access, dryRun = false, resource, run } = row;
  return {
    api,
    name,
    write,
    dryRun,
    parameters: Object.keys(row.parameters.shape),
    validate(parameters) {
      const values = structured(parameters);
      const result = row.parameters.safeParse(values);
      if (!result.success) throw parameterError(result.error, values);
      const input = result.data;
      return {
        resource: typeof resource === 'function' ? resource(input) : (parameters.get(resource ?? '') ?? ''),
        permissions: (services, caller) => (access === null ? null : access(input, services, caller)),
        run: (services, caller) => run(input, services, caller),
      };
    },
  };
}

function parameterError(error: z.ZodError, values: Readonly<Record<string, unknown>>): KmsError {
  const name = String(error.issues[0]?.path[0]);
  return Object.hasOwn(values, name) && values[name] !== ''
    ? new KmsError('InvalidParameter', `The specified parameter ${name} is not valid.`)
    : new KmsError('MissingParameter', `The parameter ${name} is required.`);
}
