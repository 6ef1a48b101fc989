import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { FieldFacts } from '../../field.js';
import type { LensNode, Reading, UndeclaredField } from '../../lens.js';
import { isObject, read } from '../../values.js';
import { OPEN_FIELD, OPEN_TYPE } from './openapi-schema.js';
import { fieldSchema, type FieldSchema, type KubernetesFacts, type TypeSchema } from './schema.js';

/** Types that stand inside custom resources without their schema saying so (`Rollout`, `ScaledJob`, …). */
export interface EmbeddedTypes {
  readonly podTemplate: TypeSchema | null;
  readonly objectMeta: TypeSchema | null;
}

/** Set by the API server on every object, or by controllers that own it; whatever a manifest says there is not kept. */
export const SERVER_METADATA: ReadonlySet<string> = new Set([
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'selfLink',
  'managedFields',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
]);

/** Shared by many writers: each label, annotation and finalizer is weighed by itself. */
const METADATA_SILENCE: ReadonlyMap<string, JsonValue> = new Map<string, JsonValue>([
  ['labels', {}],
  ['annotations', {}],
  ['finalizers', []],
]);

const SERVER_FIELD: FieldSchema = fieldSchema({ facts: { readOnly: true } });

/** One position in a Kubernetes object: the same words on both sides, the schema walked along. */
export class KubernetesNode implements LensNode {
  readonly sameShape = true;

  constructor(
    readonly facts: FieldFacts,
    private readonly schema: FieldSchema,
    private readonly type: TypeSchema,
    protected readonly embedded: EmbeddedTypes,
  ) {}

  child(key: string, declared: JsonObject, actual: JsonObject): Reading {
    const value = read(actual, key);
    const node = this.childNode(key, read(declared, key) ?? value);
    const base = { segments: [key], claims: [key] };
    if (node.facts.readOnly === true) {
      return { kind: 'not-compared', reason: 'kept by the API server or a controller', ...base };
    }
    return { kind: 'value', value, node, ...base };
  }

  element(): LensNode {
    const type = this.schema.type ?? OPEN_TYPE;
    const extras = this.schema.facts.extras === 'potential' ? 'potential' : 'confirmed';
    const facts: KubernetesFacts = { ...this.schema.elementFacts, ...ELEMENT.facts, extras };
    return new KubernetesNode(facts, ELEMENT, type, this.embedded);
  }

  *undeclared(
    actual: JsonObject,
    claimed: ReadonlySet<string>,
    _declared: JsonObject,
  ): Iterable<UndeclaredField> {
    for (const key of Object.keys(actual)) {
      const value = read(actual, key);
      if (claimed.has(key) || value === undefined) continue;
      const node = this.childNode(key, value);
      const silence = this.silenceAt(key, node);
      const field = { key, actualKey: key, value, node };
      yield silence === undefined ? field : { ...field, declared: silence };
    }
  }

  protected childNode(key: string, value: JsonValue | undefined): KubernetesNode {
    const field = this.fieldFor(key, value);
    const type = field.shape === 'struct' ? field.type : null;
    return new KubernetesNode(field.facts, field, type ?? OPEN_TYPE, this.embedded);
  }

  protected fieldFor(key: string, value: JsonValue | undefined): FieldSchema {
    if (this.schema.shape === 'map') return this.mapValue();
    if (this.isMetadata() && SERVER_METADATA.has(key)) return SERVER_FIELD;
    const field = this.type.field(key);
    if (field.known && (field.shape !== 'plain' || !isObject(value))) return field;
    return this.embeddedField(key, value) ?? field;
  }

  /** What the manifest's silence stands for, where entries and fields are weighed one by one. */
  private silenceAt(key: string, node: KubernetesNode): JsonValue | undefined {
    if (this.isMetadata()) return METADATA_SILENCE.get(key);
    const { known, shape, pointer } = node.schema;
    return known && shape === 'struct' && !pointer ? {} : undefined;
  }

  private isMetadata(): boolean {
    return this.schema.shape !== 'map' && this.type.name.endsWith('#ObjectMeta');
  }

  private mapValue(): FieldSchema {
    const { type, elementFacts } = this.schema;
    const shape = type === null ? 'plain' : 'struct';
    return fieldSchema({ shape, type: () => type, facts: elementFacts });
  }

  /** A pod template or metadata inside a custom resource is what it looks like. */
  private embeddedField(key: string, value: JsonValue | undefined): FieldSchema | undefined {
    const { objectMeta, podTemplate } = this.embedded;
    if (!isObject(value)) return undefined;
    if (key === 'metadata' && objectMeta) {
      return fieldSchema({ shape: 'struct', type: () => objectMeta });
    }
    const spec = read(value, 'spec');
    if (key !== 'template' || !podTemplate || !isObject(spec)) return undefined;
    if (!Array.isArray(read(spec, 'containers'))) return undefined;
    return fieldSchema({ shape: 'struct', type: () => podTemplate });
  }
}

/** An element of a list: it counts even when it is empty, as `[{}]` and `[""]` do in network policies and roles. */
const ELEMENT: FieldSchema = fieldSchema({ shape: 'struct', facts: { explicitEmpty: true } });

/** The object itself: `status` belongs to controllers, whatever the kind. */
export class KubernetesObjectNode extends KubernetesNode {
  constructor(type: TypeSchema, embedded: EmbeddedTypes) {
    super({}, OPEN_FIELD, type, embedded);
  }

  protected override fieldFor(key: string, value: JsonValue | undefined): FieldSchema {
    return key === 'status' ? SERVER_FIELD : super.fieldFor(key, value);
  }
}
