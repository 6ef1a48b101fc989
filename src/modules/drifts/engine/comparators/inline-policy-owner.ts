import type { DeclaredResource, JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import type { Field } from '../field.js';
import { isObject, read } from '../values.js';

/** Resources that put an inline policy on a role, user or group of their own choosing, and how they name both. */
const OWNERS: readonly (readonly [type: string, holders: readonly string[], name: string])[] = [
  ['AWS::IAM::Policy', ['Roles', 'Users', 'Groups'], 'PolicyName'],
  ['AWS::IAM::RolePolicy', ['RoleName'], 'PolicyName'],
  ['AWS::IAM::UserPolicy', ['UserName'], 'PolicyName'],
  ['AWS::IAM::GroupPolicy', ['GroupName'], 'PolicyName'],
  ['aws_iam_role_policy', ['role'], 'name'],
  ['aws_iam_user_policy', ['user'], 'name'],
  ['aws_iam_group_policy', ['group'], 'name'],
];

function holds(
  resource: DeclaredResource,
  holders: readonly string[],
  identities: ReadonlySet<string>,
): boolean {
  return holders.some((holder) => {
    const value = read(resource.attributes, holder);
    const all = Array.isArray(value) ? value : [value];
    return all.some((one) => typeof one === 'string' && identities.has(one));
  });
}

/** Names of the inline policies other declared resources put on this very role, user or group. */
function ownedElsewhere({ pair }: Field): ReadonlySet<JsonValue | undefined> {
  const { id, name, aliases } = pair.actual;
  const identities = new Set([id, name ?? id, ...aliases, pair.declared.id ?? id]);
  return new Set(
    OWNERS.flatMap(([type, holders, policyName]) =>
      pair.scan.estate
        .declaredOfType(type)
        .filter((resource) => holds(resource, holders, identities))
        .map((resource) => read(resource.attributes, policyName)),
    ),
  );
}

/**
 * Inline policies that a resource beside this one owns (F58): CDK and Terraform declare them apart from the role. Their
 * content is compared where they are declared.
 */
export const inlinePolicyOwner: Comparator = {
  name: 'inline-policy-owner',
  rule(declared, actual, field) {
    if (declared !== undefined || !/^(Policies|inline_policy|\w+PolicyList)$/.test(field.key))
      return undefined;
    const policies = Array.isArray(actual) ? actual : [actual];
    const names = policies.map((policy) =>
      isObject(policy) ? read(policy, 'PolicyName') : undefined,
    );
    if (names.length === 0 || names.some((name) => typeof name !== 'string')) return undefined;
    const owned = ownedElsewhere(field);
    if (!names.every((name) => owned.has(name))) return undefined;
    return { kind: 'same', why: 'A resource of its own declares this inline policy.' };
  },
};
