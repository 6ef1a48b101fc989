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

/** Members are a set; bindings stand under their names. */
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
      auditConfigs: { order: 'set', identity: ['service'], extras: 'confirmed' },
      auditLogConfigs: { order: 'set', identity: ['logType'], extras: 'confirmed' },
      exemptedMembers: { order: 'set', extras: 'confirmed' },
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

function members(binding: JsonObject): JsonValue[] {
  const list = read(binding, 'members');
  return Array.isArray(list) ? list : [];
}

/** The condition of a binding by what it says; empty where there is none. Terraform writes it as a block. */
function expressionOf(binding: JsonObject): string {
  const given = read(binding, 'condition');
  const condition = Array.isArray(given) ? given[0] : given;
  const expression = isObject(condition) ? read(condition, 'expression') : undefined;
  return typeof expression === 'string' ? expression.trim() : '';
}

/** Role and condition together name a binding (IAM API: Policy); one role may stand in several. */
function nameOf(binding: JsonObject): string {
  const role = read(binding, 'role');
  const expression = expressionOf(binding);
  const name = typeof role === 'string' ? role : '';
  return expression === '' ? name : `${name} if ${expression}`;
}

/** A policy with its bindings by name; the API may answer several of one name as one. */
function byName(policy: JsonObject): JsonObject {
  const named = new Map<string, JsonValue[]>();
  for (const binding of bindingsOf(policy)) {
    const name = nameOf(binding);
    named.set(name, [...new Set([...(named.get(name) ?? []), ...members(binding)])]);
  }
  const bindings = Object.fromEntries([...named].map(([name, list]) => [name, { members: list }]));
  return { ...policy, bindings };
}

/** The part of a live policy that one declared access resource owns: one member, one role, or everything. */
function ownedPart(
  kind: string,
  attributes: JsonObject,
  policy: JsonValue | undefined,
): JsonObject {
  if (!isObject(policy)) return {};
  if (kind === 'policy') return { policy_data: byName(policy) };
  const name = nameOf(attributes);
  const granted = bindingsOf(policy)
    .filter((binding) => nameOf(binding) === name)
    .flatMap(members);
  const role = read(attributes, 'role') ?? null;
  if (kind === 'binding') return { role, members: granted };
  const member = read(attributes, 'member');
  return { role, ...(granted.includes(member ?? null) && { member: member ?? null }) };
}

function declaredPart(kind: string, attributes: JsonObject): JsonObject {
  if (kind !== 'policy') {
    const keys = kind === 'member' ? ['role', 'member'] : ['role', 'members'];
    return Object.fromEntries(keys.map((key) => [key, read(attributes, key) ?? null]));
  }
  const document = parseJsonDocument(read(attributes, 'policy_data'));
  return isObject(document) ? { policy_data: byName(document) } : UNREADABLE_POLICY;
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
