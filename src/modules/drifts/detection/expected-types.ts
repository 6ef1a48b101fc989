import type { DeclaredResource, ExpectedType, Provider } from '../../../core/providers/index.js';
import { parentTypes } from '../engine/lenses/aws/part-catalogue.js';
import { terraformObject } from '../engine/lenses/kubernetes/terraform-kind.js';
import type { Knowledge } from '../engine/index.js';
import { nativeTypes } from '../engine/match/native-types.js';

/**
 * What the declared side has at one provider, for `InventoryScope.expected`: where the last resource of a type was deleted,
 * the provider lists nothing of that type, and only a question about it tells.
 */
export function expectedTypes(
  declared: readonly DeclaredResource[],
  provider: Provider,
  knowledge: Knowledge,
): readonly ExpectedType[] {
  const expected = new Map<string, ExpectedType>();
  // The other inventories list whatever exists without being asked by type.
  if (provider !== 'aws' && provider !== 'azure' && provider !== 'kubernetes') return [];
  for (const resource of declared) {
    if (resource.provider !== provider) continue;
    const { region } = resource.scope;
    for (const type of typesOf(resource, knowledge))
      expected.set(JSON.stringify([type, region]), { type, region });
  }
  return [...expected.values()];
}

function typesOf(resource: DeclaredResource, knowledge: Knowledge): readonly string[] {
  if (resource.format === 'k8s-manifest') {
    return [(resource.id ?? resource.address).split('/').slice(0, -2).join('/')];
  }
  const object = terraformObject(resource, knowledge);
  if (object)
    return object.groups.map((group) => `${group === '' ? '' : `${group}/`}v1/${object.kind}`);
  // A part is read with its parent, and is in no listing of its own.
  const parents = parentTypes(resource.type, knowledge);
  const types = parents.length > 0 ? parents : nativeTypes(resource, knowledge);
  // The name a tool has for it is no type of the provider.
  return types.map((type) => type.toLowerCase()).filter((type) => type !== resource.type);
}
