/**
 * What RBAC asks for each call of the inventory; a test makes the calls and holds them against it. Every user who is let in has the default
 * roles (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings); where a cluster took their
 * bindings away, the identity needs them bound again.
 */
export const REQUIRED_RULES = [
  { part: 'listing', verbs: ['list'], calls: ['list'], defaultRole: null },
  {
    part: 'discovery',
    verbs: ['get'],
    calls: ['/api', '/apis', '/version'],
    defaultRole: 'system:discovery',
  },
  {
    part: 'identity',
    verbs: ['create'],
    calls: [
      '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
    ],
    defaultRole: 'system:basic-user',
  },
  // The states and releases that lie in secrets: modules/iac/sources.
  { part: 'states', verbs: ['get', 'list'], calls: ['secrets'], defaultRole: null },
] as const;

export type KubernetesPart = (typeof REQUIRED_RULES)[number]['part'];

export function verbsOf(part: KubernetesPart): readonly string[] {
  return REQUIRED_RULES.filter((rule) => rule.part === part).flatMap(({ verbs }) => [...verbs]);
}
