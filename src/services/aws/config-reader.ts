import type { BaseConfigurationItem, ResourceType } from '@aws-sdk/client-config-service';
import type { InventoryRecord, JsonObject, KnownRows } from '../../core/providers/index.js';
import type { ConfigApi } from './config.api.js';
import { isGone, readItem } from './configuration-item.js';
import type { RecorderFinding } from './configuration-recorder.js';
import type { ItemKey, ItemLister } from './item-lister.js';
import type { Reading } from './reading-plan.js';
import { routeOf } from './type-routes.js';
import { COMPLETE, cutShort, failed, partial } from './verdict.js';
import type { Verdict } from './verdict.js';

/** A page of resources; what comes last is the verdict over all of them. */
export type ReadPage =
  | { readonly kind: 'page'; readonly records: readonly InventoryRecord[] }
  | {
      readonly kind: 'end';
      readonly verdict: Verdict;
      readonly unreachable: boolean;
      /** The service cannot list the type there at all. */
      readonly unsupported?: boolean;
    };

/** Reads one type in one region from what AWS Config recorded. */
export class ConfigReader {
  constructor(
    private readonly lister: ItemLister,
    private readonly hash: (text: string) => string,
    private readonly known: KnownRows = NOTHING_KNOWN,
  ) {}

  async *list(reading: Reading, recorder: RecorderFinding): AsyncGenerator<ReadPage> {
    const { type, region, global } = reading;
    const problems: string[] = [];
    let resources = 0;
    let pages = 0;
    let unreadable = 0;
    let unreachable = false;
    let verdict = claim(reading, recorder);
    try {
      for await (const rows of this.lister.rows(type, region, global)) {
        pages += 1;
        const recalled = rows.map((row) => this.known.recall(row));
        const unknown = rows.filter((_, at) => recalled[at] === null);
        const { full, problem } = await this.completed(unknown, reading);
        if (problem !== null) problems.push(problem);
        const records: InventoryRecord[] = [];
        let next = 0;
        for (const [at, resource] of recalled.entries()) {
          if (resource !== null) {
            records.push({ kind: 'resource', resource, raw: rows[at] ?? '' });
            continue;
          }
          const raw = full[next] ?? '';
          next += 1;
          const item = readItem(raw, this.hash);
          if (item === 'unreadable') unreadable += 1;
          else if (item !== 'gone') records.push({ kind: 'resource', resource: item, raw });
        }
        resources += records.length;
        yield { kind: 'page', records };
      }
      if (verdict.status === 'complete') verdict = whatIsMissing(problems, unreadable, resources);
    } catch (error) {
      const { api, selects } = this.lister;
      const failure = api.session.failure(error, selects, this.lister.asks(region));
      unreachable = failure.unreachable === true;
      verdict = cutShort(pages, failure);
    }
    yield { kind: 'end', verdict, unreachable };
  }

  /**
   * AWS Config shows nothing of this type. That is proof of absence only if it once recorded one here: not every type is
   * supported in every region, and not every supported type in queries.
   */
  async absence(
    { type, region }: Reading,
    recorder: RecorderFinding,
    account: ConfigApi | null,
  ): Promise<Verdict> {
    if (recorder.caveat) return failed(recorder.caveat);
    if (!recorder.records(type)) {
      return failed(`The AWS Config recorder in ${region} leaves ${type} out`);
    }
    if (account === null) {
      return partial(
        `The aggregator holds no ${type} of this account and region, and only the account itself can prove that there is none`,
      );
    }
    try {
      const recorded = await account.everRecorded(region, type as ResourceType);
      const live = recorded.filter((one) => one.resourceDeletionTime === undefined);
      if (live.length > 0)
        return failed(`AWS Config records ${type} but does not answer queries for it`);
      if (recorded.length > 0) return COMPLETE;
      return partial(
        `AWS Config never recorded any ${type} in ${region}, so its absence proves nothing`,
      );
    } catch (error) {
      return account.session.failure(error, 'config:ListDiscoveredResources', region);
    }
  }

  /** Rows that lack something, read again in full. */
  private async completed(
    rows: readonly string[],
    { type, region }: Reading,
  ): Promise<{ full: readonly string[]; problem: string | null }> {
    const supplementary = routeOf(type)?.supplementary === true;
    const lacking = new Map<string, { row: JsonObject; key: ItemKey; at: number }>();
    rows.forEach((text, at) => {
      const row = JSON.parse(text) as JsonObject;
      const { resourceId: id, awsRegion } = row;
      if (typeof id !== 'string' || isGone(row) || !lacks(row, supplementary)) return;
      const key = { type, id, region: typeof awsRegion === 'string' ? awsRegion : region };
      lacking.set(id, { row, key, at });
    });
    if (lacking.size === 0) return { full: rows, problem: null };
    const full = [...rows];
    try {
      const keys = [...lacking.values()].map(({ key }) => key);
      for (const item of await this.lister.items(region, keys)) {
        const found = lacking.get(item.resourceId ?? '');
        if (!found) continue;
        full[found.at] = JSON.stringify(merged(found.row, item));
        lacking.delete(found.key.id);
      }
      const left = [...lacking.values()].some(
        ({ row }) => supplementary && !has(row, SUPPLEMENTARY),
      );
      return { full, problem: left ? `${this.lister.gets} left ${lacking.size} unanswered` : null };
    } catch (error) {
      const { api, gets } = this.lister;
      const failure = api.session.failure(error, gets, this.lister.asks(region));
      return { full, problem: failure.message };
    }
  }
}

const NOTHING_KNOWN: KnownRows = { recall: () => null };

const SUPPLEMENTARY = 'supplementaryConfiguration';

function lacks(row: JsonObject, supplementary: boolean): boolean {
  return !has(row, 'configuration') || (supplementary && !has(row, SUPPLEMENTARY));
}

function has(row: JsonObject, field: string): boolean {
  const value = row[field];
  return value !== undefined && value !== null && value !== '';
}

function merged(row: JsonObject, item: BaseConfigurationItem): JsonObject {
  const { configuration, supplementaryConfiguration, configurationItemCaptureTime: at } = item;
  return {
    ...row,
    ...(configuration ? { configuration } : {}),
    ...(supplementaryConfiguration ? { supplementaryConfiguration } : {}),
    ...(at ? { configurationItemCaptureTime: at.toISOString() } : {}),
  };
}

/** What may be claimed if every page arrives. */
function claim({ type, region }: Reading, recorder: RecorderFinding): Verdict {
  if (recorder.caveat) return partial(recorder.caveat);
  if (recorder.records(type)) return COMPLETE;
  return partial(
    `The AWS Config recorder in ${region} no longer records ${type}: what it holds may be out of date`,
  );
}

function whatIsMissing(
  problems: readonly string[],
  unreadable: number,
  resources: number,
): Verdict {
  const [problem] = problems;
  if (unreadable > 0) {
    const why = problem === undefined ? '' : `: ${problem}`;
    return partial(
      `${unreadable} of ${unreadable + resources} are recorded without a configuration${why}`,
    );
  }
  if (problem === undefined) return COMPLETE;
  return partial(`What is recorded beside the configuration is not whole: ${problem}`);
}
