import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { parseJsonDocument } from '../../comparators/json-document.js';
import type { FieldFacts } from '../../field.js';
import type { Lens, Reading } from '../../lens.js';
import { isObject, read } from '../../values.js';
import { SameShapeNode } from '../same-shape.js';

/** Stands for policy data that is still an expression of the code. */
const UNREADABLE_POLICY: JsonObject = { policy_data: true };

/** Stands for what a live policy would have answered, when it could not be read. */
const UNREAD_POLICY: JsonObject = {};

const IAM_TYPE = /^google_.*_iam_(member|binding|policy)$/;

/** `role` and `condition` together name a binding (IAM Policy v3); members are a set. */
class PolicyNode extends SameShapeNode {
  override child(key: string, declared: JsonObject, actual: JsonObject): Reading {
    if (declared !== UNREADABLE_POLICY && actual !== UNREAD_POLICY) {
      return super.child(key, declared, actual);
    }
    const reason =
      actual === UNREAD_POLICY
        ? 'The access policy of the resource could not be read.'
        : 'The policy is computed by the code and was not resolved.';
    return { kind: 'unverifiable', reason, claims: [] };
  }

  protected override childNode(key: string): SameShapeNode {
    const facts: Record<string, FieldFacts> = {
      bindings: { order: 'set', identity: ['role'], extras: 'confirmed' },
      members: { order: 'set', extras: 'confirmed' },
      etag: { readOnly: true },
      version: { extras: 'ignored', default: 1 },
    };
    return new PolicyNode(facts[key] ?? { extras: 'confirmed' });
  }

  override element(): SameShapeNode {
    return new PolicyNode({ extras: 'confirmed' });
  }
}

function bindingsOf(policy: JsonValue | undefined): JsonObject[] {
  const bindings = isObject(policy) ? read(policy, 'bindings') : undefined;
  return Array.isArray(bindings) ? bindings.filter(isObject) : [];
}

function members(binding: JsonObject | undefined): JsonValue[] {
  const list = binding && read(binding, 'members');
  return Array.isArray(list) ? list : [];
}

/** The part of a live policy that one declared access resource owns: one member, one role, or everything. */
function ownedPart(
  kind: string,
  attributes: JsonObject,
  policy: JsonValue | undefined,
): JsonObject {
  const role = read(attributes, 'role');
  const binding = bindingsOf(policy).find((candidate) => read(candidate, 'role') === role);
  if (!isObject(policy)) return {};
  if (kind === 'policy') return policy;
  if (kind === 'binding') return { role: role ?? null, members: members(binding) };
  const member = read(attributes, 'member');
  const granted = members(binding).some((candidate) => candidate === member);
  return { role: role ?? null, ...(granted && { member: member ?? null }) };
}

function declaredPart(kind: string, attributes: JsonObject): JsonObject {
  if (kind !== 'policy') {
    const keys = kind === 'member' ? ['role', 'member'] : ['role', 'members'];
    return Object.fromEntries(keys.map((key) => [key, read(attributes, key) ?? null]));
  }
  const document = parseJsonDocument(read(attributes, 'policy_data'));
  return isObject(document) ? document : UNREADABLE_POLICY;
}

/** `google_*_iam_member|binding|policy` ↔ the IAM policy Cloud Asset Inventory keeps beside the resource. */
export const gcpIamLens: Lens = {
  name: 'gcp-iam',
  accepts: (_declaredFormat, actualFormat, { declared }) =>
    actualFormat === 'gcp-cai' && IAM_TYPE.test(declared.type),
  open: ({ declared, actual }) => {
    const kind = IAM_TYPE.exec(declared.type)?.[1] ?? 'policy';
    const policy = actual.companions?.iamPolicy;
    const part = declaredPart(kind, declared.attributes);
    const found = policy === null ? UNREAD_POLICY : ownedPart(kind, declared.attributes, policy);
    return {
      declared: part,
      actual: part === UNREADABLE_POLICY ? {} : found,
      root: new PolicyNode({ extras: 'confirmed' }),
    };
  },
};
