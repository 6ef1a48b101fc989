import { interleave } from '../../core/http/client/index.js';
import { contentHasher } from '../../core/providers/content-hash.js';
import { InventoryError } from '../../core/providers/index.js';
import type {
  CallerIdentity,
  Inventory,
  InventoryConnection,
  InventoryRecord,
  InventoryScope,
} from '../../core/providers/index.js';
import { AwsApi } from './aws.api.js';
import { AwsClients } from './aws.client-factory.js';
import { inventoryError } from './aws.errors.js';
import type { AwsInventoryOptions } from './aws.options.js';
import { GLOBAL_REGION } from './configuration-item.js';
import { planReadings } from './reading-plan.js';
import { surveyRegion } from './region-survey.js';
import type { RegionSurvey } from './region-survey.js';
import { TypeReader } from './type-reader.js';

/** One account, read through AWS Config in each region. Needs `config:SelectResourceConfig`, `config:DescribeConfigurationRecorders`,
 * `config:DescribeConfigurationRecorderStatus`, `config:ListDiscoveredResources`; `sts:GetCallerIdentity` is always allowed. */
export class AwsInventory implements Inventory {
  readonly provider = 'aws';
  private readonly clients: AwsClients;

  constructor(
    private readonly connection: InventoryConnection,
    private readonly options: AwsInventoryOptions,
  ) {
    this.clients = new AwsClients(connection, options);
  }

  async identify(signal: AbortSignal): Promise<CallerIdentity> {
    try {
      const region = this.connection.regions[0] ?? (await this.clients.defaultRegion());
      const caller = await new AwsApi(this.clients, this.options, signal).callerIdentity(region);
      return { provider: 'aws', accountId: caller.accountId, principal: caller.arn };
    } catch (error) {
      throw this.asInventoryError(error, signal);
    }
  }

  async *list(scope: InventoryScope, signal: AbortSignal): AsyncGenerator<InventoryRecord> {
    const stopped = new AbortController();
    const combined = AbortSignal.any([signal, stopped.signal]);
    try {
      yield* this.read(scope, combined, () => stopped.abort());
    } catch (error) {
      throw this.asInventoryError(error, signal);
    }
  }

  close(): Promise<void> {
    this.clients.close();
    return Promise.resolve();
  }

  private async *read(
    scope: InventoryScope,
    signal: AbortSignal,
    cancel: () => void,
  ): AsyncGenerator<InventoryRecord> {
    const { accountId } = await this.identify(signal);
    const api = new AwsApi(this.clients, this.options, signal);
    const regions = await this.regions(scope);
    yield { kind: 'progress', done: 0, total: null, label: `account ${accountId}` };

    const surveys = await this.survey(api, regions, signal, cancel);
    const readings = planReadings(surveys, scope);
    const reader = new TypeReader(api, accountId, await contentHasher(), signal);
    const listings = readings.map((reading) => () => reader.read(reading));
    let done = 0;
    for await (const page of interleave(listings, this.options.concurrency, cancel)) {
      yield* page;
      const last = page.at(-1);
      if (last?.kind !== 'coverage') continue;
      done += 1;
      const { type, region } = last.coverage;
      const label = `${type} in ${region ?? GLOBAL_REGION}`;
      yield { kind: 'progress', done, total: readings.length, label };
    }
  }

  private async survey(
    api: AwsApi,
    regions: readonly string[],
    signal: AbortSignal,
    cancel: () => void,
  ): Promise<RegionSurvey[]> {
    const surveys: RegionSurvey[] = [];
    const each = regions.map(
      (region) =>
        async function* () {
          yield await surveyRegion(api, region, signal);
        },
    );
    for await (const survey of interleave(each, this.options.concurrency, cancel)) {
      surveys.push(survey);
    }
    const order = (survey: RegionSurvey): number => regions.indexOf(survey.region);
    return surveys.sort((left, right) => order(left) - order(right));
  }

  private async regions(scope: InventoryScope): Promise<readonly string[]> {
    const asked = scope.regions.length > 0 ? scope.regions : this.connection.regions;
    const regions = [...new Set(asked.filter((region) => region !== GLOBAL_REGION))];
    return regions.length > 0 ? regions : [await this.clients.defaultRegion()];
  }

  private asInventoryError(error: unknown, signal: AbortSignal): InventoryError {
    if (signal.aborted) {
      return new InventoryError('cancelled', 'aws', 'Reading the AWS account was cancelled.');
    }
    return error instanceof InventoryError ? error : inventoryError(error);
  }
}
