// The types a parameter can have on the wire, each from text to value. An optional parameter that is empty counts as
// absent, unless emptiness says something (`text`). Source: control-plane specification 1.1 (value encodings).

import { z } from 'zod';
import { encryptionContextAad } from '../core/encryption-context.ts';
import { isoSeconds } from '../core/ids.ts';

/** Ids, names and the like. */
const MAX_NAME = 256;
/** JSON texts and descriptions; the body limit bounds them anyway. */
const MAX_TEXT = 65_536;
/** Base64 of 6144 bytes. */
const MAX_PLAINTEXT = 8192;
const MAX_JSON_STRINGS = 1000;

const text = z.string().max(MAX_TEXT);
const required = text.min(1);

/** Required, not empty. */
export const name = z.string().min(1).max(MAX_NAME);
/** Required, not empty, of any length that a request can have. */
export const requiredText = required;
/** Optional; an empty text is a value. */
export const optionalText = text.optional();
/** Optional; an empty text is an absent one. */
export const optionalValue = blankIsAbsent(text);
export const optionalName = blankIsAbsent(name);
/** Required; an empty text is a value. */
export const presentText = text;
export const requiredBoolean = z
  .string()
  .regex(/^(?:true|false)$/i)
  .transform((value) => value.toLowerCase() === 'true');
export const boolean = blankIsAbsent(requiredBoolean);
/** Required; digits. What range makes sense is for the rules to say. */
export const requiredInteger = integer(0, 999_999_999);

/** `YYYY-MM-DDThh:mm:ssZ` as milliseconds since the epoch. */
export const optionalTime = blankIsAbsent(
  z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    .refine((value) => Date.parse(value) >= 0 && isoSeconds(Date.parse(value)) === value)
    .transform((value) => Date.parse(value)),
);

/** Seconds since 1970, up to the year 9999, as milliseconds; 0 counts as absent. */
export const optionalUnixTime = blankIsAbsent(
  z
    .string()
    .regex(/^\d{1,12}$/)
    .transform((value) => Number(value) * 1000)
    .refine((value) => value <= Date.UTC(9999, 11, 31))
    .transform((value) => (value === 0 ? undefined : value)),
);

/** PageNumber and PageSize. `least` is 0 where an empty page may be asked for; some lists go up to 101. */
export function paging(defaultSize: number, least: 0 | 1 = 1, most: 100 | 101 = 100) {
  return {
    PageNumber: blankIsAbsent(integer(1, 1_000_000)).transform((value) => value ?? 1),
    PageSize: blankIsAbsent(integer(least, most)).transform((value) => value ?? defaultSize),
  };
}

/** Bytes in standard base64 with padding, in its one canonical spelling; at least one byte. */
export const base64 = required.transform((value, context) => {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.toString('base64') === value) return bytes;
  context.addIssue({ code: 'custom', message: 'not base64' });
  return z.NEVER;
});

export const optionalBase64 = blankIsAbsent(base64);

/** What Encrypt encrypts: the text itself, which is the base64 of at most 6144 bytes as a rule. */
export const plaintext = z
  .string()
  .min(1)
  .transform((value) => Buffer.from(value, 'utf8'))
  .refine((bytes) => bytes.length <= MAX_PLAINTEXT);

/** The additional authenticated data of an EncryptionContext; empty when there is none. */
export const encryptionContext = blankIsAbsent(
  text.transform((value, context) => {
    const aad = encryptionContextAad(value);
    if (aad) return aad;
    context.addIssue({ code: 'custom', message: 'not an encryption context' });
    return z.NEVER;
  }),
).transform((aad) => aad ?? Buffer.alloc(0));

/** One of the names of a table. */
export function oneOf<const Names extends readonly string[]>(names: Names) {
  return name.pipe(z.enum(names));
}

export function optionalOneOf<const Names extends readonly string[]>(names: Names) {
  return blankIsAbsent(oneOf(names));
}

/** An optional number, empty or absent: undefined. */
export function optionalInteger(least: number, most: number) {
  return blankIsAbsent(integer(least, most));
}

const strings = z.array(z.string().max(1024)).max(MAX_JSON_STRINGS);

/** A JSON array of strings. */
export const stringArray = required.transform(parseJson).pipe(strings);
export const optionalStringArray = blankIsAbsent(stringArray);

/** A JSON array of strings, or the strings with commas between them; empty is an empty list. */
export const optionalAddressList = text
  .transform((value, context) =>
    value.trimStart().startsWith('[') ? parseJson(value, context) : splitList(value),
  )
  .pipe(strings)
  .optional();

/** Names with commas between them. */
export function nameList(least: number, most: number) {
  return z.string().max(MAX_TEXT).transform(splitList).pipe(z.array(name).min(least).max(most));
}

/** `[{"VpcId":"…","VSwitchId":"…","RegionId":"…","VpcOwnerId":123}]`; all but VpcId may be absent, the owner also be text. */
export function boundVpcs(most: number) {
  return required.transform(parseJson).pipe(
    z
      .array(
        z.object({
          VpcId: name,
          VSwitchId: z.string().max(MAX_NAME).default(''),
          RegionId: z.string().max(MAX_NAME).default(''),
          VpcOwnerId: z
            .string()
            .regex(/^\d+$/)
            .transform(Number)
            .or(z.number())
            .pipe(z.int().nonnegative())
            .default(0),
        }),
      )
      .max(most),
  );
}

/** `[{"Key":"KeyState","Values":["Enabled"]}]` */
export const optionalFilters = blankIsAbsent(
  required
    .transform(parseJson)
    .pipe(
      z
        .array(z.object({ Key: z.string().max(64), Values: z.array(z.string().max(MAX_NAME)).max(10) }))
        .max(10),
    ),
);

const tags = z.array(
  z
    .object({ TagKey: text, TagValue: text.default('') })
    .transform(({ TagKey: key, TagValue: value }) => ({ key, value })),
);

/** `[{"TagKey":"k","TagValue":"v"}]` with so many tags at the most, as tags. */
export function tagList(most: number) {
  return required.transform(parseJson).pipe(tags.max(most));
}
export function optionalTagList(most: number) {
  return blankIsAbsent(tagList(most));
}

/** `Name.1=a&Name.2=b`, each once. */
export function numberedTexts(most: number) {
  return z
    .array(name)
    .min(1)
    .max(most)
    .refine((list) => new Set(list).size === list.length);
}

/** `Tag.1.Key=k&Tag.1.Value=v` with so many tags at the most, as tags. */
export function numberedTags(most: number) {
  const tag = z
    .object({ Key: text, Value: text.default('') })
    .transform(({ Key: key, Value: value }) => ({ key, value }));
  return z.array(tag).min(1).max(most);
}

function integer(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most);
}

function blankIsAbsent<Inner extends z.ZodType<unknown, string>>(inner: Inner) {
  return text
    .optional()
    .transform((value) => (value === '' ? undefined : value))
    .pipe(inner.optional());
}

function splitList(value: string): string[] {
  return value.trim() === '' ? [] : value.split(',').map((each) => each.trim());
}

function parseJson(value: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(value);
  } catch {
    // The parser's own message would repeat the text.
    context.addIssue({ code: 'custom', message: 'not JSON' });
    return z.NEVER;
  }
}
