import type { JsonObject } from '../../../../../core/providers/index.js';
import type { Knowledge } from '../../knowledge.js';
import { isObject, read } from '../../values.js';

/** What the provider's own schema says of the arguments of one resource (knowledge/data/gcp/shapes). */
export class ResourceShape {
  private readonly sets: ReadonlySet<string>;
  private readonly maps: ReadonlySet<string>;
  private readonly inputs: ReadonlySet<string>;

  private constructor(entry: JsonObject) {
    const list = (name: string): ReadonlySet<string> => {
      const paths = read(entry, name);
      return new Set(typeof paths === 'string' ? paths.split(' ') : []);
    };
    this.sets = list('sets');
    this.maps = list('maps');
    this.inputs = list('inputs');
  }

  static open(knowledge: Knowledge, type: string): ResourceShape {
    const prefix = type.split('_')[1] ?? '';
    const entry = knowledge.load(`gcp/shapes/${prefix}`)?.[type];
    return new ResourceShape(isObject(entry) ? entry : {});
  }

  /** Terraform keeps it in no order of its own. Paths are dotted, without list indexes. */
  isSet(path: string): boolean {
    return this.sets.has(path);
  }

  /** Its keys are the user's own. */
  isMap(path: string): boolean {
    return this.maps.has(path);
  }

  /** Code may set it, whatever the API's description says. */
  isInput(path: string): boolean {
    return this.inputs.has(path);
  }
}
