import { interleave, MemoryBuckets, QuotaLimiter } from '../../core/http/client/index.js';
import { contentHasher } from '../../core/providers/content-hash.js';
import { completedParts, InventoryError } from '../../core/providers/index.js';
import type {
  AccessCheck,
  CallerIdentity,
  ChangeHistory,
  Inventory,
  InventoryConnection,
  InventoryRecord,
  InventoryScope,
  RateLimiter,
} from '../../core/providers/index.js';
import { checkAccess } from './access-checks.js';
import { AzureApi } from './azure.api.js';
import { AzureClients } from './azure.clients.js';
import { inventoryError } from './azure.errors.js';
import type { AzureInventoryOptions } from './azure.options.js';
import { SUBSCRIPTIONS } from './queries.js';
import { ResourceChanges } from './resource-changes.js';
import { planReadings } from './reading-plan.js';
import { surveySubscription } from './subscription-survey.js';
import type { SubscriptionSurvey } from './subscription-survey.js';
import { TypeReader } from './type-reader.js';
import { plainLocation } from './type-tally.js';

/** Some subscriptions, read through Azure Resource Graph. Needs the role Reader at each, or at a management group above them. */
export class AzureInventory implements Inventory {
  readonly provider = 'azure';
  readonly history: ChangeHistory;
  private readonly clients: AzureClients;

  constructor(
    private readonly connection: InventoryConnection,
    private readonly options: AzureInventoryOptions,
    private readonly limits: RateLimiter = new QuotaLimiter({
      store: new MemoryBuckets(),
      published: false,
    }),
  ) {
    this.clients = new AzureClients(connection, options);
    this.history = new ResourceChanges((signal) => this.api(signal));
  }

  /** `accountId` is the subscription; of several, the first. */
  async identify(signal: AbortSignal): Promise<CallerIdentity> {
    try {
      const api = this.api(signal);
      const principal = (await api.principal()) ?? 'an access token';
      const [accountId = ''] = await this.subscriptions(api);
      return { provider: 'azure', accountId, principal };
    } catch (error) {
      throw this.asInventoryError(error, signal);
    }
  }

  async *access(signal: AbortSignal): AsyncGenerator<AccessCheck> {
    const api = this.api(signal);
    yield* checkAccess(api, await this.subscriptions(api), signal);
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
    return this.clients.close();
  }

  private async *read(
    scope: InventoryScope,
    signal: AbortSignal,
    cancel: () => void,
  ): AsyncGenerator<InventoryRecord> {
    const api = this.api(signal);
    await api.principal();
    const subscriptions = await this.subscriptions(api);
    const label = `${subscriptions.length} subscription${subscriptions.length === 1 ? '' : 's'}`;
    yield { kind: 'progress', done: 0, total: null, label };

    const surveys = await this.survey(api, subscriptions, signal, cancel);
    const readings = planReadings(surveys, scope, this.options.pageSize);
    const asked = scope.regions.length > 0 ? scope.regions : this.connection.regions;
    const locations = [...new Set(asked.map(plainLocation))];
    const isCompleted = completedParts(scope.completed);
    const reader = new TypeReader(api, locations, await contentHasher(), signal, isCompleted);
    const left = readings.flatMap((reading) => reader.unfinished(reading) ?? []);
    const listings = left.map((reading) => () => reader.read(reading));
    const total = left.reduce((sum, { types }) => sum + types.length, 0);
    let done = 0;
    for await (const page of interleave(listings, this.options.concurrency, cancel)) {
      yield* page;
      const last = page.at(-1);
      if (last?.kind !== 'coverage') continue;
      done += page.length / Math.max(1, locations.length);
      const { type, accountId } = last.coverage;
      yield { kind: 'progress', done, total, label: `${type} in ${accountId ?? ''}` };
    }
  }

  /** The named ones, and those below the named management groups; all the identity sees when nothing is named. */
  private async subscriptions(api: AzureApi): Promise<string[]> {
    const { subscriptions: named, managementGroups } = this.clients.target;
    if (named.length > 0 && managementGroups.length === 0) {
      await this.prove(api, named);
      return [...named];
    }
    const found = await this.visible(api, { subscriptions: [], managementGroups });
    const all = [...new Set([...named, ...found])];
    if (all.length > 0) return all;
    throw new InventoryError(
      'denied',
      'azure',
      'The identity sees no Azure subscription: assign it Reader at a subscription or a management group.',
    );
  }

  /** One call that Azure answers, so that a dead host or a refused token stops the scan; a refusal of a subscription is its coverage. */
  private async prove(api: AzureApi, subscriptions: readonly string[]): Promise<void> {
    try {
      await this.visible(api, { subscriptions, managementGroups: [] });
    } catch (error) {
      if (inventoryError(error).failure !== 'denied') throw error;
    }
  }

  private async visible(api: AzureApi, scope: Parameters<AzureApi['query']>[0]): Promise<string[]> {
    const found: string[] = [];
    for await (const { rows } of api.query(scope, SUBSCRIPTIONS)) {
      for (const { subscriptionId: id } of rows)
        if (typeof id === 'string') found.push(id.toLowerCase());
    }
    return found;
  }

  private async survey(
    api: AzureApi,
    subscriptions: readonly string[],
    signal: AbortSignal,
    cancel: () => void,
  ): Promise<SubscriptionSurvey[]> {
    const surveys: SubscriptionSurvey[] = [];
    const each = subscriptions.map(
      (subscription) =>
        async function* () {
          yield await surveySubscription(api, subscription, signal);
        },
    );
    for await (const survey of interleave(each, this.options.concurrency, cancel)) {
      surveys.push(survey);
    }
    return surveys;
  }

  private api(signal: AbortSignal): AzureApi {
    return new AzureApi(this.clients, this.options, this.limits, signal);
  }

  private asInventoryError(error: unknown, signal: AbortSignal): InventoryError {
    if (signal.aborted) {
      return new InventoryError('cancelled', 'azure', 'Reading Azure was cancelled.');
    }
    return error instanceof InventoryError ? error : inventoryError(error);
  }
}
