import type { ActualResource, DeclaredResource } from '../../../../core/providers/index.js';
import type { Knowledge } from '../knowledge.js';
import { nativeTypes } from './native-types.js';

/** `…/resourceGroups/rg/providers/…/name` in lower case; the group is empty for what stands above groups. */
function groupAndName(id: string): { group: string; name: string } {
  const segments = id.toLowerCase().split('/');
  const at = segments.indexOf('resourcegroups');
  return { group: at < 0 ? '' : (segments[at + 1] ?? ''), name: segments.at(-1) ?? '' };
}

/** By group and name, for azurerm code that has no id yet; a name alone is only unique within its group. */
export function declaredAzureKeys(
  resource: DeclaredResource,
  knowledge: Knowledge,
): readonly string[] {
  const { name, resource_group_name: group } = resource.attributes;
  if (typeof name !== 'string' || name === '') return [];
  const home = typeof group === 'string' ? group.toLowerCase() : name.toLowerCase();
  return nativeTypes(resource, knowledge).map(
    (type) => `azure|${type}|${home}|${name.toLowerCase()}`,
  );
}

/** Code that says group and name in full: what did not answer to them is another resource. */
export function isFullyNamed({ type, attributes }: DeclaredResource): boolean {
  const parts = [attributes.name, attributes.resource_group_name];
  return (
    type.startsWith('azurerm_') &&
    parts.every((part) => typeof part === 'string' && part !== '' && !part.includes('${'))
  );
}

export function actualAzureKeys(resource: ActualResource): readonly string[] {
  const { group, name } = groupAndName(resource.id);
  return [`azure|${resource.type.toLowerCase()}|${group}|${name}`];
}
