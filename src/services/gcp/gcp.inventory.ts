import { interleave } from '../../core/http/client/index.js';
import { contentHasher } from '../../core/providers/content-hash.js';
import { completedParts, InventoryError, UNLIMITED } from '../../core/providers/index.js';
import type {
  AccessCheck,
  CallerIdentity,
  ChangeHistory,
  Coverage,
  Inventory,
  InventoryConnection,
  InventoryRecord,
  InventoryScope,
  RateLimiter,
} from '../../core/providers/index.js';
import { AssetReader } from './asset-reader.js';
import { projectIds, surveyAssets } from './asset-survey.js';
import { GcpApi } from './gcp.api.js';
import { openClient } from './gcp.client-factory.js';
import type { GcpClient } from './gcp.client-factory.js';
import { readEndpoint, readScope, readTime } from './gcp.connection.js';
import type { GcpEndpoint, GcpScope } from './gcp.connection.js';
import { readCredential } from './gcp.credentials.js';
import type { GcpCredential } from './gcp.credentials.js';
import { inventoryError } from './gcp.errors.js';
import { checkAccess } from './access-checks.js';
import type { GcpInventoryOptions } from './gcp.options.js';
import { GcpHistory } from './history/gcp-history.js';
import { ALLOW_POLICY, listPolicies } from './policy-listing.js';
import { planReadings } from './reading-plan.js';
import { RegionFilter } from './region-filter.js';

/**
 * One project, folder or organization, read through Cloud Asset Inventory. Needs `cloudasset.assets.listResource` and
 * `cloudasset.assets.listIamPolicy` there (`roles/cloudasset.viewer`).
 */
export class GcpInventory implements Inventory {
  readonly provider = 'gcp';
  readonly history: ChangeHistory;
  private readonly credential: GcpCredential;
  private readonly endpoint: GcpEndpoint | null;
  private readonly scope: GcpScope;
  private readonly time: Date | null;
  private readonly clients = new Set<GcpClient>();

  constructor(
    private readonly connection: InventoryConnection,
    private readonly options: GcpInventoryOptions,
    private readonly limits: RateLimiter = UNLIMITED,
  ) {
    const { scope, readTime: time } = connection.credentials;
    this.credential = readCredential(connection, options);
    this.endpoint = readEndpoint(connection);
    this.scope = readScope(scope || this.credential.projectId);
    this.time = readTime(time);
    this.history = new GcpHistory((signal, ask) => this.withApi(signal, ask));
  }

  /** `accountId` is the project, or `folders/N` or `organizations/N`. */
  async identify(signal: AbortSignal): Promise<CallerIdentity> {
    await this.withApi(signal, (api) => api.probe());
    const { projectId, parent } = this.scope;
    return {
      provider: 'gcp',
      accountId: projectId ?? parent,
      principal: this.credential.principal,
    };
  }

  async *access(signal: AbortSignal): AsyncGenerator<AccessCheck> {
    const client = await this.open(signal);
    try {
      yield* checkAccess(this.api(client, signal), signal);
    } finally {
      this.release(client);
    }
  }

  async *list(scope: InventoryScope, signal: AbortSignal): AsyncGenerator<InventoryRecord> {
    const stopped = new AbortController();
    const combined = AbortSignal.any([signal, stopped.signal]);
    let client: GcpClient | undefined;
    try {
      client = await this.open(combined);
      yield* this.read(this.api(client, combined), scope, combined, () => stopped.abort());
    } catch (error) {
      throw this.asInventoryError(error, signal);
    } finally {
      stopped.abort();
      if (client) this.release(client);
    }
  }

  close(): Promise<void> {
    for (const client of this.clients) this.release(client);
    return Promise.resolve();
  }

  private async *read(
    api: GcpApi,
    scope: InventoryScope,
    signal: AbortSignal,
    cancel: () => void,
  ): AsyncGenerator<InventoryRecord> {
    yield { kind: 'progress', done: 0, total: null, label: this.scope.parent };
    const survey = await surveyAssets(api, signal);
    const plan = planReadings(survey, scope);
    const projects = await projectIds(api, survey, signal);
    const { projectId: named } = this.scope;
    const projectId = named === null ? null : (projects.get(named) ?? named);

    if (survey.failure) {
      const { status, message } = survey.failure;
      for (const type of plan.unread.length > 0 ? plan.unread : ['*']) {
        yield coverage({ type, accountId: projectId, status, message, resources: 0, pages: 0 });
      }
    }
    const isCompleted = completedParts(scope.completed);
    const asked = scope.regions.length > 0 ? scope.regions : this.connection.regions;
    const regions = new RegionFilter([...new Set(asked)]);
    const isDone = (type: string): boolean =>
      isCompleted({ type, accountId: projectId, region: regions.places.at(-1) ?? null });
    const batches = plan.batches
      .map((types) => types.filter((type) => !isDone(type)))
      .filter((types) => types.length > 0);
    const policyPart = { type: ALLOW_POLICY, accountId: projectId, region: null };
    const allDone = batches.length === 0 && isCompleted(policyPart);
    // Every type's resources carry their policies: these are listed again for what is left.
    const policies =
      plan.policyTypes === null || allDone
        ? null
        : await listPolicies(api, plan.policyTypes, signal);
    if (policies && !isCompleted(policyPart)) {
      yield coverage({ type: ALLOW_POLICY, accountId: projectId, ...policies.coverage });
    }
    const hash = await contentHasher();
    const input = { api, projects, projectId, policies, regions, hash, isCompleted, signal };
    const reader = new AssetReader(input);
    const listings = batches.map((types) => () => reader.read(types));
    const total = batches.reduce((sum, types) => sum + types.length, 0);
    const done = new Set<string>();
    for await (const page of interleave(listings, this.options.concurrency, cancel)) {
      yield* page;
      for (const record of page) if (record.kind === 'coverage') done.add(record.coverage.type);
      const last = page.at(-1);
      if (last?.kind !== 'coverage') continue;
      yield { kind: 'progress', done: done.size, total, label: last.coverage.type };
    }
  }

  private async withApi<T>(signal: AbortSignal, use: (api: GcpApi) => Promise<T>): Promise<T> {
    let client: GcpClient | undefined;
    try {
      client = await this.open(signal);
      return await use(this.api(client, signal));
    } catch (error) {
      throw this.asInventoryError(error, signal);
    } finally {
      if (client) this.release(client);
    }
  }

  private api(client: GcpClient, signal: AbortSignal): GcpApi {
    return new GcpApi(client, this.scope.parent, this.time, this.options, signal, this.limits);
  }

  private async open(signal: AbortSignal): Promise<GcpClient> {
    signal.throwIfAborted();
    const { credential, endpoint, options, connection } = this;
    const client = await openClient(credential, endpoint, options, signal, connection.outbound);
    this.clients.add(client);
    return client;
  }

  private release(client: GcpClient): void {
    client.close();
    this.clients.delete(client);
  }

  private asInventoryError(error: unknown, signal: AbortSignal): InventoryError {
    if (signal.aborted) {
      return new InventoryError('cancelled', 'gcp', `Reading ${this.scope.parent} was cancelled.`);
    }
    return error instanceof InventoryError ? error : inventoryError(error);
  }
}

function coverage(facts: Omit<Coverage, 'provider' | 'region'>): InventoryRecord {
  return { kind: 'coverage', coverage: { provider: 'gcp', region: null, ...facts } };
}
