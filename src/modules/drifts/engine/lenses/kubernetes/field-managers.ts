import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { Field } from '../../field.js';
import { identical, isObject, read } from '../../values.js';
import { stepsTo, type LiveStep } from './live-path.js';

/** Who wrote a field, from `metadata.managedFields` (Kubernetes: server-side apply, field management). */
export interface FieldManager {
  readonly name: string;
  readonly operation: 'Apply' | 'Update';
  /** When it last wrote, ISO 8601; null where the entry does not say. */
  readonly time: string | null;
  readonly fields: JsonObject;
}

/** Parts of the control plane that write to objects by themselves. */
const CONTROL_PLANE =
  /^(kube-(controller-manager|scheduler|apiserver|proxy|addon-manager)|kubelet|cloud-controller-manager|cluster-autoscaler|horizontal-pod-autoscaler|service-controller|(aws|gcp|gke|eks|azure|aks)[\w-]*-(controller|manager))$/;

/** Tools a person types into or clicks in. `node-fetch` is Lens, `Mozilla` is a browser at the dashboard. */
const BY_HAND =
  /^(kubectl(-(?!client-side-apply|last-applied|create)[\w-]+)?|k9s|lens|openlens|freelens|node-fetch|mozilla|dashboard|kubernetes-dashboard|headlamp(-server)?|octant|oc|curl|rancher)$/i;

const LAST_APPLIED: readonly LiveStep[] = [
  'metadata',
  'annotations',
  'kubectl.kubernetes.io/last-applied-configuration',
].map((key) => ({ kind: 'key', key }));

const PARSED = new WeakMap<JsonObject, readonly FieldManager[]>();

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Every field manager of a live object; empty when the object came without `managedFields`. */
export function managersOf(live: JsonObject): readonly FieldManager[] {
  const known = PARSED.get(live);
  if (known) return known;
  const metadata = read(live, 'metadata');
  const entries = isObject(metadata) ? read(metadata, 'managedFields') : undefined;
  const managers = (Array.isArray(entries) ? entries : []).filter(isObject).flatMap((entry) => {
    const fields = read(entry, 'fieldsV1');
    const operation =
      read(entry, 'operation') === 'Apply' ? ('Apply' as const) : ('Update' as const);
    const time = text(read(entry, 'time')) || null;
    return isObject(fields)
      ? [{ name: text(read(entry, 'manager')), operation, time, fields }]
      : [];
  });
  PARSED.set(live, managers);
  return managers;
}

/** Which element an entry of a field set stands for: `k:{"name":"x"}` by key, `v:"x"` by value, `i:0` by position. */
interface ElementEntry {
  readonly sort: 'k' | 'v' | 'i';
  readonly wanted: JsonValue;
  readonly below: JsonValue;
}

const ENTRIES = new WeakMap<JsonObject, readonly ElementEntry[]>();

function entriesOf(fields: JsonObject): readonly ElementEntry[] {
  const known = ENTRIES.get(fields);
  if (known) return known;
  const entries = Object.entries(fields).flatMap(([key, below]): ElementEntry[] => {
    const sort = key.slice(0, 2);
    if (sort !== 'k:' && sort !== 'v:' && sort !== 'i:') return [];
    try {
      const wanted = JSON.parse(key.slice(2)) as JsonValue;
      return [{ sort: sort === 'k:' ? 'k' : sort === 'v:' ? 'v' : 'i', wanted, below }];
    } catch {
      // Not an entry this version of the field set format knows: it names no element.
      return [];
    }
  });
  ENTRIES.set(fields, entries);
  return entries;
}

function elementFields(
  fields: JsonObject,
  { index, value }: Extract<LiveStep, { kind: 'element' }>,
): JsonValue | undefined {
  return entriesOf(fields).find((entry) => isElement(entry, value, index))?.below;
}

