import type { ActualResource, DeclaredResource } from '../../../../core/providers/index.js';
import type { Knowledge } from '../knowledge.js';
import { flatNames } from './flat-names.js';
import { googleKinds } from './google-identity.js';
import { nativeTypes } from './native-types.js';

/** Whether a live resource is of the kind a declared one would be, by type alone. */
export function sameKind(
  resource: DeclaredResource,
  actual: ActualResource,
  knowledge: Knowledge,
): boolean {
  if (nativeTypes(resource, knowledge).includes(actual.type.toLowerCase())) return true;
  if (actual.format !== 'gcp-cai') return false;
  const kinds = googleKinds(actual.type);
  return flatNames(resource.type).some((name) => kinds.includes(name));
}
