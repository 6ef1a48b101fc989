import type { ActualResource, DeclaredResource } from '../../../core/providers/index.js';
import type { UnmanagedChoice } from '../../environments/index.js';
import type { Knowledge } from '../engine/index.js';
import { nativeTypes } from '../engine/match/native-types.js';

/**
 * Which live resources without code are worth a line. By default those of types the code declares (in Kubernetes also of its
 * namespaces): one state rarely claims a whole account.
 */
export class UnmanagedFilter {
  private readonly types = new Set<string>();
  private readonly namespaces = new Set<string>();

  constructor(
    declared: readonly DeclaredResource[],
    knowledge: Knowledge,
    private readonly choice: UnmanagedChoice,
  ) {
    if (choice !== 'declared-types') return;
    for (const resource of declared) {
      for (const type of nativeTypes(resource, knowledge)) this.types.add(type);
      if (resource.scope.namespace !== null) this.namespaces.add(resource.scope.namespace);
    }
  }

  shows(actual: ActualResource): boolean {
    if (this.choice !== 'declared-types') return this.choice === 'all';
    const { namespace } = actual.scope;
    const here =
      actual.provider !== 'kubernetes' || namespace === null || this.namespaces.has(namespace);
    return here && this.types.has(actual.type.toLowerCase());
  }
}
