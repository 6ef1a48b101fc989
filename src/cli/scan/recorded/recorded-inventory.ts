import type { ActualResource, Coverage, JsonObject } from '../../../core/providers/index.js';
import { usageError } from '../../errors.js';
import { fromDeletionRecord } from './aws-config-item.js';
import { readRecorded } from './read-recorded.js';
import { recogniseEntry, toActualResource, type RecordedShape } from './recognise.js';

/** Live resources from files, with what can be said about their completeness. */
export interface RecordedInventory {
  readonly resources: readonly ActualResource[];
  readonly coverage: readonly Coverage[];
  /** Resources whose newest record says that they were deleted; identity only. */
  readonly deleted: readonly ActualResource[];
  /** What was recognised, by file, for the person who gave the files. */
  readonly summary: readonly string[];
}

/**
 * Reads recorded inventories. A file that lists resources counts as complete for the types, accounts and regions it lists:
 * what it does not list of them is gone. A single object or a selection says nothing about what it does not hold.
 */
export async function readRecordedInventory(
  files: readonly string[],
  cluster: string | null,
): Promise<RecordedInventory> {
  const byIdentity = new Map<string, ActualResource>();
  const deleted = new Map<string, ActualResource>();
  const coverage = new Map<string, Coverage>();
  const summary: string[] = [];
  for (const file of files) {
    const { entries, isListing } = await readRecorded(file);
    const shapes = new Map<RecordedShape, number>();
    for (const [index, entry] of entries.entries()) {
      const shape = recogniseEntry(entry);
      if (shape === null) throw unknownEntry(file, index, entry);
      shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
      const gone = shape === 'AWS Config items' ? fromDeletionRecord(entry) : null;
      if (gone !== null) keepNewest(deleted, gone);
      const resource = toActualResource(entry, shape, cluster);
      if (resource === null) continue;
      keepNewest(byIdentity, resource);
      noteCoverage(coverage, resource, isListing);
    }
    const recognised = [...shapes].map(([shape, amount]) => `${amount} ${shape}`).join(', ');
    summary.push(`${file}: ${recognised === '' ? 'no resources' : recognised}`);
  }
  for (const [identity, { capturedAt }] of deleted) {
    const existing = byIdentity.get(identity);
    if (existing === undefined) continue;
    const isOlder = (existing.capturedAt ?? '') <= (capturedAt ?? '');
    (isOlder ? byIdentity : deleted).delete(identity);
  }
  return {
    resources: [...byIdentity.values()],
    coverage: [...coverage.values()],
    deleted: [...deleted.values()],
    summary,
  };
}

/** A history holds several records of one resource. */
function keepNewest(byIdentity: Map<string, ActualResource>, resource: ActualResource): void {
  const { type, id, scope, capturedAt } = resource;
  const identity = JSON.stringify([type, id, scope]);
  const known = byIdentity.get(identity);
  if (
    known !== undefined &&
    (known.capturedAt ?? '') >= (capturedAt ?? '') &&
    capturedAt !== null
  ) {
    return;
  }
  byIdentity.set(identity, resource);
}

function noteCoverage(
  coverage: Map<string, Coverage>,
  resource: ActualResource,
  isListing: boolean,
): void {
  const { provider, scope, format, id } = resource;
  const { accountId, region } = scope;
  const type = format === 'k8s-live' ? id.split('/').slice(0, -2).join('/') : resource.type;
  const key = JSON.stringify([provider, type, accountId, region]);
  const known = coverage.get(key);
  const complete = isListing || known?.status === 'complete';
  coverage.set(key, {
    provider,
    type,
    accountId,
    region,
    status: complete ? 'complete' : 'partial',
    resources: (known?.resources ?? 0) + 1,
    pages: 1,
    message: complete ? null : 'the recording holds single resources, not a listing',
  });
}

function unknownEntry(file: string, index: number, entry: JsonObject): Error {
  const fields = Object.keys(entry).slice(0, 6).join(', ');
  return usageError(
    `${file}: entry ${index + 1} is no live resource DriftGuard knows (its fields: ${fields || 'none'}). Remove it or export again.`,
  );
}
