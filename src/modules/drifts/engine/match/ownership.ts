import type { ActualResource, DeclaredResource } from '../../../../core/providers/index.js';
import type { Estate } from '../scan-facts.js';
import type { ClassContext } from './classes/class-rule.js';

/** Which declared resource stands behind a live identifier; indexed once, when a rule first asks. */
export function ownership(
  estate: Estate,
  pairs: () => Iterable<{
    readonly declared: DeclaredResource;
    readonly actual: ActualResource | undefined;
  }>,
): ClassContext {
  let index: Map<string, string> | undefined;
  const lookUp = (key: string): string | undefined => {
    if (index === undefined) {
      index = new Map();
      for (const { declared, actual } of pairs()) {
        const { address } = declared;
        const ids = [declared.id, actual?.id, ...(actual?.aliases ?? [])];
        for (const id of ids) if (id) index.set(id.toLowerCase(), address);
        const type = actual?.type ?? declared.type;
        for (const name of [declared.name, actual?.name])
          if (name) index.set(`${type}|${name}`.toLowerCase(), address);
      }
    }
    return index.get(key.toLowerCase());
  };
  return {
    estate,
    owner: (id) => (id === '' ? undefined : lookUp(id)),
    ownerNamed: (type, name) => (name === '' ? undefined : lookUp(`${type}|${name}`)),
  };
}
