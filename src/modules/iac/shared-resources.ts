import type { DeclaredResource, SourceNotice } from '../../core/providers/index.js';

interface Claim {
  readonly source: string;
  readonly address: string;
}

/**
 * Finds resources that two sources declare: each apply of one undoes the other, and a change is reported twice. What counts is the
 * identifier of the provider with type and place, not the address. Resources that have none yet are not compared.
 */
export class SharedResources {
  readonly #claims = new Map<string, Claim>();

  /** The notice for a resource that another source declares too; undefined for all others. */
  observe(resource: DeclaredResource, source: string): SourceNotice | undefined {
    const { provider, type, id, scope, address, location } = resource;
    if (id === null || id === '') return undefined;
    const key = [provider, type, scope.accountId, scope.region, scope.namespace, id].join('\u0000');
    const first = this.#claims.get(key);
    if (first === undefined) {
      this.#claims.set(key, { source, address });
      return undefined;
    }
    if (first.source === source) return undefined;
    return {
      level: 'warning',
      code: 'SOURCE.RESOURCE_IN_TWO_STATES',
      message: `${type} ${id} is declared twice: as ${first.address} in ${first.source} and as ${address} in ${source}. Remove it from one of them (terraform state rm), or their applies undo each other.`,
      address,
      location,
    };
  }
}
