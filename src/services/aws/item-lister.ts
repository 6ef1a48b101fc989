import type { BaseConfigurationItem, ResourceType } from '@aws-sdk/client-config-service';
import type { JsonObject } from '../../core/providers/index.js';
import type { AwsAggregator } from './aws.settings.js';
import { PAGE_SIZE } from './config.api.js';
import type { ConfigApi } from './config.api.js';
import { GLOBAL_REGION, ITEM_PROPERTIES } from './configuration-item.js';

/** What identifies an item for a batch. */
export interface ItemKey {
  readonly type: string;
  readonly id: string;
  /** Region of the item as recorded: `global` for IAM and the like. */
  readonly region: string;
}

/** Where the items of one account come from: its own AWS Config, or an aggregator that collects it. Calls throw what the SDK throws. */
export interface ItemLister {
  /** The calls it makes, as IAM names them. */
  readonly selects: string;
  readonly gets: string;
  readonly api: ConfigApi;
  /** The region that is asked about `region`. */
  asks(region: string): string;
  /** Pages of rows, each a JSON text. */
  rows(type: string, region: string, global: boolean): AsyncGenerator<readonly string[]>;
  /** Items in full; what could not be read is not there. */
  items(region: string, keys: readonly ItemKey[]): Promise<readonly BaseConfigurationItem[]>;
}

/** Each region's own AWS Config. */
export class AccountLister implements ItemLister {
  readonly selects = 'config:SelectResourceConfig';
  readonly gets = 'config:BatchGetResourceConfig';

  constructor(readonly api: ConfigApi) {}

  asks(region: string): string {
    return region;
  }

  rows(type: string, region: string): AsyncGenerator<readonly string[]> {
    return this.api.select(region, `SELECT ${ITEM_PROPERTIES} WHERE resourceType = '${type}'`);
  }

  items(region: string, keys: readonly ItemKey[]): Promise<readonly BaseConfigurationItem[]> {
    return inBatches(keys, (batch) =>
      this.api.batch(
        region,
        batch.map(({ type, id }) => ({ resourceType: type as ResourceType, resourceId: id })),
      ),
    );
  }
}

/** One account of an aggregator; asked one type and region at a time, so that each can be denied, missed or resumed by itself. */
export class AggregatorLister implements ItemLister {
  readonly selects = 'config:SelectAggregateResourceConfig';
  readonly gets = 'config:BatchGetAggregateResourceConfig';

  constructor(
    readonly api: ConfigApi,
    private readonly aggregator: AwsAggregator,
    private readonly accountId: string,
  ) {}

  asks(): string {
    return this.aggregator.region;
  }

  async *rows(type: string, region: string, global: boolean): AsyncGenerator<readonly string[]> {
    const { aggregator, accountId } = this;
    const home = global ? GLOBAL_REGION : region;
    const expression = `SELECT ${ITEM_PROPERTIES} WHERE resourceType = '${type}' AND accountId = '${accountId}' AND awsRegion = '${home}'`;
    // Every region that records IAM sends its own copy.
    const seen = new Set<string>();
    for await (const page of this.api.selectAggregate(
      aggregator.region,
      aggregator.name,
      expression,
    )) {
      yield global ? page.filter((row) => isNew(seen, row)) : page;
    }
  }

  items(region: string, keys: readonly ItemKey[]): Promise<readonly BaseConfigurationItem[]> {
    const { aggregator, accountId } = this;
    return inBatches(keys, (batch) =>
      this.api.aggregateBatch(
        aggregator.region,
        aggregator.name,
        batch.map((key) => ({
          SourceAccountId: accountId,
          SourceRegion: key.region === GLOBAL_REGION ? region : key.region,
          ResourceId: key.id,
          ResourceType: key.type as ResourceType,
        })),
      ),
    );
  }
}

function isNew(seen: Set<string>, row: string): boolean {
  const { resourceId: id } = JSON.parse(row) as JsonObject;
  if (typeof id !== 'string') return true;
  const first = !seen.has(id);
  seen.add(id);
  return first;
}

async function inBatches(
  keys: readonly ItemKey[],
  read: (batch: readonly ItemKey[]) => Promise<readonly BaseConfigurationItem[]>,
): Promise<readonly BaseConfigurationItem[]> {
  const all: BaseConfigurationItem[] = [];
  for (let start = 0; start < keys.length; start += PAGE_SIZE) {
    all.push(...(await read(keys.slice(start, start + PAGE_SIZE))));
  }
  return all;
}