function isElement(
  { sort, wanted }: ElementEntry,
  value: JsonValue | undefined,
  index: number,
): boolean {
  if (sort === 'i') return wanted === index;
  if (sort === 'v') return identical(wanted, value);
  if (!isObject(wanted) || !isObject(value)) return false;
  return Object.entries(wanted).every(([name, part]) => identical(part, read(value, name)));
}

function owns(manager: FieldManager, steps: readonly LiveStep[]): boolean {
  let fields: JsonValue | undefined = manager.fields;
  for (const step of steps) {
    if (!isObject(fields)) return false;
    if (fields !== manager.fields && Object.keys(fields).length === 0) return true;
    fields = step.kind === 'key' ? read(fields, `f:${step.key}`) : elementFields(fields, step);
    if (fields === undefined) return false;
  }
  return true;
}

/** The managers that own a live field or something inside it. */
export function ownersOf(field: Field): readonly FieldManager[] {
  return ownersAt(field.pair.actual.properties, field.actualPath);
}

/** As `ownersOf`, of a place in a live object. */
export function ownersAt(live: JsonObject, actualPath: string): readonly FieldManager[] {
  const managers = managersOf(live);
  if (managers.length === 0) return [];
  const steps = stepsTo(live, actualPath);
  return steps ? managers.filter((manager) => owns(manager, steps)) : [];
}

/**
 * Names of the owners of a field. Where the object came without `managedFields`, `facts.managers` (`{ key: manager }`) of
 * the scan may know them.
 */
export function ownerNames(field: Field): readonly string[] {
  const names = ownersOf(field).map(({ name }) => name);
  if (names.length > 0) return names;
  const given = read(field.pair.scan.facts, 'managers');
  const name = isObject(given) ? text(read(given, field.key)) : '';
  return name === '' ? [] : [name];
}

/** How many of a manager's fields the code states too; elements of lists count by their fields, whichever element it is. */
function statedFields(fields: JsonValue | undefined, stated: JsonValue | undefined): number {
  if (!isObject(fields) || stated === undefined) return 0;
  const below = Object.entries(fields).filter(([key]) => key !== '.');
  if (below.length === 0) return 1;
  return below.reduce((sum, [key, inner]) => sum + statedFields(inner, statedAt(stated, key)), 0);
}

function statedAt(stated: JsonValue, key: string): JsonValue | undefined {
  if (!Array.isArray(stated)) return isObject(stated) ? read(stated, key.slice(2)) : undefined;
  const [entry] = entriesOf({ [key]: {} });
  return stated.find((item) => entry !== undefined && isElement(entry, item, stated.indexOf(item)));
}

const APPLIERS = new WeakMap<
  JsonObject,
  { readonly stated: JsonObject; readonly applier: FieldManager | undefined }
>();

/**
 * The tool that applies the manifest: of the managers that use server-side apply, the one that owns most of what the manifest
 * states. Without a manifest in the object's own words, the object itself stands for it.
 */
export function applierOf(live: JsonObject, stated: JsonObject = live): FieldManager | undefined {
  const known = APPLIERS.get(live);
  if (known?.stated === stated) return known.applier;
  let applier: FieldManager | undefined;
  let most = 0;
  for (const manager of managersOf(live)) {
    if (manager.operation !== 'Apply') continue;
    const count = statedFields(manager.fields, stated);
    if (count > most) [applier, most] = [manager, count];
  }
  APPLIERS.set(live, { stated, applier });
  return applier;
}

/** As `applierOf`, for the pair a field belongs to. */
export function applierOfPair({ declared, actual }: Field['pair']): FieldManager | undefined {
  const isManifest = declared.format === 'k8s-manifest';
  return applierOf(actual.properties, isManifest ? declared.attributes : undefined);
}

export function isControlPlane(manager: FieldManager): boolean {
  return CONTROL_PLANE.test(manager.name);
}

/** A person's tool; not when it is the one that applies the manifest and keeps the last applied configuration. */
export function isByHand(manager: FieldManager): boolean {
  return BY_HAND.test(manager.name) && !owns(manager, LAST_APPLIED);
}
