import type { Coverage, CoverageStatus, InventoryRecord } from '../../core/providers/index.js';
import type { ReadFailure } from './aws.errors.js';
import { partOf } from './reading-plan.js';
import type { Reading } from './reading-plan.js';

/** How well a part was read. */
export interface Verdict {
  readonly status: CoverageStatus;
  readonly message: string | null;
}

export const COMPLETE: Verdict = { status: 'complete', message: null };

/** The record that closes a part. */
export function coverageOf(
  reading: Reading,
  accountId: string,
  { status, message }: Verdict | ReadFailure,
  read: { readonly resources: number; readonly pages: number },
): InventoryRecord {
  const coverage: Coverage = {
    provider: 'aws',
    ...partOf(reading, accountId),
    status,
    resources: read.resources,
    pages: read.pages,
    message,
  };
  return { kind: 'coverage', coverage };
}

/** What a failure in the middle leaves of a part. */
export function cutShort(pages: number, failure: ReadFailure): Verdict {
  if (pages === 0) return failure;
  const counted = pages === 1 ? '1 page' : `${pages} pages`;
  return { status: 'partial', message: `Stopped after ${counted}: ${failure.message}` };
}

export function failed(message: string): Verdict {
  return { status: 'failed', message };
}

export function partial(message: string): Verdict {
  return { status: 'partial', message };
}
