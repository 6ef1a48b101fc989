import { interleave } from '../../core/http/client/index.js';
import { accessCheck } from '../../core/providers/index.js';
import type { AccessCheck } from '../../core/providers/index.js';
import { coverageType, listPath } from './api-kind.js';
import type { ApiKind } from './api-kind.js';
import { fields, textOf } from './kubeconfig-document.js';
import type { KubernetesApi } from './kubernetes.api.js';
import { readFailure } from './kubernetes.errors.js';
import { SKIPPED_KINDS } from './skipped-kinds.js';

const RULES_REVIEW = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews';

/** No namespace is named so: what is allowed here is allowed by cluster roles, not by a role of one namespace. */
const NO_NAMESPACE = 'driftguard-cluster-wide';

interface Rule {
  readonly verbs: readonly string[];
  readonly groups: readonly string[];
  readonly resources: readonly string[];
}

/**
 * `list` on every kind that is served. The rules of the identity answer most in one call; a kind they do not name is listed once
 * with one object, as an authorizer may know more than it tells (`incomplete`, API reference SelfSubjectRulesReview).
 */
export async function* checkAccess(
  api: KubernetesApi,
  kinds: readonly ApiKind[],
  concurrency: number,
  signal: AbortSignal,
): AsyncGenerator<AccessCheck> {
  const wanted = kinds.filter(({ group, kind }) => !SKIPPED_KINDS.has(`${group}/${kind}`));
  const rules = await ownRules(api, signal);
  const doubtful: ApiKind[] = [];
  for (const kind of wanted) {
    if (rules.some((rule) => allows(rule, kind))) yield accessCheck(factsOf(kind), null);
    else doubtful.push(kind);
  }
  const tries = doubtful.map(
    (kind) =>
      async function* () {
        yield await tried(api, kind, signal);
      },
  );
  const stopped = new AbortController();
  yield* interleave(tries, concurrency, () => stopped.abort());
}

async function ownRules(api: KubernetesApi, signal: AbortSignal): Promise<readonly Rule[]> {
  const body = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectRulesReview',
    spec: { namespace: NO_NAMESPACE },
  };
  try {
    const review = fields(await api.post(RULES_REVIEW, body, signal));
    const { resourceRules } = fields(review.status);
    return (Array.isArray(resourceRules) ? resourceRules : []).map(fields).flatMap((rule) =>
      // A rule for some names is no right to list.
      texts(rule.resourceNames).length > 0
        ? []
        : {
            verbs: texts(rule.verbs),
            groups: texts(rule.apiGroups),
            resources: texts(rule.resources),
          },
    );
  } catch {
    // Whoever may not ask for the rules still has the lists to try.
    signal.throwIfAborted();
    return [];
  }
}

function allows({ verbs, groups, resources }: Rule, { group, plural }: ApiKind): boolean {
  const has = (names: readonly string[], name: string): boolean =>
    names.includes('*') || names.includes(name);
  return has(verbs, 'list') && has(groups, group) && has(resources, plural);
}

async function tried(api: KubernetesApi, kind: ApiKind, signal: AbortSignal): Promise<AccessCheck> {
  try {
    await api.get(listPath(kind, null), { limit: '1' }, signal);
    return accessCheck(factsOf(kind), null);
  } catch (error) {
    signal.throwIfAborted();
    return accessCheck(factsOf(kind), readFailure(error));
  }
}

function factsOf(kind: ApiKind) {
  const { group, plural } = kind;
  return {
    permission: `list ${group ? `${plural}.${group}` : plural}`,
    blinds: [coverageType(kind)],
    without: `${kind.kind} is not read`,
  };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(textOf).filter(Boolean) : [];
}
