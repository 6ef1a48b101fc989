import type { ActualResource, DeclaredResource } from '../../../../core/providers/index.js';
import type { Knowledge } from '../knowledge.js';
import { isFullyNamed } from './azure-identity.js';
import { flatNames } from './flat-names.js';
import { googleKinds } from './google-identity.js';
import { nativeTypes } from './native-types.js';

/** Whether a live resource may be the one that was declared, by type alone: never where the code names it in full. */
export function sameKind(
  resource: DeclaredResource,
  actual: ActualResource,
  knowledge: Knowledge,
): boolean {
  if (isFullyNamed(resource)) return false;
  if (nativeTypes(resource, knowledge).includes(actual.type.toLowerCase())) return true;
  if (actual.format !== 'gcp-cai') return false;
  const kinds = googleKinds(actual.type);
  return flatNames(resource.type).some((name) => kinds.includes(name));
}
