import type { DeclaredResource } from '../../../../core/providers/index.js';
import type { Knowledge } from '../knowledge.js';
import { derivedGoogleTypes } from './google-services.js';
import { parentTypes } from '../lenses/aws/part-catalogue.js';

const CATALOGUES: readonly (readonly [prefix: string, catalogue: string])[] = [
  ['aws_', 'aws/terraform-types'],
  ['awscc_', 'aws/awscc-types'],
  ['google_', 'gcp/terraform-types'],
  ['azurerm_', 'azure/terraform-types'],
];

/** The provider's type an azapi resource names in its own `type` argument; null for any other resource. */
export function ownType(resource: DeclaredResource): string | null {
  if (!resource.type.startsWith('azapi_')) return null;
  const { type } = resource.attributes;
  return typeof type === 'string' ? type : null;
}

/**
 * The provider's own types a declared type can be found under, in lower case. A type that is already native answers
 * itself; an unknown Terraform type answers an empty list, which is "we do not know", not "it does not exist".
 */
export function nativeTypes(resource: DeclaredResource, knowledge: Knowledge): readonly string[] {
  const { type } = resource;
  const armType = ownType(resource);
  // `Microsoft.Web/sites@2024-04-01`: the code itself names Azure's type.
  if (armType !== null) return [(armType.split('@')[0] ?? armType).toLowerCase()];
  for (const [prefix, catalogue] of CATALOGUES) {
    if (!type.startsWith(prefix)) continue;
    const known = knowledge.load(catalogue)?.[type];
    const types = Array.isArray(known) ? known.filter((entry) => typeof entry === 'string') : [];
    const parents = parentTypes(type, knowledge);
    const derived =
      prefix === 'google_' && types.length === 0 ? derivedGoogleTypes(type, knowledge) : [];
    return [
      ...new Set([...types, ...derived, ...parents, type].map((entry) => entry.toLowerCase())),
    ];
  }
  return [type, ...parentTypes(type, knowledge)].map((entry) => entry.toLowerCase());
}
