import type {
  DeclaredRecord,
  DeclaredResource,
  JsonObject,
  SourceLocation,
} from '../../../../core/providers/index.js';
import { member, textMember } from '../json/read-json.js';
import type { ParseContext } from '../parse-options.js';
import { notice } from '../records.js';
import type { TerraformInstance } from './declared-resource.js';
import { declaredResource, refreshedResource } from './declared-resource.js';
import type { PlanChange } from './plan-changes.js';
import { readChanges } from './plan-changes.js';
import { planNotices, refreshedNotice, unappliedNotice } from './plan-notices.js';
import { pathsFromMask } from './sensitive-paths.js';
import type { ShownResource, ShownTally } from './shown-resources.js';
import { shownResources } from './shown-resources.js';
import { conditionNotice, dataSourcesNotice } from './shown-state.js';

interface PlanFacts {
  readonly location: SourceLocation;
  readonly context: ParseContext;
  /** When Terraform read the provider, as the plan says. */
  readonly capturedAt: string | null;
}

function instanceOf(
  change: PlanChange,
  attributes: JsonObject,
  location: SourceLocation,
): TerraformInstance {
  return {
    address: change.address,
    type: change.type,
    providerReference: change.providerName,
    attributes,
    identity: change.identity,
    sensitivePaths: [
      ...new Set([
        ...pathsFromMask(change.beforeSensitive),
        ...pathsFromMask(change.afterSensitive),
      ]),
    ],
    unresolvedPaths: pathsFromMask(change.afterUnknown),
    previousAddress: change.previousAddress,
    location,
    contentHash: null,
  };
}

/** Both sides of one drifted resource: the state before the refresh, and what the provider answered. */
function* driftRecords(drift: PlanChange, facts: PlanFacts): Generator<DeclaredRecord> {
  const { location, context, capturedAt } = facts;
  let declared: DeclaredResource | null = null;
  if (drift.before !== null) {
    declared = declaredResource(instanceOf(drift, drift.before, location), context);
    yield { kind: 'declared', resource: declared };
  }
  yield {
    kind: 'refreshed',
    address: drift.address,
    previousAddress: drift.previousAddress,
    actual:
      drift.after === null
        ? null
        : refreshedResource(
            instanceOf(drift, drift.after, location),
            declared?.id ?? null,
            capturedAt,
            context,
          ),
  };
}

function priorResource(
  resource: ShownResource,
  previousAddress: string | null,
  facts: PlanFacts,
): DeclaredRecord {
  return {
    kind: 'declared',
    resource: declaredResource(
      {
        address: resource.address,
        type: resource.type,
        providerReference: resource.providerName,
        attributes: resource.values,
        identity: resource.identity,
        sensitivePaths: pathsFromMask(resource.sensitiveValues),
        unresolvedPaths: [],
        previousAddress,
        location: facts.location,
        contentHash: null,
      },
      facts.context,
    ),
  };
}

function byAddress(changes: readonly PlanChange[]): Map<string, PlanChange> {
  return new Map(
    changes.filter(({ deposed }) => deposed === null).map((change) => [change.address, change]),
  );
}

/** Resources of plans that carry no prior state (redacted by HCP Terraform): what the changes start from. */
function* withoutPriorState(
  changes: ReadonlyMap<string, PlanChange>,
  drifts: ReadonlyMap<string, PlanChange>,
  facts: PlanFacts,
): Generator<DeclaredRecord> {
  for (const change of changes.values()) {
    if (change.before === null || drifts.has(change.address)) continue;
    const instance = instanceOf(change, change.before, facts.location);
    const resource = declaredResource({ ...instance, unresolvedPaths: [] }, facts.context);
    yield { kind: 'declared', resource };
  }
}

/**
 * A plan of `terraform show -json`. Declared is what was last applied: `before` of the resources that `resource_drift` lists,
 * and the prior state of all others (Terraform found those unchanged). Changes of the code that wait to be applied are notices.
 */
export function* planRecords(
  plan: JsonObject,
  file: string,
  context: ParseContext,
): Generator<DeclaredRecord> {
  const location = { file, line: null };
  const facts: PlanFacts = { location, context, capturedAt: textMember(plan, 'timestamp') };
  yield* planNotices(plan, location);

  const allDrift = readChanges(plan, 'resource_drift');
  yield refreshedNotice(allDrift, location);
  const drifts = byAddress(allDrift);
  const changes = byAddress(readChanges(plan, 'resource_changes'));
  const tally: ShownTally = { dataSources: 0 };
  const told = new Set<string>();

  const priorState = member(plan, 'prior_state');
  for (const resource of shownResources(member(priorState, 'values'), tally)) {
    const { address } = resource;
    const condition = conditionNotice(resource, location);
    if (condition !== null) yield condition;
    if (resource.deposedKey !== null) continue;
    const drift = drifts.get(address);
    told.add(address);
    if (drift !== undefined) yield* driftRecords(drift, facts);
    else yield priorResource(resource, changes.get(address)?.previousAddress ?? null, facts);
  }
  for (const drift of drifts.values()) {
    if (!told.has(drift.address)) yield* driftRecords(drift, facts);
  }
  if (priorState === undefined) yield* withoutPriorState(changes, drifts, facts);

  for (const change of changes.values()) {
    const unapplied = unappliedNotice(change, drifts.get(change.address), location);
    if (unapplied !== null) yield unapplied;
  }
  const leftOver = allDrift.length - drifts.size;
  if (leftOver > 0) {
    yield notice(
      'info',
      'PLAN.DEPOSED_DRIFT',
      `${leftOver} changed object${leftOver === 1 ? ' is' : 's are'} left over from unfinished replacements and not compared.`,
      location,
    );
  }
  yield* dataSourcesNotice(tally, location);
}
