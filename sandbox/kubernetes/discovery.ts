import type { Json, JsonObject } from '../json.js';
import type { Reply } from '../server/cloud.js';
import type { ApiCatalogue } from './api-catalogue.js';
import { groupVersionOf } from './served-kind.js';
import type { ServedKind } from './served-kind.js';
import { jsonReply, notFound } from './status.js';

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** `/api`, `/apis` and `/apis/group/version`: https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api */
export class Discovery {
  constructor(
    private readonly catalogue: ApiCatalogue,
    private readonly aggregated: boolean,
  ) {}

  /** `core` is `/api`, otherwise `/apis`. */
  groups(core: boolean, accept: string): Reply {
    const groups = this.catalogue.groups().filter(({ group }) => (group === '') === core);
    if (this.aggregated && accept.includes(AGGREGATED)) {
      const items = groups.map(({ group, versions }) => this.aggregatedGroup(group, versions));
      return jsonReply(
        {
          kind: 'APIGroupDiscoveryList',
          apiVersion: 'apidiscovery.k8s.io/v2',
          metadata: {},
          items,
        },
        200,
        AGGREGATED,
      );
    }
    return jsonReply(core ? coreVersions(groups) : groupList(groups));
  }

  resources(group: string, version: string): Reply {
    const kinds = this.catalogue.in(group, version);
    if (kinds.length === 0) throw notFound();
    return jsonReply({
      kind: 'APIResourceList',
      apiVersion: 'v1',
      groupVersion: group ? `${group}/${version}` : version,
      resources: kinds.flatMap(apiResources),
    });
  }

  group(name: string): Reply {
    const found = this.catalogue.groups().find(({ group }) => group === name);
    if (!found) throw notFound();
    return jsonReply({ kind: 'APIGroup', apiVersion: 'v1', ...groupEntry(found) });
  }

  private aggregatedGroup(group: string, versions: readonly string[]): JsonObject {
    return {
      metadata: group ? { name: group, creationTimestamp: null } : { creationTimestamp: null },
      versions: versions.map((version) => ({
        version,
        resources: this.catalogue.in(group, version).map(aggregatedResource),
        freshness: 'Current',
      })),
    };
  }
}

interface Group {
  readonly group: string;
  readonly versions: readonly string[];
}

function coreVersions(groups: readonly Group[]): JsonObject {
  return {
    kind: 'APIVersions',
    versions: groups.flatMap(({ versions }) => [...versions]),
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: '127.0.0.1:6443' }],
  };
}

function groupList(groups: readonly Group[]): JsonObject {
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupEntry) };
}

function groupEntry({ group, versions }: Group): JsonObject {
  const entries = versions.map((version) => ({ groupVersion: `${group}/${version}`, version }));
  return { name: group, versions: entries, preferredVersion: entries[0] ?? null };
}

function apiResources(kind: ServedKind): JsonObject[] {
  const common = { singularName: kind.singular, namespaced: kind.namespaced, kind: kind.kind };
  return [
    {
      name: kind.plural,
      ...common,
      verbs: [...kind.verbs],
      ...(kind.shortNames.length > 0 ? { shortNames: [...kind.shortNames] } : {}),
    },
    ...kind.subresources.map((subresource) => ({
      name: `${kind.plural}/${subresource}`,
      ...common,
      singularName: '',
      verbs: ['get', 'patch', 'update'],
    })),
  ];
}

function aggregatedResource(kind: ServedKind): Json {
  const { group, version } = kind;
  const responseKind = { group, version, kind: kind.kind };
  return {
    resource: kind.plural,
    responseKind,
    scope: kind.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: kind.singular,
    verbs: [...kind.verbs],
    ...(kind.shortNames.length > 0 ? { shortNames: [...kind.shortNames] } : {}),
    ...(kind.subresources.length > 0
      ? {
          subresources: kind.subresources.map((subresource) => ({
            subresource,
            responseKind,
            verbs: ['get', 'patch', 'update'],
          })),
        }
      : {}),
  };
}

export function listKind(kind: ServedKind): { apiVersion: string; kind: string } {
  return { apiVersion: groupVersionOf(kind), kind: `${kind.kind}List` };
}
