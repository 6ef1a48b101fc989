import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { FieldFacts } from '../../field.js';
import type { LensNode, Reading, UndeclaredField } from '../../lens.js';
import { read } from '../../values.js';
import { keyInAnyCase } from '../any-case.js';
import { factsOfPlace } from './arm-facts.js';
import { ArmSchemas, type ArmField } from './arm-schemas.js';

function isSameWord(left: JsonValue, right: JsonValue | undefined): boolean {
  return (
    typeof left === 'string' &&
    typeof right === 'string' &&
    left.toLowerCase() === right.toLowerCase()
  );
}

/** What a value nobody declared means where the API publishes what it is by default. */
function undeclaredFacts(
  field: ArmField | undefined,
  facts: FieldFacts,
  value: JsonValue,
): FieldFacts {
  if (field?.readOnly === true) return { ...facts, readOnly: true };
  const published: FieldFacts = { ...field?.facts, ...facts };
  // Enum values are answered in a case of their own.
  if (isSameWord(value, published.default)) return { ...published, default: value };
  return published.default !== undefined && facts.extras === 'unknown'
    ? { ...published, extras: 'potential' }
    : published;
}

/** One position in an ARM resource. Property names are matched without regard to case, as ARM does. */
export class ArmNode implements LensNode {
  readonly sameShape = true;

  constructor(
    private readonly path: readonly string[],
    private readonly schemas: ArmSchemas = ArmSchemas.NONE,
    private readonly schema: string | null = null,
    readonly facts: FieldFacts = factsOfPlace(path),
  ) {}

  child(key: string, _declared: JsonObject, actual: JsonObject): Reading {
    const found = keyInAnyCase(actual, key) ?? key;
    const field = this.schemas.find(this.schema, key);
    const path = [...this.path, key];
    const value = read(actual, found);
    const facts = { ...field?.facts, ...factsOfPlace(path) };
    return {
      kind: 'value',
      value,
      node: new ArmNode(path, this.schemas, field?.schema ?? null, facts),
      segments: [found],
      claims: [found],
    };
  }

  element(): LensNode {
    return new ArmNode([...this.path, '*'], this.schemas, this.schema, { extras: 'confirmed' });
  }

  *undeclared(actual: JsonObject, claimed: ReadonlySet<string>): Iterable<UndeclaredField> {
    for (const key of Object.keys(actual)) {
      const value = read(actual, key);
      if (claimed.has(key) || value === undefined) continue;
      const path = [...this.path, key];
      const field = this.schemas.find(this.schema, key);
      const facts = undeclaredFacts(field, factsOfPlace(path), value);
      const node = new ArmNode(path, this.schemas, field?.schema ?? null, facts);
      yield { key, actualKey: key, value, node };
    }
  }
}
