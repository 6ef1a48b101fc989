import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { FieldFacts } from '../../field.js';

/** One Kubernetes type, built in or from a CRD: what is known of its fields. Every key answers; an unknown one openly. */
export interface TypeSchema {
  readonly name: string;
  field(key: string): FieldSchema;
  /** Names of the fields worth describing; a plain text may be missing. */
  names(): readonly string[];
}

export type FieldShape = 'plain' | 'struct' | 'list' | 'map';

/** What a schema and the API server's own code say of one field. */
export interface FieldSchema {
  /** False where no schema describes the field; nothing may then be concluded from silence. */
  readonly known: boolean;
  readonly shape: FieldShape;
  /** Type of the struct, of a list's elements or of a map's values; null for plain ones. */
  readonly type: TypeSchema | null;
  /** Facts of the field itself, and of what a list or map holds. */
  readonly facts: KubernetesFacts;
  readonly elementFacts: KubernetesFacts;
  /** A pointer in Go: the server keeps an explicit `false`, `0` or `""`. */
  readonly pointer: boolean;
  /** A plain number or boolean: unset is zero, so a live non-zero value is away from what the code means. */
  readonly zero: boolean;
  /** Why the server or a controller fills it in, whatever the value; null when nobody does. */
  readonly allocated: string | null;
  /** What the server fills in, given the declared object around it; undefined when nothing. */
  defaultFor(declaredParent: JsonObject): JsonValue | undefined;
  /** Every value it may fill in, where it looks further around than one object. */
  defaultsFor(declaredParent: JsonObject): readonly JsonValue[];
}

/** Facts of a field under the Kubernetes lens, with the schema they came from. */
export interface KubernetesFacts extends FieldFacts {
  readonly kubernetes?: FieldSchema;
}

/** The schema behind a field, where the Kubernetes lens is at work. */
export function schemaOf(facts: FieldFacts): FieldSchema | undefined {
  return (facts as KubernetesFacts).kubernetes;
}

interface FieldParts {
  readonly known?: boolean;
  readonly shape?: FieldShape;
  readonly type?: () => TypeSchema | null;
  readonly facts?: FieldFacts;
  readonly elementFacts?: FieldFacts;
  readonly pointer?: boolean;
  readonly zero?: boolean;
  readonly allocated?: string | null;
  readonly defaultsFor?: (declaredParent: JsonObject) => readonly JsonValue[];
}

const NO_DEFAULTS = (): readonly JsonValue[] => [];

/** A field schema whose facts point back to it; the type is only resolved when somebody walks there. */
export function fieldSchema(parts: FieldParts): FieldSchema {
  const facts: KubernetesFacts = { ...parts.facts };
  const defaultsFor = parts.defaultsFor ?? NO_DEFAULTS;
  let type: TypeSchema | null | undefined;
  const schema: FieldSchema = {
    known: parts.known ?? true,
    shape: parts.shape ?? 'plain',
    get type() {
      type ??= parts.type?.() ?? null;
      return type;
    },
    facts,
    elementFacts: { ...parts.elementFacts },
    pointer: parts.pointer ?? false,
    zero: parts.zero ?? false,
    allocated: parts.allocated ?? null,
    defaultFor: (declaredParent) => defaultsFor(declaredParent)[0],
    defaultsFor,
  };
  Object.assign(facts, { kubernetes: schema });
  return schema;
}
