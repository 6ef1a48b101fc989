import { interleave } from '../../core/http/client/index.js';
import { contentHasher } from '../../core/providers/content-hash.js';
import { ALL_REGIONS, InventoryError, completedParts } from '../../core/providers/index.js';
import type {
  AccessCheck,
  CallerIdentity,
  ChangeHistory,
  Inventory,
  InventoryConnection,
  InventoryPart,
  InventoryRecord,
  InventoryScope,
  RateLimiter,
  RawReader,
} from '../../core/providers/index.js';
import { checkAccess } from './access-checks.js';
import { AccountOpening } from './account-opening.js';
import type { OpenedAccount } from './account-opening.js';
import { surveyAggregator } from './aggregator-survey.js';
import type { AggregatorSurvey } from './aggregator-survey.js';
import { findAccounts } from './aws.accounts.js';
import type { AccountsFound } from './aws.accounts.js';
import { AwsClients } from './aws.client-factory.js';
import { inventoryError } from './aws.errors.js';
import type { ReadFailure } from './aws.errors.js';
import type { AwsInventoryOptions } from './aws.options.js';
import { AwsSession, callerIdentity } from './aws.session.js';
import type { ScanCalls } from './aws.session.js';
import { readSettings } from './aws.settings.js';
import type { AwsSettings } from './aws.settings.js';
import { ConfigApi } from './config.api.js';
import { GLOBAL_REGION, readRecorded } from './configuration-item.js';
import { TrailHistory } from './history/trail-history.js';
import { OrganizationApi } from './organization.api.js';
import { Outages } from './outages.js';
import { planParts } from './part-plan.js';

/** Accounts and regions that are read side by side, each with `concurrency` of its own. */
const PLACES_AT_ONCE = 4;

/**
 * One account or many, read through AWS Config in each region, an aggregator, or Cloud Control (`type-routes.ts` says which type
 * how). docs/aws.md names the permissions.
 */
export class AwsInventory implements Inventory {
  readonly provider = 'aws';
  readonly history: ChangeHistory;
  private readonly settings: AwsSettings;
  private readonly clients: AwsClients;

  constructor(
    private readonly connection: InventoryConnection,
    private readonly options: AwsInventoryOptions,
    private readonly limits: RateLimiter,
  ) {
    this.settings = readSettings(connection);
    this.clients = new AwsClients(connection, options, this.settings.sessionName);
    this.history = new TrailHistory({
      clients: this.clients,
      settings: this.settings,
      calls: (signal) => this.calls(signal),
      base: (calls) => this.base(calls),
      home: () => this.home(),
    });
  }

  async identify(signal: AbortSignal): Promise<CallerIdentity> {
    try {
      const { accountId, principal } = await this.base(this.calls(signal));
      return { provider: 'aws', accountId, principal };
    } catch (error) {
      throw this.asInventoryError(error, signal);
    }
  }

  async *access(signal: AbortSignal): AsyncGenerator<AccessCheck> {
    const base = await this.base(this.calls(signal));
    const home = await this.home();
    const allRegions = this.connection.regions.includes(ALL_REGIONS);
    const { clients, settings } = this;
    const scan = this.calls(signal);
    yield* checkAccess({ clients, settings, base, home, allRegions, scan });
  }

  async *list(scope: InventoryScope, signal: AbortSignal): AsyncGenerator<InventoryRecord> {
    const stopped = new AbortController();
    const calls = this.calls(AbortSignal.any([signal, stopped.signal]));
    try {
      yield* this.read(scope, calls, () => stopped.abort());
    } catch (error) {
      throw this.asInventoryError(error, signal);
    }
  }

  async rawReader(): Promise<RawReader> {
    const hash = await contentHasher();
    return (raw) => readRecorded(raw, hash);
  }

  close(): Promise<void> {
    this.clients.close();
    return Promise.resolve();
  }

  private calls(signal: AbortSignal): ScanCalls {
    return { options: this.options, limits: this.limits, signal };
  }

  private async base(scan: ScanCalls): Promise<AwsSession> {
    const home = await this.home();
    const { base } = this.clients;
    const { accountId, arn } = await callerIdentity(base, home, '', scan);
    return new AwsSession(base, accountId, arn, scan);
  }

