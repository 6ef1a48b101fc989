import type { ApiKind } from './api-kind.js';
import { groupVersion } from './api-kind.js';
import { fields, textOf } from './kubeconfig-document.js';
import type { Fields } from './kubeconfig-document.js';
import type { KubernetesApi } from './kubernetes.api.js';
import { KubernetesStatusError, readFailure } from './kubernetes.errors.js';
import type { ReadFailure } from './kubernetes.errors.js';

export interface Discovery {
  /** Every listable kind once, in the version the server prefers among those that serve it. */
  readonly kinds: readonly ApiKind[];
  /** Group versions whose kinds could not be asked for, such as those of an aggregated API server that is down. */
  readonly unknown: readonly { readonly groupVersion: string; readonly failure: ReadFailure }[];
}

interface ServedVersion {
  readonly group: string;
  readonly version: string;
  readonly resources: readonly ServedResource[];
  readonly failure: ReadFailure | null;
}

interface ServedResource {
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** One call for all groups since Kubernetes 1.26; older servers answer the classic documents, which have the same media type prefix. */
const ACCEPT_AGGREGATED = [
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
  'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList',
  'application/json',
].join(',');

/** https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api */
export async function discover(api: KubernetesApi, signal: AbortSignal): Promise<Discovery> {
  const roots = await Promise.all(
    ['/api', '/apis'].map(async (path) =>
      fields(await api.get(path, {}, signal, ACCEPT_AGGREGATED)),
    ),
  );
  const versions: ServedVersion[] = [];
  for (const root of roots) {
    if (root.kind === 'APIGroupDiscoveryList') versions.push(...aggregatedVersions(root));
    else versions.push(...(await classicVersions(api, root, signal)));
  }
  if (versions.length === 0) throw new KubernetesStatusError(404, 'NoDiscovery', '', null);
  const unknown = versions.flatMap(({ group, version, failure }) =>
    failure ? [{ groupVersion: groupVersion(group, version), failure }] : [],
  );
  return { kinds: preferredKinds(versions), unknown };
}

function aggregatedVersions(root: Fields): ServedVersion[] {
  return list(root.items).flatMap((item) => {
    const group = textOf(fields(item.metadata).name);
    return list(item.versions).map((entry): ServedVersion => {
      const version = textOf(entry.version);
      const stale = entry.freshness === 'Stale';
      const message = `${groupVersion(group, version)} does not answer: its API server is down`;
      return {
        group,
        version,
        resources: list(entry.resources).map(aggregatedResource),
        failure: stale ? { status: 'failed', message } : null,
      };
    });
  });
}

function aggregatedResource(resource: Fields): ServedResource {
  return {
    kind: textOf(fields(resource.responseKind).kind),
    plural: textOf(resource.resource),
    namespaced: resource.scope === 'Namespaced',
    verbs: texts(resource.verbs),
  };
}

async function classicVersions(
  api: KubernetesApi,
  root: Fields,
  signal: AbortSignal,
): Promise<ServedVersion[]> {
  const core = texts(root.versions).map((version) => ({ group: '', version }));
  const named = list(root.groups).flatMap((group) => {
    const preferred = textOf(fields(group.preferredVersion).version);
    const versions = list(group.versions).map((entry) => textOf(entry.version));
    const ordered = [...versions].sort((a, b) => Number(b === preferred) - Number(a === preferred));
    return ordered.map((version) => ({ group: textOf(group.name), version }));
  });
  const served: ServedVersion[] = [];
  for (const { group, version } of [...core, ...named]) {
    served.push(await classicVersion(api, group, version, signal));
  }
  return served;
}

async function classicVersion(
  api: KubernetesApi,
  group: string,
  version: string,
  signal: AbortSignal,
): Promise<ServedVersion> {
  const path = group ? `/apis/${group}/${version}` : `/api/${version}`;
  try {
    const answer = fields(await api.get(path, {}, signal));
    const resources = list(answer.resources).map((resource) => ({
      kind: textOf(resource.kind),
      plural: textOf(resource.name),
      namespaced: resource.namespaced === true,
      verbs: texts(resource.verbs),
    }));
    return { group, version, resources, failure: null };
  } catch (error) {
    signal.throwIfAborted();
    return { group, version, resources: [], failure: readFailure(error) };
  }
}

function preferredKinds(versions: readonly ServedVersion[]): ApiKind[] {
  const kinds = new Map<string, ApiKind>();
  for (const { group, version, resources } of versions) {
    for (const { kind, plural, namespaced, verbs } of resources) {
      // A name with a slash is a subresource: pods/log.
      if (plural.includes('/') || !verbs.includes('list')) continue;
      const key = `${group}/${plural}`;
      const known = kinds.get(key);
      const servedVersions = [...(known?.servedVersions ?? []), version];
      kinds.set(key, {
        ...(known ?? { group, version, kind, plural, namespaced }),
        servedVersions,
      });
    }
  }
  return [...kinds.values()];
}

function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
