import { ResourceType } from '@aws-sdk/client-config-service';
import type { Coverage, CoverageStatus, InventoryRecord } from '../../core/providers/index.js';
import type { AwsApi } from './aws.api.js';
import { readFailure } from './aws.errors.js';
import { ITEM_PROPERTIES, readItem } from './configuration-item.js';
import type { RecorderFinding } from './configuration-recorder.js';
import type { Reading } from './reading-plan.js';

type Page = readonly InventoryRecord[];

interface Verdict {
  readonly status: CoverageStatus;
  readonly message: string | null;
}

const COMPLETE: Verdict = { status: 'complete', message: null };
const SUPPORTED: ReadonlySet<string> = new Set(Object.values(ResourceType));

/** Reads one type in one region: pages of resources, and the coverage record as the last record of the last page. */
export class TypeReader {
  constructor(
    private readonly api: AwsApi,
    private readonly accountId: string,
    private readonly hash: (text: string) => string,
    private readonly signal: AbortSignal,
  ) {}

  async *read(reading: Reading): AsyncGenerator<Page> {
    switch (reading.how.kind) {
      case 'failed':
        yield [this.coverage(reading, reading.how.failure, 0, 0)];
        return;
      case 'prove-absence':
        yield [this.coverage(reading, await this.absence(reading, reading.how.recorder), 0, 0)];
        return;
      case 'list':
        yield* this.list(reading, reading.how.recorder);
    }
  }

  private async *list(reading: Reading, recorder: RecorderFinding): AsyncGenerator<Page> {
    const expression = `SELECT ${ITEM_PROPERTIES} WHERE resourceType = '${reading.type}'`;
    let resources = 0;
    let pages = 0;
    let unreadable = 0;
    let verdict = claim(reading, recorder);
    try {
      for await (const rows of this.api.select(reading.region, expression)) {
        pages += 1;
        const records: InventoryRecord[] = [];
        for (const row of rows) {
          const item = readItem(row, this.hash);
          if (item === 'unreadable') unreadable += 1;
          else if (item !== 'gone') records.push({ kind: 'resource', resource: item });
        }
        resources += records.length;
        yield records;
      }
      if (unreadable > 0 && verdict.status === 'complete') {
        const message = `${unreadable} of ${unreadable + resources} are recorded without a configuration`;
        verdict = { status: 'partial', message };
      }
    } catch (error) {
      this.signal.throwIfAborted();
      const failure = readFailure(error, 'config:SelectResourceConfig');
      verdict = pages > 0 ? cutShort(pages, failure.message) : failure;
    }
    yield [this.coverage(reading, verdict, resources, pages)];
  }

  /**
   * AWS Config shows nothing of this type. That is proof of absence only if it once recorded one here: not every type is
   * supported in every region, and not every supported type in queries.
   */
  private async absence({ type, region }: Reading, recorder: RecorderFinding): Promise<Verdict> {
    if (!isSupported(type)) return failed(`AWS Config does not record ${type}`);
    if (recorder.caveat) return failed(recorder.caveat);
    if (!recorder.records(type)) {
      return failed(`The AWS Config recorder in ${region} leaves ${type} out`);
    }
    try {
      const recorded = await this.api.everRecorded(region, type);
      const live = recorded.filter((one) => one.resourceDeletionTime === undefined);
      if (live.length > 0)
        return failed(`AWS Config records ${type} but does not answer queries for it`);
      if (recorded.length > 0) return COMPLETE;
      const message = `AWS Config never recorded any ${type} in ${region}, so its absence proves nothing`;
      return { status: 'partial', message };
    } catch (error) {
      this.signal.throwIfAborted();
      return readFailure(error, 'config:ListDiscoveredResources');
    }
  }

  private coverage(
    { type, region, global }: Reading,
    { status, message }: Verdict,
    resources: number,
    pages: number,
  ): InventoryRecord {
    const coverage: Coverage = {
      provider: 'aws',
      type,
      accountId: this.accountId,
      region: global ? null : region,
      status,
      resources,
      pages,
      message,
    };
    return { kind: 'coverage', coverage };
  }
}

/** What may be claimed if every page arrives. */
function claim({ type, region }: Reading, recorder: RecorderFinding): Verdict {
  if (recorder.caveat) return { status: 'partial', message: recorder.caveat };
  if (recorder.records(type)) return COMPLETE;
  const message = `The AWS Config recorder in ${region} no longer records ${type}: what it holds may be out of date`;
  return { status: 'partial', message };
}

function cutShort(pages: number, why: string): Verdict {
  return { status: 'partial', message: `Stopped after ${pages} pages: ${why}` };
}

function failed(message: string): Verdict {
  return { status: 'failed', message };
}

function isSupported(type: string): type is ResourceType {
  return SUPPORTED.has(type);
}
