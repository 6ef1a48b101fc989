import type {
  ActualResource,
  CoverageStatus,
  InventoryPart,
  InventoryRecord,
} from '../../core/providers/index.js';
import type { AzureApi } from './azure.api.js';
import { isAnswered, readFailure } from './azure.errors.js';
import { listQuery } from './queries.js';
import type { GraphTable } from './queries.js';
import type { Reading } from './reading-plan.js';
import { readRow } from './resource-row.js';
import type { SubscriptionAccess } from './subscription-access.js';
import { TypeCatalogue } from './type-catalogue.js';
import { plainLocation, TypeTally } from './type-tally.js';

type Page = readonly InventoryRecord[];
type Listing = Reading & { how: { kind: 'list'; table: GraphTable; access: SubscriptionAccess } };

interface Verdict {
  readonly status: CoverageStatus;
  readonly message: string | null;
}

const COMPLETE: Verdict = { status: 'complete', message: null };

/** Reads some types of one subscription: pages of resources, and on the last page the coverage record of each type. */
export class TypeReader {
  private readonly catalogues = new Map<string, TypeCatalogue>();

  constructor(
    private readonly api: AzureApi,
    /** In lower case without spaces; empty for all. */
    private readonly locations: readonly string[],
    private readonly hash: (text: string) => string,
    private readonly signal: AbortSignal,
    /** What an earlier attempt read completely. */
    private readonly isCompleted: (part: InventoryPart) => boolean = () => false,
  ) {}

  /** The reading without the types of which nothing is left to read; null when that is all of them. */
  unfinished(reading: Reading): Reading | null {
    const types = reading.types.filter((type) =>
      this.places.some(
        (region) => !this.isCompleted({ type, accountId: reading.subscription, region }),
      ),
    );
    return types.length === 0 ? null : { ...reading, types };
  }

  async *read(reading: Reading): AsyncGenerator<Page> {
    const { how, types } = reading;
    switch (how.kind) {
      case 'failed':
        yield this.coverage(reading, () => how.failure);
        return;
      case 'prove-absence': {
        const verdict = await this.absence(reading.subscription, types[0] ?? '', how.access);
        yield this.coverage(reading, () => verdict);
        return;
      }
      case 'list':
        yield* this.list({ ...reading, how });
    }
  }

  private async *list(reading: Listing): AsyncGenerator<Page> {
    const { subscription, types, how } = reading;
    const query = listQuery(how.table, types, this.locations);
    const tally = new TypeTally();
    let stopped: Verdict | null = null;
    try {
      const scope = { subscriptions: [subscription], managementGroups: [] };
      for await (const page of this.api.query(scope, query)) {
        const resources = tally.take(page, (row) => readRow(row, this.hash));
        yield resources.flatMap((resource) => {
          const part = this.partOf(subscription, resource);
          return this.isCompleted(part) ? [] : [{ kind: 'resource', resource, part }];
        });
      }
      stopped = tally.gap();
    } catch (error) {
      this.signal.throwIfAborted();
      if (tally.pages === 0 && types.length > 1 && isAnswered(error)) {
        yield* this.listOneByOne(reading);
        return;
      }
      const failure = readFailure(error, 'Resource Graph');
      stopped =
        tally.pages === 0
          ? failure
          : partial(`Stopped after ${tally.pages} pages: ${failure.message}`);
    }
    yield this.coverage(reading, (type) => stopped ?? claim(how.access.gap(type)), tally);
  }

  /** A refusal of many types may be about one of them. */
  private async *listOneByOne(reading: Listing): AsyncGenerator<Page> {
    for (const type of reading.types) yield* this.list({ ...reading, types: [type] });
  }

  /**
   * Resource Graph shows nothing of this type. That is proof of absence only for types Azure keeps track of: of the others many
   * are never shown.
   */
  private async absence(
    subscription: string,
    type: string,
    access: SubscriptionAccess,
  ): Promise<Verdict> {
    const gap = access.gap(type);
    if (gap !== null) return partial(gap);
    try {
      switch (await this.catalogue(subscription).standing(type)) {
        case 'tracked':
          return COMPLETE;
        case 'untracked':
          return partial(
            `Resource Graph shows no ${type}; it does not show every type of this kind, so that proves nothing`,
          );
        case 'unknown':
          return { status: 'failed', message: `Azure has no resource type ${type}` };
      }
    } catch (error) {
      this.signal.throwIfAborted();
      return readFailure(error, `What Azure says of ${type}`);
    }
  }

  private catalogue(subscription: string): TypeCatalogue {
    const known = this.catalogues.get(subscription);
    if (known) return known;
    const catalogue = new TypeCatalogue(this.api, subscription);
    this.catalogues.set(subscription, catalogue);
    return catalogue;
  }

  /** One record per type, and per location where only some were read. */
  private coverage(
    { subscription, types }: Reading,
    verdictOf: (type: string) => Verdict,
    tally = new TypeTally(),
  ): Page {
    return types.flatMap((type) => {
      const open = this.places.filter(
        (region) => !this.isCompleted({ type, accountId: subscription, region }),
      );
      return open.map((region): InventoryRecord => {
        const { status, message } = verdictOf(type);
        const resources = tally.count(type, region);
        const { pages } = tally;
        return {
          kind: 'coverage',
          coverage: {
            provider: 'azure',
            type,
            accountId: subscription,
            region,
            status,
            resources,
            pages,
            message,
          },
        };
      });
    });
  }

  private get places(): readonly (string | null)[] {
    return this.locations.length === 0 ? [null] : this.locations;
  }

  private partOf(subscription: string, { type, scope }: ActualResource): InventoryPart {
    const region = this.locations.length === 0 ? null : plainLocation(scope.region ?? '');
    return { type, accountId: subscription, region };
  }
}

function claim(gap: string | null): Verdict {
  return gap === null ? COMPLETE : partial(gap);
}

function partial(message: string): Verdict {
  return { status: 'partial', message };
}
