import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { FieldFacts } from '../../field.js';
import type { Knowledge } from '../../knowledge.js';
import { isObject, read } from '../../values.js';
import { fieldSchema, type FieldSchema, type TypeSchema } from './schema.js';
import { behaviourOf, conditionalDefaults, type ServerBehaviour } from './server-behaviour.js';

const SPELLINGS: Readonly<Record<string, FieldFacts['kind']>> = {
  quantity: 'quantity',
  duration: 'duration',
  time: 'timestamp',
};

/**
 * Lists that admission controllers add to by design: an extra element there is news, not proof (Kubernetes, "Admission
 * controllers in Kubernetes"). In every other list an element nobody declared is a change.
 */
const INJECTED_LISTS = new Set([
  'PodSpec.volumes',
  'PodSpec.imagePullSecrets',
  'PodSpec.hostAliases',
  'PodSpec.topologySpreadConstraints',
  'Container.env',
  'Container.envFrom',
  'Container.volumeMounts',
  'ServiceAccount.secrets',
  'ServiceAccount.imagePullSecrets',
  'ObjectMeta.finalizers',
  'ObjectMeta.ownerReferences',
]);

function strings(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function kindOf(spelling: JsonValue | undefined): Pick<FieldFacts, 'kind'> {
  const kind = typeof spelling === 'string' ? SPELLINGS[spelling] : undefined;
  return kind === undefined ? {} : { kind };
}

/** A struct for which `{}` and absence are two different statements. */
function emptySaysSomething(reference: string | null): boolean {
  return reference !== null && /#(LabelSelector|\w*VolumeSource)$/.test(reference);
}

/** A type of the committed catalogue: `core-v1#PodSpec` is `PodSpec` in `kubernetes/core-v1`. */
class CatalogueType implements TypeSchema {
  private readonly fields = new Map<string, FieldSchema>();
  private readonly behaviour: ServerBehaviour;
  private readonly pointers: ReadonlySet<string>;
  private readonly zeros: ReadonlySet<string>;

  constructor(
    readonly name: string,
    private readonly described: JsonObject,
    private readonly catalogue: Catalogue,
  ) {
    this.behaviour = behaviourOf(name, catalogue.knowledge);
    this.pointers = new Set(strings(read(described, 'p')));
    this.zeros = new Set(strings(read(described, 'z')));
  }

  field(key: string): FieldSchema {
    let field = this.fields.get(key);
    if (field === undefined) {
      field = this.describe(key);
      this.fields.set(key, field);
    }
    return field;
  }

  names(): readonly string[] {
    const listed = read(this.described, 'f');
    return [...this.pointers, ...this.zeros, ...Object.keys(isObject(listed) ? listed : {})];
  }

  private describe(key: string): FieldSchema {
    const listed = read(this.described, 'f');
    const fact = isObject(listed) ? read(listed, key) : undefined;
    const facts: JsonObject = isObject(fact) ? fact : {};
    const reference = read(facts, 'r');
    const target = typeof reference === 'string' ? reference : null;
    const pointer = this.pointers.has(key) || read(facts, 'p') === 1;
    const fallback = read(this.behaviour.defaults, key) ?? read(facts, 'd');
    const isList = read(facts, 'l') !== undefined;
    const isMap = read(facts, 'm') === 1;
    const allocated = read(this.behaviour.allocated, key);
    const status = key === 'status' && this.isObjectType();
    return fieldSchema({
      shape: isList ? 'list' : isMap ? 'map' : target === null ? 'plain' : 'struct',
      type: () => (target === null ? null : this.catalogue.type(target)),
      facts: this.factsFor(key, facts, target, pointer, isList),
      elementFacts: kindOf(read(facts, 'n')),
      pointer,
      zero: this.zeros.has(key),
      allocated: status
        ? 'written by controllers'
        : typeof allocated === 'string'
          ? allocated
          : null,
      defaultsFor: (declared) => {
        const found = conditionalDefaults(this.behaviour, key, declared);
        return fallback === undefined ? found : [...found, fallback];
      },
    });
  }

  private factsFor(
    key: string,
    facts: JsonObject,
    target: string | null,
    pointer: boolean,
    isList: boolean,
  ): FieldFacts {
    if (!isList) {
      const explicit = pointer && emptySaysSomething(target);
      return { ...kindOf(read(facts, 'n')), ...(explicit && { explicitEmpty: true }) };
    }
    const identity = strings(read(facts, 'k'));
    const set = read(facts, 'l') === 's' || this.behaviour.sets.has(key);
    const element = target === null ? null : this.catalogue.type(target);
    const defaults = identity.flatMap((name) => {
      const value = element?.field(name).defaultFor({});
      return value === undefined ? [] : [[name, value] as const];
    });
    return {
      ...(identity.length > 0 && { identity, identityDefaults: Object.fromEntries(defaults) }),
      ...(set && { order: 'set' as const }),
      ...(INJECTED_LISTS.has(`${this.name.split('#')[1] ?? ''}.${key}`) && {
        extras: 'potential' as const,
      }),
      ...(target !== null && { explicitEmpty: true }),
    };
  }

  private isObjectType(): boolean {
    const listed = read(this.described, 'f');
    return isObject(listed) && Object.hasOwn(listed, 'metadata');
  }
}

/** Built-in kinds, then those of published CRDs. */
const SHELVES = ['kubernetes/kinds', 'kubernetes/crds/kinds'];

/** The built-in types of one knowledge shelf; each type is read once. */
export class Catalogue {
  private readonly types = new Map<string, TypeSchema | null>();
  private kinds: ReadonlyMap<string, string> | undefined;

  constructor(readonly knowledge: Knowledge) {}

  type(reference: string): TypeSchema | null {
    const known = this.types.get(reference);
    if (known !== undefined) return known;
    const [file = '', name = ''] = reference.split('#');
    const types = this.knowledge.load(`kubernetes/${file}`)?.types;
    const described = isObject(types) ? read(types, name) : undefined;
    const type = new CatalogueType(reference, isObject(described) ? described : {}, this);
    this.types.set(reference, type);
    return type;
  }

  /** `apps/v1` + `Deployment` → its type; null when the catalogue has no such kind in that version. */
  kind(apiVersion: string, kind: string): TypeSchema | null {
    const reference = this.versionsOf(kind)[apiVersion];
    return typeof reference === 'string' ? this.type(reference) : null;
  }

  /** The kind whose name in lower case this is; built-in ones before published CRDs. */
  kindNamed(lowerCase: string): string | undefined {
    this.kinds ??= new Map(
      [...SHELVES].reverse().flatMap((shelf) => {
        const kinds = this.knowledge.load(shelf)?.kinds;
        const names = isObject(kinds) ? Object.keys(kinds) : [];
        return names.map((name) => [name.toLowerCase(), name] as const);
      }),
    );
    return this.kinds.get(lowerCase);
  }

  /** Every `apiVersion → type` a kind is known under, newest release first. */
  versionsOf(kind: string): JsonObject {
    for (const shelf of SHELVES) {
      const kinds = this.knowledge.load(shelf)?.kinds;
      const versions = isObject(kinds) ? read(kinds, kind) : undefined;
      if (isObject(versions)) return versions;
    }
    return {};
  }
}

const CATALOGUES = new WeakMap<Knowledge, Catalogue>();

/** One catalogue per shelf, so that types are built once per process and not once per resource. */
export function catalogueOf(knowledge: Knowledge): Catalogue {
  let catalogue = CATALOGUES.get(knowledge);
  if (catalogue === undefined) {
    catalogue = new Catalogue(knowledge);
    CATALOGUES.set(knowledge, catalogue);
  }
  return catalogue;
}
