import type { DeclaredResource, JsonObject } from '../../../../core/providers/index.js';
import type { Knowledge } from '../knowledge.js';
import { cfnSchema } from '../lenses/aws/cfn-schema.js';
import { matchName, indexNames } from '../lenses/aws/name-match.js';
import { texts } from '../lenses/aws/texts.js';

/** Attributes by type and property of the identifier; the same for every resource of a type, so looked up once. */
const attributesOf = new WeakMap<JsonObject, Map<string, string | null>>();

function attributeOf(
  property: string,
  { type, attributes }: DeclaredResource,
  memory: Map<string, string | null>,
): string | undefined {
  const words = type.split('_').slice(1);
  const place = `${type} ${property}`;
  const known = memory.get(place);
  if (known !== undefined) return known ?? undefined;
  const index = indexNames([property]);
  const names = Object.keys(attributes);
  const exact = names.find((name) => index.has(name.replaceAll('_', '')));
  const found =
    exact ??
    names.find((name) => matchName(name, index, [], { words, of: 'type' })?.sure === true) ??
    null;
  memory.set(place, found);
  return found ?? undefined;
}

/**
 * Identifiers of several parts, as Cloud Control spells them (`RestApiId|StageName`): from the registry's list of properties
 * and the attributes of the code that hold them. Empty where one part is not in the code.
 */
export function registryIdentifiers(resource: DeclaredResource, knowledge: Knowledge): string[] {
  const catalogue = knowledge.load('aws/terraform-types');
  if (!catalogue) return [];
  const memory = attributesOf.get(catalogue) ?? new Map<string, string | null>();
  attributesOf.set(catalogue, memory);
  return texts(catalogue[resource.type]).flatMap((type) => {
    const parts = cfnSchema(type, knowledge)?.identifiers ?? [];
    if (parts.length < 2) return [];
    const values = parts.flatMap((part) => {
      const name = attributeOf(part.split('.').at(-1) ?? part, resource, memory);
      const value = name === undefined ? undefined : resource.attributes[name];
      return typeof value === 'string' && value !== '' ? [value] : [];
    });
    return values.length === parts.length ? [values.join('|')] : [];
  });
}
