import { KubernetesCloud } from '../../../sandbox/kubernetes/kubernetes-cloud.js';
import { parseSettings } from '../../../sandbox/kubernetes/kubernetes-estate.js';
import type { JsonObject } from '../../../sandbox/json.js';
import { serveCloud } from '../../../sandbox/server/cloud-server.js';
import type { RunningServer } from '../../../sandbox/server/cloud-server.js';

export const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.EXAMPLE-TOKEN';
export const CLUSTER = 'prod';

/** A live object; cluster-scoped with an empty namespace. */
export function object(
  apiVersion: string,
  kind: string,
  namespace: string,
  name: string,
  more: JsonObject = {},
): JsonObject {
  const metadata = { ...(namespace ? { namespace } : {}), name };
  return { apiVersion, kind, metadata, ...more };
}

export function configMaps(namespace: string, count: number): JsonObject[] {
  return Array.from({ length: count }, (_, n) =>
    object('v1', 'ConfigMap', namespace, `settings-${String(n).padStart(3, '0')}`, {
      data: { n: String(n) },
    }),
  );
}

export function definition(group: string, kind: string, ...versions: string[]): JsonObject {
  const plural = `${kind.toLowerCase()}s`;
  return object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', '', `${plural}.${group}`, {
    spec: {
      group,
      names: { kind, plural },
      scope: 'Namespaced',
      versions: versions.map((name) => ({ name, served: true })),
    },
  });
}

export function serveKubernetes(
  objects: JsonObject[],
  settings: JsonObject = {},
): Promise<RunningServer> {
  const cluster = {
    name: CLUSTER,
    objects,
    settings: parseSettings({ token: TOKEN, ...settings }),
  };
  return serveCloud(new KubernetesCloud(cluster), 0);
}
