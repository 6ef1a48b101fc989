import type { ActualResource, JsonObject } from '../../core/providers/index.js';
import { groupVersion } from './api-kind.js';
import type { ApiKind } from './api-kind.js';
import { fields, textOf } from './kubeconfig-document.js';

/**
 * One object of a list as a resource. `id` is `apps/v1/Deployment/namespace/name`, with an empty namespace for cluster-scoped kinds; the aliases
 * are its uid and its ids in the group's other served versions. `properties` is the object as the server shows it, with the
 * `apiVersion` and `kind` that lists of built-in kinds leave out. Values of Secrets are in it: masking is the reader's duty.
 */
export function readObject(
  item: unknown,
  kind: ApiKind,
  cluster: string,
  hash: (text: string) => string,
): ActualResource {
  const object = fields(item) as JsonObject;
  const metadata = fields(object.metadata);
  const name = textOf(metadata.name);
  const namespace = textOf(metadata.namespace);
  const uid = textOf(metadata.uid);
  const idIn = (version: string): string =>
    `${groupVersion(kind.group, version)}/${kind.kind}/${namespace}/${name}`;
  const otherVersions = kind.servedVersions.filter((version) => version !== kind.version);
  return {
    type: kind.kind,
    format: 'k8s-live',
    provider: 'kubernetes',
    id: idIn(kind.version),
    aliases: [...(uid ? [uid] : []), ...otherVersions.map(idIn)],
    name,
    properties: {
      ...object,
      apiVersion: groupVersion(kind.group, kind.version),
      kind: kind.kind,
    },
    companions: null,
    tags: labelsOf(metadata.labels),
    scope: { accountId: cluster, region: null, namespace: namespace || null },
    capturedAt: null,
    contentHash: hash(JSON.stringify(object)),
  };
}

/** What tells an object from all others of its kind. */
export function objectKey({ aliases, id }: ActualResource): string {
  return aliases[0] ?? id;
}

function labelsOf(labels: unknown): Record<string, string> {
  const entries = Object.entries(fields(labels));
  return Object.fromEntries(entries.map(([key, value]) => [key, textOf(value)]));
}
