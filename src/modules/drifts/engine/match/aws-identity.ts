import type {
  ActualResource,
  DeclaredResource,
  JsonValue,
} from '../../../../core/providers/index.js';
import type { Knowledge } from '../knowledge.js';
import { partEntry } from '../lenses/aws/part-catalogue.js';

const ENDINGS = ['arn', 'id', 'name', 'url', 'identifier'];

/** Runs of words that end the type: `instance`, `db_instance`. */
function tails(type: string): string[] {
  const words = type.split('_').slice(1);
  return words.map((_, index) => words.slice(index).join('_'));
}

const namesByType = new Map<string, readonly string[]>();

/** `guardrail_arn`, `guardrail_id`, … for a type; the same for every resource of it, so spelled out once. */
function ownNames(type: string): readonly string[] {
  let names = namesByType.get(type);
  if (names === undefined) {
    names = tails(type).flatMap((kind) => ENDINGS.map((ending) => `${kind}_${ending}`));
    namesByType.set(type, names);
  }
  return names;
}

/**
 * Identifiers a hashicorp/aws resource carries under the name of its own kind (`guardrail_arn`, `cluster_identifier`).
 */
export function declaredAwsIdentifiers({ type, attributes }: DeclaredResource) {
  const names = ['identifier', ...ownNames(type)];
  return names.flatMap((name) => (Object.hasOwn(attributes, name) ? [attributes[name]] : []));
}

/**
 * What a part of another resource names that resource by, and its own id; null for a resource in its own right. Its name
 * is not among them: a policy may be called like some role it has nothing to do with.
 */
export function partIdentifiers(
  { type, id, attributes }: DeclaredResource,
  knowledge: Knowledge,
): readonly (JsonValue | undefined)[] | null {
  const part = partEntry(type, knowledge);
  if (!part) return null;
  const references = Array.isArray(part.reference) ? part.reference : [part.reference ?? null];
  const named = references.flatMap((name) => (typeof name === 'string' ? attributes[name] : []));
  return [...named, id, attributes.id, attributes.arn];
}

/**
 * How many resources a part stands in: a policy for two queues is compared with both (`Queues`). One for everything else.
 */
export function parentCount(resource: DeclaredResource, knowledge: Knowledge): number {
  const part = partEntry(resource.type, knowledge);
  if (!part) return 1;
  const { attributes } = resource;
  const references = Array.isArray(part.reference) ? part.reference : [part.reference ?? null];
  const named = references.flatMap((name) => (typeof name === 'string' ? attributes[name] : []));
  return Math.max(1, new Set(named.filter((one) => typeof one === 'string' && one !== '')).size);
}

/**
 * Its own ARN inside a Describe answer that came without one: the ARN whose word also has an id or a name beside it
 * (`guardrailArn`, `guardrailId`). Only needed where the caller gave neither type nor id; elsewhere the registry's `Arn`.
 */
export function actualAwsIdentifiers(resource: ActualResource): string[] {
  if (!resource.format.startsWith('aws-')) return [];
  if (resource.format !== 'aws-describe' || (resource.id !== '' && resource.type !== '')) {
    const { Arn: own, Name: name } = resource.properties;
    const arn = typeof own === 'string' && own.startsWith('arn:') ? [own] : [];
    // Listed by its ARN, referred to by its name (the target of a rule).
    return resource.name === null && resource.id.startsWith('arn:') && typeof name === 'string'
      ? [...arn, name]
      : arn;
  }
  const keys = Object.keys(resource.properties);
  const own = keys.filter((key) => {
    const kind = /^(.+)A(?:rn|RN)$/.exec(key)?.[1];
    return kind !== undefined && (keys.includes(`${kind}Id`) || keys.includes(`${kind}Name`));
  });
  return own.flatMap((key) => {
    const value = resource.properties[key];
    return typeof value === 'string' ? [value] : [];
  });
}
