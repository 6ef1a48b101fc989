import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator, Ruling } from '../comparator.js';
import type { Field } from '../field.js';
import { isKubernetes } from '../lenses/kubernetes/pair.js';
import { isObject, read } from '../values.js';

interface Injector {
  readonly name: string;
  readonly containers: ReadonlySet<string>;
  readonly images: ReadonlySet<string>;
  readonly volumes: ReadonlySet<string>;
  readonly labels: ReadonlySet<string>;
}

function strings(value: JsonValue | undefined): ReadonlySet<string> {
  return new Set(Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []);
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function injectorsOf(field: Field): readonly Injector[] {
  const list = field.pair.knowledge.load('kubernetes/injectors')?.sidecars;
  return (Array.isArray(list) ? list : []).filter(isObject).map((entry) => ({
    name: text(read(entry, 'name')),
    containers: strings(read(entry, 'containers')),
    images: strings(read(entry, 'images')),
    volumes: strings(read(entry, 'volumes')),
    labels: strings(read(entry, 'labels')),
  }));
}

/** `docker.io/istio/proxyv2:1.26@sha256:…` → `istio/proxyv2`: Docker Hub is what an image without a registry means. */
function repositoryOf(image: string): string {
  const [named = ''] = image.split('@');
  return named.replace(/:[\w.-]+$/, '').replace(/^(?:index\.)?docker\.io\//, '');
}

function injectorOf(element: JsonValue, injectors: readonly Injector[]): Injector | undefined {
  if (!isObject(element)) return undefined;
  const [name, image] = [read(element, 'name'), read(element, 'image')];
  if (typeof name !== 'string' || typeof image !== 'string') return undefined;
  const repository = repositoryOf(image);
  return injectors.find(
    (injector) => injector.containers.has(name) && injector.images.has(repository),
  );
}

/** Injectors whose container really is in the pod this field belongs to. */
function present(field: Field, injectors: readonly Injector[]): readonly Injector[] {
  const root = field.pair.actual.properties;
  const pods = [root, at(root, 'spec'), at(at(at(root, 'spec'), 'template'), 'spec')];
  const containers = pods.flatMap((pod) =>
    ['containers', 'initContainers'].flatMap((key) => {
      const list = isObject(pod) ? read(pod, key) : undefined;
      return Array.isArray(list) ? list : [];
    }),
  );
  return containers.flatMap((container) => injectorOf(container, injectors) ?? []);
}

function at(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) ? read(value, key) : undefined;
}

/**
 * Containers that a known injector adds to pods, told by container name and image repository together, and the volumes
 * and labels that come with them (F49). Any other container nobody declared stays a finding.
 */
export const injectedSidecar: Comparator = {
  name: 'injected-sidecar',
  rule(declared, actual, field) {
    if (declared !== undefined || !isKubernetes(field)) return undefined;
    if (typeof actual === 'string') return injectedLabel(field);
    if (typeof actual !== 'object') return undefined;
    const list = /(?:^|\.)(containers|initContainers|volumes)(?:\[[^\]]*\]|\.[^.[\]]+)?$/.exec(
      field.path,
    )?.[1];
    if (list === undefined || actual === null) return undefined;
    const injectors = injectorsOf(field);
    const elements = Array.isArray(actual) ? actual : [actual];
    const found =
      list === 'volumes'
        ? elements.map((volume) => volumeInjector(volume, present(field, injectors)))
        : elements.map((container) => injectorOf(container, injectors));
    const [first] = found;
    if (!first || found.includes(undefined)) return undefined;
    return addedBy(first);
  },
};

function addedBy({ name }: Injector): Ruling {
  return { kind: 'expected', why: `${name} adds it to every pod it takes care of.` };
}

function injectedLabel(field: Field): Ruling | undefined {
  if (!/(^|\.)metadata\.labels[.[]/.test(field.path)) return undefined;
  const injector = present(field, injectorsOf(field)).find(({ labels }) => labels.has(field.key));
  return injector && addedBy(injector);
}

function volumeInjector(volume: JsonValue, injectors: readonly Injector[]): Injector | undefined {
  const name = at(volume, 'name');
  return injectors.find((injector) => typeof name === 'string' && injector.volumes.has(name));
}
