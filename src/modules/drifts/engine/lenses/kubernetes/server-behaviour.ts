import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { Knowledge } from '../../knowledge.js';
import { isEmpty, isObject, read } from '../../values.js';

/** What no schema says: defaults set in Go, values the server allocates, lists whose order means nothing. */
export interface ServerBehaviour {
  readonly defaults: JsonObject;
  readonly allocated: JsonObject;
  readonly sets: ReadonlySet<string>;
  readonly conditional: readonly JsonObject[];
}

function objectAt(parent: JsonObject, key: string): JsonObject {
  const value = read(parent, key);
  return isObject(value) ? value : {};
}

/** `apps-v1beta1#DeploymentSpec` → the keys it is described under, the most particular last. */
function keysFor(reference: string, fallback: JsonObject): string[] {
  const [file = '', type = ''] = reference.split('#');
  const group = file.replace(/-v\d\w*$/, '');
  const others = read(fallback, group);
  const inherited = Array.isArray(others) ? others.filter((one) => typeof one === 'string') : [];
  return [...inherited.map((one) => `${one}#${type}`), `${group}#${type}`, reference];
}

/** Reads the overlay once per type. */
export function behaviourOf(reference: string, knowledge: Knowledge): ServerBehaviour {
  const overlay = knowledge.load('kubernetes/server-behaviour') ?? {};
  const keys = keysFor(reference, objectAt(overlay, 'fallback'));
  const defaults: JsonObject = {};
  const allocated: JsonObject = {};
  const sets = new Set<string>();
  for (const key of keys) {
    Object.assign(defaults, objectAt(objectAt(overlay, 'defaults'), key));
    Object.assign(allocated, objectAt(objectAt(overlay, 'allocated'), key));
    const names = read(objectAt(overlay, 'sets'), key);
    for (const name of Array.isArray(names) ? names : [])
      if (typeof name === 'string') sets.add(name);
  }
  const rules = read(overlay, 'conditional');
  const conditional = keys
    .reverse()
    .flatMap((key) =>
      (Array.isArray(rules) ? rules : []).filter(
        (rule): rule is JsonObject => isObject(rule) && read(rule, 'type') === key,
      ),
    );
  return { defaults, allocated, sets, conditional };
}

/** What the rules for a field that apply inside the declared object say, most particular version first. */
export function conditionalDefaults(
  behaviour: ServerBehaviour,
  key: string,
  declared: JsonObject,
): JsonValue[] {
  const found: JsonValue[] = [];
  const valueOf = (name: string): JsonValue | undefined =>
    read(declared, name) ?? read(behaviour.defaults, name);
  for (const rule of behaviour.conditional) {
    if (read(rule, 'field') !== key || !applies(rule, declared, valueOf)) continue;
    const copied = read(rule, 'copy');
    const derived = read(rule, 'from');
    const value =
      typeof copied === 'string'
        ? valueOf(copied)
        : typeof derived === 'string'
          ? DERIVED[derived]?.(declared)
          : read(rule, 'value');
    if (value !== undefined) found.push(value);
  }
  return found;
}

function applies(
  rule: JsonObject,
  declared: JsonObject,
  valueOf: (name: string) => JsonValue | undefined,
): boolean {
  const when = objectAt(rule, 'when');
  for (const [name, allowed] of Object.entries(when)) {
    const value = valueOf(name);
    if (!Array.isArray(allowed) || value === undefined || !allowed.includes(value)) return false;
  }
  const absent = read(rule, 'absent');
  if (typeof absent === 'string' && !isEmpty(read(declared, absent))) return false;
  const present = read(rule, 'present');
  return typeof present !== 'string' || !isEmpty(read(declared, present));
}

/** Defaults that are computed from their neighbours, as the API server computes them. */
const DERIVED: Readonly<Record<string, (declared: JsonObject) => JsonValue | undefined>> = {
  'image-tag': (declared) => pullPolicy(read(declared, 'image') ?? read(declared, 'reference')),
  'list-kind': (declared) => named(declared, (kind) => `${kind}List`),
  'lower-kind': (declared) => named(declared, (kind) => kind.toLowerCase()),
  'crd-version': (declared) => {
    const version = read(declared, 'version');
    return isEmpty(version) || version === undefined
      ? undefined
      : [{ name: version, served: true, storage: true }];
  },
  'crd-first-version': (declared) => {
    const versions = read(declared, 'versions');
    const [first] = Array.isArray(versions) ? versions : [];
    return isObject(first) ? read(first, 'name') : undefined;
  },
};

function named(declared: JsonObject, write: (kind: string) => string): JsonValue | undefined {
  const kind = read(declared, 'kind');
  return typeof kind === 'string' && kind !== '' ? write(kind) : undefined;
}

/** `Always` for `:latest` or no tag at all, `IfNotPresent` for any other tag or a digest (SetDefaults_Container). */
function pullPolicy(image: JsonValue | undefined): JsonValue | undefined {
  if (typeof image !== 'string') return undefined;
  const [name = '', digest] = image.split('@');
  const tag = /:([\w.-]+)$/.exec(name.slice(name.lastIndexOf('/') + 1))?.[1];
  if (tag === 'latest' || (tag === undefined && digest === undefined)) return 'Always';
  return 'IfNotPresent';
}
