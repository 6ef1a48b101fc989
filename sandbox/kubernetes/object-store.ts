import { EstateError } from '../estate-error.js';
import { objectAt, textAt } from '../json.js';
import type { Json, JsonObject } from '../json.js';
import { parsePropertyPath, setProperty } from '../property-path.js';
import { InvalidResourceError, NoSuchResourceError } from '../server/cloud.js';
import type { ResourceControl } from '../server/cloud.js';
import { ApiCatalogue } from './api-catalogue.js';
import { withServerFields } from './kubernetes-estate.js';
import type { Cluster } from './kubernetes-estate.js';
import { groupVersionOf } from './served-kind.js';
import type { ServedKind } from './served-kind.js';

/** The changing copy of a cluster. Addresses are `apps/v1/Deployment/namespace/name`, cluster-scoped with an empty namespace. */
export class ObjectStore implements ResourceControl {
  catalogue: ApiCatalogue;
  private byKind = new Map<string, Map<string, JsonObject>>();
  private version = 100_000;

  constructor(private readonly cluster: Cluster) {
    this.catalogue = this.load();
  }

  reset(): void {
    this.catalogue = this.load();
  }

  /** Of the whole store: the newest change. */
  resourceVersion(): string {
    return String(this.version);
  }

  /** Objects of a kind by `namespace/name`, in that order. */
  objects(kind: ServedKind): JsonObject[] {
    const stored = this.byKind.get(kind.storedIn);
    return stored ? [...stored].sort(byKey).map(([, object]) => object) : [];
  }

  list(): Json {
    return [...this.byKind.values()].flatMap((objects) => [...objects.values()].map(addressOf));
  }

  get(address: string): JsonObject {
    const { kind, key } = this.locate(address);
    const object = this.byKind.get(kind.storedIn)?.get(key);
    if (!object) throw new NoSuchResourceError(address);
    return object;
  }

  add(resource: JsonObject): string {
    const kind = this.kindOf(resource);
    const object = withServerFields(structuredClone(resource), this.cluster.name);
    if (this.byKind.get(kind.storedIn)?.has(keyOf(object))) {
      throw new InvalidResourceError(`${addressOf(object)} is already there.`);
    }
    this.put(kind, object);
    this.touch(object);
    return addressOf(object);
  }

  change(address: string, path: string, value: Json | undefined, by: string | null): void {
    const object = this.get(address);
    const before = JSON.stringify(object.spec);
    setProperty(object, path, value);
    this.touch(object);
    const metadata = objectAt(object, 'metadata');
    if (JSON.stringify(object.spec) !== before) {
      metadata.generation = Number(metadata.generation ?? 1) + 1;
    }
    if (by) recordManager(metadata, textAt(object, 'apiVersion') ?? '', path, by);
  }

  remove(address: string): void {
    const { kind, key } = this.locate(address);
    if (!this.byKind.get(kind.storedIn)?.delete(key)) throw new NoSuchResourceError(address);
    this.version += 1;
  }

  private touch(object: JsonObject): void {
    this.version += 1;
    objectAt(object, 'metadata').resourceVersion = this.resourceVersion();
  }

  private load(): ApiCatalogue {
    const objects = structuredClone([...this.cluster.objects]);
    const definitions = objects.filter((object) => object.kind === 'CustomResourceDefinition');
    this.catalogue = new ApiCatalogue(definitions, this.cluster.settings.extraVersions);
    this.byKind = new Map();
    for (const object of objects) {
      const kind = this.kindOf(object);
      const complete = withServerFields(object, this.cluster.name);
      if (this.byKind.get(kind.storedIn)?.has(keyOf(complete))) {
        throw new EstateError(`${addressOf(complete)} is there twice.`);
      }
      this.put(kind, complete);
    }
    this.addMissingNamespaces();
    return this.catalogue;
  }

  private addMissingNamespaces(): void {
    const used = [...this.byKind.values()].flatMap((objects) =>
      [...objects.values()].map((object) => textAt(objectAt(object, 'metadata'), 'namespace')),
    );
    const there = this.byKind.get('/Namespace');
    for (const name of new Set(['default', 'kube-system', ...used])) {
      if (name === undefined || there?.has(`/${name}`)) continue;
      const labels = { 'kubernetes.io/metadata.name': name };
      const namespace: JsonObject = {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels },
        spec: { finalizers: ['kubernetes'] },
        status: { phase: 'Active' },
      };
      this.put(this.kindOf(namespace), withServerFields(namespace, this.cluster.name));
    }
  }

  private put(kind: ServedKind, object: JsonObject): void {
    const objects = this.byKind.get(kind.storedIn) ?? new Map<string, JsonObject>();
    objects.set(keyOf(object), object);
    this.byKind.set(kind.storedIn, objects);
  }

  private kindOf(object: JsonObject): ServedKind {
    const apiVersion = textAt(object, 'apiVersion') ?? '';
    const name = textAt(object, 'kind') ?? '';
    const kind = this.catalogue.byObject(apiVersion, name);
    if (!kind) {
      throw new EstateError(
        `${apiVersion} ${name} is not served: it is not built in and the estate has no CustomResourceDefinition for it.`,
      );
    }
    const namespace = textAt(objectAt(object, 'metadata'), 'namespace');
    if (kind.namespaced !== Boolean(namespace)) {
      throw new EstateError(
        `${addressOf(object)}: ${name} is ${kind.namespaced ? 'namespaced' : 'cluster-scoped'}.`,
      );
    }
    return kind;
  }

  private locate(address: string): { kind: ServedKind; key: string } {
    const parts = address.split('/');
    const name = parts.pop() ?? '';
    const namespace = parts.pop() ?? '';
    const kindName = parts.pop() ?? '';
    const kind = this.catalogue.byObject(parts.join('/'), kindName);
    if (!kind) throw new NoSuchResourceError(address);
    return { kind, key: `${namespace}/${name}` };
  }
}

export function addressOf(object: JsonObject): string {
  return `${textAt(object, 'apiVersion') ?? ''}/${textAt(object, 'kind') ?? ''}/${keyOf(object)}`;
}

/** The object as another group version shows it. */
export function inVersion(object: JsonObject, kind: ServedKind): JsonObject {
  return { ...object, apiVersion: groupVersionOf(kind), kind: kind.kind };
}

export function keyOf(object: JsonObject): string {
  const metadata = objectAt(object, 'metadata');
  return `${textAt(metadata, 'namespace') ?? ''}/${textAt(metadata, 'name') ?? ''}`;
}

function byKey([left]: [string, JsonObject], [right]: [string, JsonObject]): number {
  return left < right ? -1 : Number(left > right);
}

/** What the server notes for an update: who owns the field now. */
function recordManager(
  metadata: JsonObject,
  apiVersion: string,
  path: string,
  manager: string,
): void {
  const steps = parsePropertyPath(path).filter((step) => typeof step === 'string');
  let fields: JsonObject = {};
  for (const step of steps.reverse()) fields = { [`f:${step}`]: fields };
  const entry: JsonObject = {
    manager,
    operation: 'Update',
    apiVersion,
    time: `${new Date().toISOString().slice(0, 19)}Z`,
    fieldsType: 'FieldsV1',
    fieldsV1: fields,
  };
  const others = Array.isArray(metadata.managedFields) ? metadata.managedFields : [];
  metadata.managedFields = [...others, entry];
}
