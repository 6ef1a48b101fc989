import { randomUUIDv7 } from 'node:crypto';
import {
  isSecretOfEntry,
  parsePropertyPath,
  type PathSegment,
  type ValueMasker,
} from '../../../core/privacy/index.js';
import type { ActualResource, JsonObject, JsonValue } from '../../../core/providers/index.js';
import { attributeByState } from '../attribution/attribute-by-state.js';
import type { ChangeType } from '../drift-choices.js';
import type { Change, Finding } from '../engine/index.js';
import type { ChangeDraft } from './drift-draft.js';

export interface ChangeContext {
  readonly masker: ValueMasker;
  readonly declared: JsonObject;
  /** Null where the resource is gone. */
  readonly actual: ActualResource | null;
  /** Texts known to be secret on either side of this resource. */
  readonly secrets: ReadonlySet<string>;
}

/** A finding of the engine as a stored change. */
export function draftChange(finding: Finding, context: ChangeContext): ChangeDraft {
  const { masker, secrets } = context;
  const key = lastKey(finding.path);
  const { declared, actual } = context;
  const sensitive =
    finding.sensitive ||
    isSecretOfEntry(parentAt(declared, finding.path), key) ||
    isSecretOfEntry(parentAt(actual?.properties ?? {}, finding.actualPath), key);
  const masked = (value: JsonValue, raw: JsonValue | undefined): JsonValue => {
    if (value === null) return null;
    // The engine has no key to hash with: it hides a secret completely, so the hash is taken from the resource itself.
    if (sensitive) return masker.maskValue(raw ?? value, { key, sensitive: true, secrets });
    return masker.maskValue(value, { key, sensitive: false, secrets });
  };
  return {
    id: randomUUIDv7(),
    property_path: finding.path,
    actual_path: finding.actualPath,
    declared_value: masked(finding.declared, valueAt(declared, finding.path)),
    actual_value: masked(finding.actual, valueAt(actual?.properties ?? {}, finding.actualPath)),
    change_type: changeType(finding.change),
    verdict: finding.verdict,
    is_security_critical: finding.security?.critical ?? false,
    rule: finding.rule,
    explanation: masker.maskText(finding.explanation, secrets),
    security_reason: finding.security?.reason ?? null,
    attribution: actual && attributeByState(actual, finding.actualPath),
  };
}

/** A move changes where the code keeps the resource; the specification's changes call that a modification. */
function changeType(change: Change): ChangeType {
  return change === 'moved' ? 'modified' : change;
}

function lastKey(path: string): string {
  return parsePropertyPath(path).findLast((segment) => typeof segment === 'string') ?? '';
}

function parentAt(root: JsonObject, path: string): JsonValue | undefined {
  return valueOf(root, parsePropertyPath(path).slice(0, -1));
}

/** Undefined where the path leads nowhere, as it may inside text that holds JSON or a list compared by identity. */
export function valueAt(root: JsonObject, path: string): JsonValue | undefined {
  return valueOf(root, parsePropertyPath(path));
}

function valueOf(root: JsonObject, segments: readonly PathSegment[]): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const segment of segments) {
    if (value === null || typeof value !== 'object') return undefined;
    if (Array.isArray(value)) value = typeof segment === 'number' ? value[segment] : undefined;
    else value = Object.hasOwn(value, segment) ? value[segment] : undefined;
    if (value === undefined) return undefined;
  }
  return value;
}
