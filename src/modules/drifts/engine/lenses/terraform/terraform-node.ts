import type { JsonObject } from '../../../../../core/providers/index.js';
import type { FieldFacts } from '../../field.js';
import type { LensNode, Reading, UndeclaredField } from '../../lens.js';
import { read } from '../../values.js';
import { isMapLike, type AttributeSchema, type TerraformFacts } from './attribute-schema.js';

/** One position of a Terraform resource, where both sides are the provider's own state of it. */
export class TerraformNode implements LensNode {
  readonly sameShape = true;

  constructor(
    private readonly schema: AttributeSchema,
    /** Dotted path without indexes. */
    private readonly path: string,
    readonly facts: FieldFacts,
  ) {}

  static root(schema: AttributeSchema): TerraformNode {
    return new TerraformNode(schema, '', {});
  }

  private childNode(key: string, extras?: FieldFacts['extras']): TerraformNode {
    const path = this.path === '' ? key : `${this.path}.${key}`;
    const known = this.schema(path);
    const facts: TerraformFacts = {
      ...(known ?? { order: 'set', orderUnknown: true }),
      ...(extras !== undefined && { extras }),
    };
    return new TerraformNode(this.schema, path, facts);
  }

  child(key: string, _declared: JsonObject, actual: JsonObject): Reading {
    const value = read(actual, key);
    return { kind: 'value', value, node: this.childNode(key), segments: [key], claims: [key] };
  }

  element(): LensNode {
    return new TerraformNode(this.schema, this.path, {});
  }

  *undeclared(
    actual: JsonObject,
    claimed: ReadonlySet<string>,
    declared: JsonObject,
  ): Iterable<UndeclaredField> {
    const content = this.path !== '' && isMapLike(declared, actual);
    for (const key of Object.keys(actual)) {
      const value = read(actual, key);
      if (claimed.has(key) || value === undefined) continue;
      const node = this.childNode(key, content ? 'confirmed' : 'potential');
      yield { key, actualKey: key, value, node };
    }
  }
}
