import { createHash } from 'node:crypto';
import type { LabelledCase } from './labelled-case.js';

/** Scored cases whose two sides are, byte for byte, those of a case with the opposite label: nothing can be right on both. */
export class Contradictions {
  readonly #labels = new Map<string, boolean>();
  readonly names: string[] = [];

  add({ name, source, drift, scored }: LabelledCase): void {
    if (drift === null || !scored) return;
    const { declared, actual, context, options } = source;
    const pair = createHash('sha256')
      .update(JSON.stringify([declared, actual, context, options]))
      .digest('base64');
    const known = this.#labels.get(pair);
    if (known === undefined) this.#labels.set(pair, drift);
    else if (known !== drift) this.names.push(name);
  }
}
