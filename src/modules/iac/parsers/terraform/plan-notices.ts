import type {
  DeclaredRecord,
  JsonObject,
  JsonValue,
  SourceLocation,
} from '../../../../core/providers/index.js';
import { listMember, member, objectMember, textMember } from '../json/read-json.js';
import { notice } from '../records.js';
import type { PlanChange } from './plan-changes.js';
import { unappliedAttributes } from './plan-changes.js';

const DO_NOTHING = new Set(['no-op', 'read']);

/** Whether the plan itself is trustworthy as a whole. */
export function* planNotices(
  plan: JsonObject,
  location: SourceLocation,
): Generator<DeclaredRecord> {
  if (member(plan, 'errored') === true) {
    yield notice(
      'warning',
      'PLAN.ERRORED',
      'The plan ended with an error, so what it says about drift is incomplete. Run it again.',
      location,
    );
  } else if (member(plan, 'complete') === false) {
    yield notice(
      'warning',
      'PLAN.INCOMPLETE',
      'The plan leaves something out (targets, deferred or pending changes). Resources it did not look at are not judged.',
      location,
    );
  }
  const version = textMember(plan, 'format_version');
  if (version === '0.1') {
    yield notice(
      'warning',
      'PLAN.NO_DRIFT_DATA',
      'Terraform older than 0.15.4 does not write down what it found changed. Plan with a newer version, or give the state.',
      location,
    );
  }
  for (const deferred of listMember(plan, 'deferred_changes')) {
    yield* deferredNotice(deferred, location);
  }
}

/** What the refresh found, so that a plan without drift is told from a source nobody compared. */
export function refreshedNotice(
  drift: readonly PlanChange[],
  location: SourceLocation,
): DeclaredRecord {
  const changed = drift.filter(({ actions }) => !actions.every((action) => DO_NOTHING.has(action)));
  const found =
    changed.length === 0
      ? 'nothing changed'
      : `${changed.length} changed object${changed.length === 1 ? '' : 's'}`;
  return notice(
    'info',
    'PLAN.REFRESHED',
    `The refresh of this plan found ${found}. A plan made with -refresh=false looks the same as one that found nothing.`,
    location,
  );
}

function* deferredNotice(deferred: JsonValue, location: SourceLocation): Generator<DeclaredRecord> {
  const address = textMember(objectMember(deferred, 'resource_change') ?? undefined, 'address');
  if (address === null) return;
  const reason = textMember(deferred, 'reason') ?? 'unknown';
  yield notice(
    'warning',
    'PLAN.DEFERRED_CHANGE',
    `${address} was deferred by the plan (reason: ${reason}), so it was not fully looked at.`,
    location,
    address,
  );
}

function describe(
  change: PlanChange,
  drift: PlanChange | undefined,
  attributes: readonly string[],
): string {
  const { address } = change;
  const actions = change.actions.join(' and ');
  if (change.before === null && drift === undefined) {
    return `${address} is in the code but was never created.`;
  }
  if (change.after === null) {
    return actions === 'forget'
      ? `${address} is to be forgotten by Terraform, and stays.`
      : `${address} is no longer in the code but was not deleted yet.`;
  }
  const what = attributes.length > 0 ? `: ${attributes.join(', ')}` : '';
  return `${address} has a change in the code that was never applied (${actions}${what}). This is not drift.`;
}

/** A change of the code that nobody applied; null when there is none, or when it only puts drift right. */
export function unappliedNotice(
  change: PlanChange,
  drift: PlanChange | undefined,
  location: SourceLocation,
): DeclaredRecord | null {
  const { address } = change;
  if (change.importing) {
    return notice(
      'info',
      'PLAN.PENDING_IMPORT',
      `${address} is to be imported: it exists and is not in the state yet.`,
      location,
      address,
    );
  }
  if (change.actions.every((action) => DO_NOTHING.has(action))) return null;
  const attributes = unappliedAttributes(
    change,
    drift === undefined ? change.before : drift.before,
  );
  const putsDriftRight = drift !== undefined && change.after !== null && attributes.length === 0;
  if (putsDriftRight) return null;
  return notice(
    'info',
    'PLAN.UNAPPLIED_CHANGE',
    describe(change, drift, attributes),
    location,
    address,
  );
}
