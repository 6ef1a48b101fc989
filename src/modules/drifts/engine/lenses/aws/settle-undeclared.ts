import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { identical, isDeepEmpty, isObject } from '../../values.js';
import type { CfnNode } from './cfn-node.js';

/**
 * What an undeclared value is.
 * - `default`: what the service fills in by itself, as published, or plainly nothing (off, zero, empty).
 * - `insecure`: a protection that is on by default stands off.
 * - `away`: a default is published, or nothing is the default, and this is something else.
 * - `unknown`: the service filled something in and nobody published what.
 */
export type Settled = 'default' | 'insecure' | 'away' | 'unknown';

export interface Surroundings {
  readonly declared: JsonObject;
  readonly actual: JsonObject;
}

const same = (left: JsonValue, right: JsonValue): boolean =>
  identical(left, right) ||
  (typeof left !== 'object' &&
    typeof right !== 'object' &&
    String(left).toLowerCase() === String(right).toLowerCase());

function worst(all: readonly Settled[]): Settled {
  for (const settled of ['insecure', 'away', 'unknown'] as const)
    if (all.includes(settled)) return settled;
  return 'default';
}

/** Switches whose off position is the safe one, whatever the default; on, they deserve a look. */
const EXPOSURE = /public|anonymous|privileged|unauthenticated/i;

/** Who may do what: nothing is the default, and nobody fills these in unasked. */
const GRANTS = /(^|\.)(PermissionsBoundary|ManagedPolicyArns)$/;

function settleScalar(node: CfnNode, value: JsonValue): Settled {
  const { property } = node;
  const known = [property?.fixedDefault, ...(property?.documentedDefaults ?? [])].filter(
    (candidate) => candidate !== undefined,
  );
  if (known.some((candidate) => same(candidate, value))) return 'default';
  if (value === false && EXPOSURE.test(node.path)) return 'default';
  const nothing = value === false || value === 0 || value === 'false' || value === '0';
  if (known.length === 0 && value === true && EXPOSURE.test(node.path)) return 'away';
  if (known.length === 0) return nothing ? 'default' : 'unknown';
  return 'away';
}

/** Judges a value the code does not mention, from the schema and the documented service defaults alone. */
export function settleUndeclared(
  node: CfnNode,
  value: JsonValue,
  around: Surroundings,
  depth = 0,
): Settled {
  if (depth > 100) return 'unknown';
  if (isDeepEmpty(value)) return 'default';
  if (node.facts.readOnly === true || node.facts.writeOnly === true) return 'default';
  const service = node.type.defaults.judge(node.path, value, around);
  if (service !== undefined) return service;
  if (node.property?.scrutiny !== undefined || GRANTS.test(node.path)) return 'away';
  if (isObject(value)) {
    return worst(
      Object.entries(value).map(([key, inner]) =>
        settleUndeclared(node.childNode(key), inner, { declared: {}, actual: value }, depth + 1),
      ),
    );
  }
  if (Array.isArray(value)) {
    const { fixedDefault } = node.property ?? {};
    return fixedDefault !== undefined && same(fixedDefault, value) ? 'default' : 'unknown';
  }
  return settleScalar(node, value);
}
