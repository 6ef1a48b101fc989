const labels = { app: 'shop' };

function deployment(name: string, replicas: number): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop', labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'web', image: `registry.example/${name}:1.0` }] },
      },
    },
  };
}

function configMap(name: string, data: Record<string, string>): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, data };
}

/** What the code of a small shop declares. */
export const DECLARED = [
  deployment('web', 3),
  deployment('worker', 1),
  configMap('settings', { LEVEL: 'info' }),
  configMap('flags', { NEW: 'on' }),
];

/** What runs: web was scaled, flags deleted, extra made by hand. */
export const LIVE = [
  deployment('web', 5),
  deployment('worker', 1),
  configMap('settings', { LEVEL: 'info' }),
  configMap('extra', { BY: 'hand' }),
];

export const MANIFESTS = JSON.stringify(
  { apiVersion: 'v1', kind: 'List', items: DECLARED },
  null,
  2,
);

/** Every drift between the two, as `type address-or-resource`. */
export const EXPECTED_DRIFTS = [
  'added ConfigMap',
  'deleted v1/ConfigMap/shop/flags',
  'modified apps/v1/Deployment/shop/web',
];
