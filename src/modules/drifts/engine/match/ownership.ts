import { TextIndex } from '../../../../core/collections/index.js';
import type { ActualResource, DeclaredResource } from '../../../../core/providers/index.js';
import type { Estate } from '../scan-facts.js';
import type { ClassContext } from './classes/class-rule.js';

type Pairs = Iterable<{
  readonly declared: DeclaredResource;
  readonly actual: ActualResource | undefined;
}>;

/** Declared resources by everything their live side is called; of two with one name the last counts. */
class OwnerIndex {
  readonly #names = new TextIndex();
  readonly #owners: DeclaredResource[] = [];

  constructor(pairs: Pairs) {
    for (const { declared, actual } of pairs) {
      const ids = [declared.id, actual?.id, ...(actual?.aliases ?? [])];
      for (const id of ids) if (id) this.#set(id, declared);
      const type = actual?.type ?? declared.type;
      for (const name of [declared.name, actual?.name])
        if (name) this.#set(`${type}|${name}`, declared);
    }
  }

  find(key: string): string | undefined {
    return this.#owners[this.#names.find(key.toLowerCase())]?.address;
  }

  #set(key: string, owner: DeclaredResource): void {
    this.#owners[this.#names.add(key.toLowerCase())] = owner;
  }
}

/** Which declared resource stands behind a live identifier; indexed once, when a rule first asks. */
export function ownership(estate: Estate, pairs: () => Pairs): ClassContext {
  let index: OwnerIndex | undefined;
  const lookUp = (key: string): string | undefined => (index ??= new OwnerIndex(pairs())).find(key);
  return {
    estate,
    owner: (id) => (id === '' ? undefined : lookUp(id)),
    ownerNamed: (type, name) => (name === '' ? undefined : lookUp(`${type}|${name}`)),
  };
}
