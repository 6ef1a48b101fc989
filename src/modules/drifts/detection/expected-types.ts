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
  if (provider === 'other') return [];
  for (const resource of declared) {
    if (resource.provider !== provider) continue;
    // Google lists a type in all locations at once.
    const region = provider === 'gcp' ? null : resource.scope.region;
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
  if (resource.provider === 'gcp') return assetTypes(resource, knowledge);
  // A part is read with its parent, and is in no listing of its own.
  const parents = parentTypes(resource.type, knowledge);
  const types = parents.length > 0 ? parents : nativeTypes(resource, knowledge);
  // The name a tool has for it is no type of the provider.
  return types.map((type) => type.toLowerCase()).filter((type) => type !== resource.type);
}

/** As Cloud Asset Inventory spells them; it knows no other spelling. */
function assetTypes({ type }: DeclaredResource, knowledge: Knowledge): readonly string[] {
  const types = knowledge.load('gcp/terraform-types')?.[type];
  return Array.isArray(types) ? types.filter((one) => typeof one === 'string') : [];
}