  private async *read(
    scope: InventoryScope,
    scan: ScanCalls,
    cancel: () => void,
  ): AsyncGenerator<InventoryRecord> {
    const base = await this.base(scan);
    yield { kind: 'progress', done: 0, total: null, label: `account ${base.accountId}` };
    const { aggregator } = this.settings;
    const aggregated =
      aggregator === null ? null : await surveyAggregator(new ConfigApi(base), aggregator);
    const found = await this.accounts(base, aggregated);
    for (const message of found.notices) yield notice(message);
    const isDone = completedParts(scope.completed);
    const unlessDone = function* (gap: ReadFailure | null, accountId: string | null) {
      const part = { type: '*', accountId, region: null };
      if (gap !== null && !isDone(part)) yield gapRecord(part, gap);
    };
    yield* unlessDone(found.gap, null);

    const opened: OpenedAccount[] = [];
    const home = await this.home();
    const regions = await this.regions(scope);
    const context = { clients: this.clients, base, scan, home, regions, aggregator, aggregated };
    for await (const account of this.open(new AccountOpening(context), found, cancel)) {
      opened.push(account);
      const label = `account ${account.accountId}: ${account.surveys.length} regions`;
      yield { kind: 'progress', done: 0, total: null, label };
      yield* unlessDone(account.gap, account.accountId);
    }
    const parts = planParts(opened, {
      scope: { ...scope, cloudControl: this.settings.cloudControl },
      hash: await contentHasher(),
      outages: new Outages(),
      isDone,
    });
    const places = opened.reduce((sum, { surveys }) => sum + surveys.length, 0);
    const limit = this.options.concurrency * Math.max(1, Math.min(PLACES_AT_ONCE, places));
    let done = 0;
    for await (const page of interleave(parts, limit, cancel)) {
      yield* page;
      const last = page.at(-1);
      if (last === undefined) done += 1;
      if (last?.kind !== 'coverage') continue;
      done += 1;
      yield { kind: 'progress', done, total: parts.length, label: labelOf(last.coverage) };
    }
  }

  private async accounts(
    base: AwsSession,
    aggregated: AggregatorSurvey | null,
  ): Promise<AccountsFound> {
    const { organization, accounts } = this.settings;
    const self = { accountId: base.accountId, arn: base.principal };
    const api = new OrganizationApi(base, await this.home());
    const found = await findAccounts(this.settings, self, api);
    if (aggregated === null) return found;
    const named = accounts.length > 0 || organization !== null;
    const { failure } = aggregated;
    if (failure !== null) {
      // Accounts that can be entered are read one by one instead.
      const message = `The aggregator could not be read: ${failure.message}`;
      if (!named) return { ...found, gap: { ...failure, message } };
      return { ...found, notices: [...found.notices, message] };
    }
    if (named) return found;
    const collected = [...aggregated.accounts.keys()];
    return { ...found, accounts: collected.map((accountId) => ({ accountId, role: null })) };
  }

  private async *open(
    opening: AccountOpening,
    { accounts }: AccountsFound,
    cancel: () => void,
  ): AsyncGenerator<OpenedAccount> {
    const each = accounts.map(
      (account) =>
        async function* () {
          yield await opening.open(account);
        },
    );
    yield* interleave(each, this.options.concurrency * PLACES_AT_ONCE, cancel);
  }

  /** Where the services without a region are asked from. */
  private async home(): Promise<string> {
    const named = this.connection.regions.filter((region) => region !== ALL_REGIONS);
    const [first] = named;
    if (first !== undefined) return first;
    if (this.connection.regions.length === 0) return this.clients.defaultRegion();
    return this.clients.defaultRegion().catch(() => this.settings.aggregator?.region ?? US_EAST_1);
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

const US_EAST_1 = 'us-east-1';

function labelOf({ type, accountId, region }: InventoryPart): string {
  return `${type} in ${region ?? GLOBAL_REGION} of ${accountId ?? ''}`;
}

function notice(message: string): InventoryRecord {
  const location = { file: 'aws', line: null };
  return {
    kind: 'notice',
    notice: { level: 'warning', code: 'AWS.ACCOUNT_LEFT_OUT', message, location },
  };
}

function gapRecord(part: InventoryPart, { status, message }: ReadFailure): InventoryRecord {
  const read = { resources: 0, pages: 0 };
  return { kind: 'coverage', coverage: { provider: 'aws', ...part, ...read, status, message } };
}
