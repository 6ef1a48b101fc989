import type { InventoryRecord } from '../../core/providers/index.js';
import type { CloudControlReader } from './cloud-control-reader.js';
import type { ConfigApi } from './config.api.js';
import type { ConfigReader, ReadPage } from './config-reader.js';
import type { Outages } from './outages.js';
import type { Reading } from './reading-plan.js';
import { canListByCloudControl, routeOf } from './type-routes.js';
import { COMPLETE, coverageOf, failed } from './verdict.js';
import type { Verdict } from './verdict.js';

type Page = readonly InventoryRecord[];

/** What reads one account. */
export interface AccountReaders {
  readonly accountId: string;
  readonly config: ConfigReader;
  /** Null when Cloud Control may not be asked, or nobody can act in the account. */
  readonly cloudControl: CloudControlReader | null;
  /** The account's own AWS Config, which knows what was deleted; null where nobody can act in the account. */
  readonly ownConfig: ConfigApi | null;
}

/**
 * Reads one type in one region: pages of resources, and the coverage record as the last record of the last page. An empty page
 * ends a part that has none: nobody asked for the type, and the service cannot list it there.
 */
export class TypeReader {
  constructor(
    private readonly readers: AccountReaders,
    private readonly outages: Outages,
  ) {}

  async *read(reading: Reading): AsyncGenerator<Page> {
    const { accountId } = this.readers;
    const counted = { resources: 0, pages: 0 };
    const place = { accountId, region: reading.region };
    const outage = reading.how.kind === 'failed' ? null : this.outages.at(place);
    let verdict: Verdict = COMPLETE;
    for await (const page of outage === null ? this.pages(reading) : [end(failed(outage))]) {
      if (page.kind === 'end') {
        verdict = page.verdict;
        // What can never be listed is no gap of the listing; nothing is claimed of it either.
        if (page.unsupported === true && reading.how.kind === 'cloud-control') {
          yield [];
          return;
        }
        if (outage === null) this.outages.note(place, page.unreachable ? verdict.message : null);
        break;
      }
      counted.pages += 1;
      counted.resources += page.records.length;
      if (page.records.length > 0) yield page.records;
    }
    yield [coverageOf(reading, accountId, verdict, counted)];
  }

  private async *pages(reading: Reading): AsyncGenerator<ReadPage> {
    const { config } = this.readers;
    switch (reading.how.kind) {
      case 'failed':
        yield end(reading.how.failure);
        return;
      case 'list':
        yield* config.list(reading, reading.how.recorder);
        return;
      case 'cloud-control':
        yield* this.direct(reading, reading.how.otherwise);
        return;
      case 'prove-absence':
        yield* this.absence(reading, reading.how.recorder);
    }
  }

  private async *direct(
    reading: Reading,
    otherwise: Exclude<Reading['how'], { kind: 'cloud-control' }> | null,
  ): AsyncGenerator<ReadPage> {
    const { cloudControl } = this.readers;
    const listing = cloudControl?.list(reading) ?? [
      end(failed('Nobody can ask Cloud Control in this account')),
    ];
    let resources = 0;
    for await (const page of listing) {
      if (page.kind === 'page') {
        resources += page.records.length;
        yield page;
      } else if (page.verdict.status === 'complete' || resources > 0 || otherwise === null) {
        yield page;
      } else {
        for await (const instead of this.pages({ ...reading, how: otherwise }))
          yield withReason(instead, page.verdict.message);
      }
    }
  }

  /** What AWS Config cannot prove, Cloud Control may know: an empty list is an answer, and what it lists was missed. */
  private async *absence(
    reading: Reading,
    recorder: Parameters<ConfigReader['absence']>[1],
  ): AsyncGenerator<ReadPage> {
    const { config, cloudControl, ownConfig } = this.readers;
    const verdict = await config.absence(reading, recorder, ownConfig);
    if (
      verdict.status === 'complete' ||
      cloudControl === null ||
      !canListByCloudControl(routeOf(reading.type))
    ) {
      yield end(verdict);
      return;
    }
    for await (const page of cloudControl.list(reading)) {
      const open = page.kind === 'end' && page.verdict.status !== 'complete';
      yield open ? withReason(end(verdict), page.verdict.message) : page;
    }
  }
}

/** The verdict of one reader, and what the other one said. */
function withReason(page: ReadPage, reason: string | null): ReadPage {
  if (page.kind === 'page' || page.verdict.status === 'complete') return page;
  const message = [page.verdict.message, reason].filter(Boolean).join('. ');
  return { ...page, unsupported: false, verdict: { ...page.verdict, message } };
}

function end(verdict: Verdict): ReadPage {
  return { kind: 'end', verdict, unreachable: false };
}
