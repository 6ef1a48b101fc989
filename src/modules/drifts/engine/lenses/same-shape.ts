import type { JsonObject } from '../../../../core/providers/index.js';
import { NO_FACTS, type FieldFacts } from '../field.js';
import type { Lens, LensNode, Reading, UndeclaredField } from '../lens.js';
import { read } from '../values.js';

/**
 * Both sides speak the same words. `factsOf` answers what a schema says of a child; the default knows nothing, so a
 * difference is a difference and an undeclared field is potential.
 */
export class SameShapeNode implements LensNode {
  readonly sameShape: boolean = true;

  constructor(readonly facts: FieldFacts = NO_FACTS) {}

  protected childNode(_key: string): LensNode {
    return OPEN_NODE;
  }

  child(key: string, _declared: JsonObject, actual: JsonObject): Reading {
    const value = read(actual, key);
    return { kind: 'value', value, node: this.childNode(key), segments: [key], claims: [key] };
  }

  element(): LensNode {
    return OPEN_NODE;
  }

  *undeclared(actual: JsonObject, claimed: ReadonlySet<string>): Iterable<UndeclaredField> {
    for (const key of Object.keys(actual)) {
      const value = read(actual, key);
      if (claimed.has(key) || value === undefined) continue;
      yield { key, actualKey: key, value, node: this.childNode(key) };
    }
  }
}

const OPEN_NODE: LensNode = new SameShapeNode();

/** Inside a canonical view (a parsed JSON text, a normalised policy) every key counts, and lists may be sets. */
class ViewNode extends SameShapeNode {
  constructor(private readonly sets: boolean) {
    super({ extras: 'confirmed', ...(sets && { order: 'set' as const }) });
  }

  protected override childNode(): LensNode {
    return this;
  }

  override element(): LensNode {
    return this;
  }
}

const VIEW = new ViewNode(false);
const SET_VIEW = new ViewNode(true);

/** The node to continue with below a comparator's view. */
export function viewNode(sets: boolean): LensNode {
  return sets ? SET_VIEW : VIEW;
}

/** The last lens: same words on both sides, no schema. */
export const sameShapeLens: Lens = {
  name: 'same-shape',
  accepts: () => true,
  open: (pair) => ({
    declared: pair.declared.attributes,
    actual: pair.actual.properties,
    root: OPEN_NODE,
  }),
};
