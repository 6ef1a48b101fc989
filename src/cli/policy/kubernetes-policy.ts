import { parseType } from '../../services/kubernetes/api-kind.js';
import { verbsOf } from '../../services/kubernetes/required-rules.js';
import type { Policy, PolicyRequest } from './policy-options.js';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/: discovery is open to every user who is let in. */
export function kubernetesPolicy({ types, parts }: PolicyRequest): Policy {
  const rules: Rule[] =
    types.length === 0
      ? [{ apiGroups: ['*'], resources: ['*'], verbs: verbsOf('listing') }]
      : [...byGroup(types)].map(([group, resources]) => ({
          apiGroups: [group],
          resources: [...resources].sort(),
          verbs: verbsOf('listing'),
        }));
  if (parts.includes('states')) {
    rules.push({ apiGroups: [''], resources: ['secrets'], verbs: verbsOf('states') });
  }
  const notices =
    types.length === 0
      ? ['This lists everything, secrets included; name types with --types to leave them out.']
      : ['Names of resources are formed from the kinds; look at those of custom resources.'];
  return {
    document: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'driftguard-read' },
      rules,
    },
    terraform: { type: 'kubernetes_cluster_role_v1', body: terraformBody(rules) },
    defaultFormat: 'yaml',
    notices,
  };
}

function byGroup(types: readonly string[]): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  for (const type of types) {
    const { group, kind } = parseType(type) ?? { group: '*', kind: type };
    groups.set(group, (groups.get(group) ?? new Set()).add(pluralOf(kind)));
  }
  return groups;
}

/** As the API machinery forms it (meta.UnsafeGuessKindToResource). */
function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (name === 'endpoints') return name;
  if (/(?:s|x|ch|sh)$/.test(name)) return `${name}es`;
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
}

function terraformBody(rules: readonly Rule[]): string {
  const texts = (values: readonly string[]): string => JSON.stringify(values);
  const blocks = rules.map(
    ({ apiGroups, resources, verbs }) =>
      `  rule {\n    api_groups = ${texts(apiGroups)}\n    resources  = ${texts(resources)}\n    verbs      = ${texts(verbs)}\n  }\n`,
  );
  return `  metadata {\n    name = "driftguard-read"\n  }\n${blocks.join('')}`;
}
