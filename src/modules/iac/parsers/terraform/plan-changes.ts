import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import { isObject, listMember, member, objectMember, textMember } from '../json/read-json.js';

/** One entry of `resource_changes` or `resource_drift` (JSON Output Format, "Change representation"). */
export interface PlanChange {
  readonly address: string;
  readonly previousAddress: string | null;
  readonly type: string;
  readonly providerName: string;
  readonly actions: readonly string[];
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly afterUnknown: JsonValue;
  readonly beforeSensitive: JsonValue;
  readonly afterSensitive: JsonValue;
  readonly identity: JsonObject | null;
  readonly importing: boolean;
  /** Set when the change is about an object left over by an unfinished replacement. */
  readonly deposed: string | null;
}

/** Managed resources of one change list; entries that are no changes are left out. */
export function readChanges(plan: JsonObject, key: string): PlanChange[] {
  const changes: PlanChange[] = [];
  for (const entry of listMember(plan, key)) {
    const change = objectMember(entry, 'change');
    const address = textMember(entry, 'address');
    const type = textMember(entry, 'type');
    if (change === null || address === null || type === null) continue;
    if (textMember(entry, 'mode') !== 'managed') continue;
    changes.push({
      address,
      previousAddress: textMember(entry, 'previous_address'),
      type,
      providerName: textMember(entry, 'provider_name') ?? '',
      actions: listMember(change, 'actions').filter((action) => typeof action === 'string'),
      before: objectMember(change, 'before'),
      after: objectMember(change, 'after'),
      afterUnknown: member(change, 'after_unknown') ?? null,
      beforeSensitive: member(change, 'before_sensitive') ?? null,
      afterSensitive: member(change, 'after_sensitive') ?? null,
      identity: objectMember(change, 'before_identity') ?? objectMember(change, 'after_identity'),
      importing: objectMember(change, 'importing') !== null,
      deposed: textMember(entry, 'deposed'),
    });
  }
  return changes;
}

function same(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((item, index) => same(item, right[index]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && same(left[key], right[key]));
}

function someUnknown(mask: JsonValue | undefined): boolean {
  if (Array.isArray(mask)) return mask.some(someUnknown);
  if (isObject(mask)) return Object.values(mask).some(someUnknown);
  return mask === true;
}

/**
 * Attributes the code wants otherwise than what was last applied. For a drifted resource that is the state before the drift,
 * so that putting the drift right is not taken for an unapplied commit. Values only known after apply do not count.
 */
export function unappliedAttributes(
  change: PlanChange,
  lastApplied: JsonObject | null,
): readonly string[] {
  const after = change.after;
  if (after === null || lastApplied === null) return [];
  const attributes = new Set([...Object.keys(after), ...Object.keys(lastApplied)]);
  return [...attributes]
    .filter((key) => !someUnknown(member(change.afterUnknown, key)))
    .filter((key) => !same(member(after, key) ?? null, member(lastApplied, key) ?? null))
    .sort();
}
