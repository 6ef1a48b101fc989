import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { FieldFacts, Pair } from '../../field.js';
import { FieldCatalogue } from '../gcp/field-catalogue.js';

/** What a provider's schema says of an attribute, by its dotted path without indexes; undefined when no schema is known. */
export type AttributeSchema = (path: string) => FieldFacts | undefined;

/** The schema of a declared type, where a catalogue has one. A set is only a set when a schema says so. */
export function attributeSchemaOf({ declared, knowledge }: Pair): AttributeSchema {
  if (!declared.type.startsWith('google_')) return () => undefined;
  const fields = FieldCatalogue.open(knowledge, declared.type);
  return (path) => {
    const facts = fields.find(path)?.facts;
    if (!facts) return undefined;
    const { order, sensitive, kind } = facts;
    return {
      ...(order !== undefined && { order }),
      ...(sensitive === true && { sensitive }),
      ...(kind === 'timestamp' && { kind }),
    };
  };
}

/** Facts of a list whose schema is unknown: elements are paired by content, and an order of its own is weighed apart. */
export interface TerraformFacts extends FieldFacts {
  readonly orderUnknown?: boolean;
}

export function hasUnknownOrder(facts: FieldFacts): boolean {
  return (facts as TerraformFacts).orderUnknown === true;
}

/** Blocks carry every attribute of their schema, so what one side lacks there is a newer schema; a map's keys are content. */
export function isMapLike(declared: JsonObject, actual: JsonObject): boolean {
  const values: JsonValue[] = [...Object.values(declared), ...Object.values(actual)];
  return values.every((value) => typeof value === 'string');
}
