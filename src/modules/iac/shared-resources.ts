import { TextIndex } from '../../core/collections/index.js';
import type { DeclaredResource, SourceNotice } from '../../core/providers/index.js';

/**
 * Finds resources that two sources declare: each apply of one undoes the other, and a change is reported twice. What counts is the
 * identifier of the provider with type and place, not the address. Resources that have none yet are not compared.
 */
export class SharedResources {
  readonly #keys = new TextIndex();
  /** By number of the key: who had it first. */
  readonly #resources: DeclaredResource[] = [];
  readonly #sources: string[] = [];

  /** The notice for a resource that another source declares too; undefined for all others. */
  observe(resource: DeclaredResource, source: string): SourceNotice | undefined {
    const { provider, type, id, scope, address, location } = resource;
    if (id === null || id === '') return undefined;
    const key = [provider, type, scope.accountId, scope.region, scope.namespace, id].join('\u0000');
    const number = this.#keys.add(key);
    const first = this.#resources[number];
    const firstSource = this.#sources[number];
    if (first === undefined || firstSource === undefined) {
      this.#resources[number] = resource;
      this.#sources[number] = source;
      return undefined;
    }
    if (firstSource === source) return undefined;
    return {
      level: 'warning',
      code: 'SOURCE.RESOURCE_IN_TWO_STATES',
      message: `${type} ${id} is declared twice: as ${first.address} in ${firstSource} and as ${address} in ${source}. Remove it from one of them (terraform state rm), or their applies undo each other.`,
      address,
      location,
    };
  }
}
