// Actions on tags: the older ones on one resource, with JSON texts, and the newer ones on many, with numbered
// parameters. Keys are all there is to tag. Source: control-plane specification 2.5.

import { z } from 'zod';
import { invalidParameter } from '../../core/fields.ts';
import { MAX_TAGS } from '../../core/tags.ts';
import { KmsError } from '../../errors.ts';
import { type Action, defineAction, type Services } from '../action.ts';
import {
  boolean,
  name,
  numberedTags,
  numberedTexts,
  optionalName,
  optionalValue,
  stringArray,
  tagList,
} from '../parameter-types.ts';
import { keyResource, type Permission } from '../permissions.ts';
import { done } from './answers.ts';

const MAX_TAGS_PER_CALL = 10;
const MAX_RESOURCES = 50;

const oneResource = { KeyId: optionalName, SecretName: optionalName, CertificateId: optionalName };
const manyResources = { RegionId: name, ResourceType: name, ResourceId: numberedTexts(MAX_RESOURCES) };

export const TAG_ACTIONS: readonly Action[] = [
  defineAction({
    name: 'TagResource',
    write: true,
    access: onTagged,
    resource: 'KeyId',
    parameters: z.object({ ...oneResource, Tags: tagList(MAX_TAGS_PER_CALL) }),
    run: async (input, { keys }) => done((await keys.tagKey(keyOf(input), input.Tags)).id),
  }),
  defineAction({
    name: 'UntagResource',
    write: true,
    access: onTagged,
    resource: 'KeyId',
    parameters: z.object({ ...oneResource, TagKeys: stringArray }),
    run: async (input, { keys }) => done((await keys.untagKey(keyOf(input), input.TagKeys)).id),
  }),
  defineAction({
    name: 'ListResourceTags',
    write: false,
    access: onTagged,
    resource: 'KeyId',
    parameters: z.object(oneResource),
    run(input, { keys }) {
      const { id, tags } = keys.resolveKeyId(keyOf(input));
      const rows = tags.map(({ key, value }) => ({ KeyId: id, TagKey: key, TagValue: value }));
      return { body: { Tags: { Tag: rows } }, resource: id };
    },
  }),
  defineAction({
    name: 'TagResources',
    write: true,
    access: onEach,
    resource: 'ResourceType',
    parameters: z.object({ ...manyResources, Tag: numberedTags(MAX_TAGS) }),
    async run({ ResourceType, ResourceId, Tag }, { keys }) {
      requireTaggable(ResourceType);
      await keys.tagKeys(ResourceId, Tag);
      return done(ResourceId.join(','));
    },
  }),
  defineAction({
    name: 'UntagResources',
    write: true,
    access: onEach,
    resource: 'ResourceType',
    parameters: z.object({ ...manyResources, TagKey: numberedTexts(MAX_TAGS).optional(), All: boolean }),
    async run({ ResourceType, ResourceId, TagKey, All }, { keys }) {
      requireTaggable(ResourceType);
      if (TagKey === undefined && All !== true) {
        throw new KmsError('MissingParameter', 'The parameter TagKey is required.');
      }
      await keys.untagKeys(ResourceId, TagKey ?? 'all');
      return done(ResourceId.join(','));
    },
  }),
  defineAction({
    name: 'ListTagResources',
    write: false,
    access: onEach,
    resource: 'ResourceType',
    parameters: z.object({
      ...manyResources,
      ResourceId: manyResources.ResourceId.optional(),
      Tag: numberedTags(MAX_TAGS).optional(),
      NextToken: optionalValue,
    }),
    run({ ResourceType, ResourceId = [], Tag = [], NextToken = '' }, { keys }) {
      const isKey = containerOf(ResourceType) === 'key';
      const query = { keyIds: ResourceId, having: Tag, nextToken: NextToken };
      const { rows, nextToken } = isKey ? keys.listTags(query) : { rows: [], nextToken: '' };
      const TagResource = rows.map(({ keyId, tag }) => ({
        ResourceId: keyId,
        ResourceType: 'key',
        TagKey: tag.key,
        TagValue: tag.value,
      }));
      return {
        body: { TagResources: { TagResource }, NextToken: nextToken },
        resource: ResourceId.join(','),
      };
    },
  }),
];

interface OneResource {
  readonly KeyId?: string | undefined;
  readonly SecretName?: string | undefined;
  readonly CertificateId?: string | undefined;
}

interface ManyResources {
  readonly ResourceType: string;
  readonly ResourceId?: readonly string[] | undefined;
}

/** @throws KmsError MissingParameter for no resource, InvalidParameter for several */
function onTagged(
  { KeyId, SecretName, CertificateId }: OneResource,
  services: Services,
): readonly Permission[] {
  const [resource, ...more] = [
    ...(KeyId === undefined ? [] : [keyResource(KeyId, services)]),
    ...(SecretName === undefined ? [] : [`secret/${SecretName}`]),
    ...(CertificateId === undefined ? [] : [`certificate/${CertificateId}`]),
  ];
  if (resource === undefined) throw new KmsError('MissingParameter', 'The parameter KeyId is required.');
  if (more.length > 0) throw invalidParameter('KeyId');
  return [{ resource }];
}

/** @throws KmsError Forbidden.ResourceNotFound: of what is not a key there is none */
function keyOf({ KeyId }: OneResource): string {
  if (KeyId === undefined) throw new KmsError('Forbidden.ResourceNotFound');
  return KeyId;
}

const CONTAINERS: ReadonlyMap<string, string> = new Map([
  ['key', 'key'],
  ['secret', 'secret'],
  ['instance', 'keystore'],
]);

/** @throws KmsError InvalidParameter */
function containerOf(resourceType: string): string {
  const container = CONTAINERS.get(resourceType);
  if (container === undefined) throw invalidParameter('ResourceType');
  return container;
}

function onEach({ ResourceType, ResourceId = ['*'] }: ManyResources): readonly Permission[] {
  const container = containerOf(ResourceType);
  return ResourceId.map((id) => ({ resource: `${container}/${id}` }));
}

/** @throws KmsError InvalidResourceId.NotFound: of what is not a key there is none */
function requireTaggable(resourceType: string): void {
  if (containerOf(resourceType) !== 'key') throw new KmsError('InvalidResourceId.NotFound');
}
