import { interleave } from '../../core/http/client/index.js';
import { contentHasher } from '../../core/providers/content-hash.js';
import { completedParts, InventoryError, UNLIMITED } from '../../core/providers/index.js';
import type {
  AccessCheck,
  CallerIdentity,
  Inventory,
  InventoryConnection,
  InventoryRecord,
  InventoryScope,
  RateLimiter,
} from '../../core/providers/index.js';
import { checkAccess } from './access-checks.js';
import { discover } from './api-discovery.js';
import { KindReader } from './kind-reader.js';
import { fields, textOf } from './kubeconfig-document.js';
import { KubernetesApi } from './kubernetes.api.js';
import { openConnection } from './kubernetes.connection.js';
import type { KubernetesConnection } from './kubernetes.connection.js';
import { KubernetesStatusError, inventoryError } from './kubernetes.errors.js';
import type { KubernetesInventoryOptions } from './kubernetes.options.js';
import { planReadings } from './reading-plan.js';

const SELF_REVIEW = '/apis/authentication.k8s.io/v1/selfsubjectreviews';

/** One cluster, read through its own API. Needs `list` on what is to be read and the discovery every authenticated user has. */
export class KubernetesInventory implements Inventory {
  readonly provider = 'kubernetes';
  private readonly connection: KubernetesConnection;
  private readonly api: KubernetesApi;

  constructor(
    connection: InventoryConnection,
    private readonly options: KubernetesInventoryOptions,
    limits: RateLimiter = UNLIMITED,
  ) {
    this.connection = openConnection(connection, options);
    this.api = new KubernetesApi(this.connection, options, limits);
  }

  /** The account is the cluster's name in the kubeconfig; the principal is who the server says we are, where it can (1.28 and later). */
  async identify(signal: AbortSignal): Promise<CallerIdentity> {
    try {
      const principal = await this.principal(signal);
      return { provider: 'kubernetes', accountId: this.connection.clusterName, principal };
    } catch (error) {
      throw asInventoryError(error, signal);
    }
  }

  async *access(signal: AbortSignal): AsyncGenerator<AccessCheck> {
    const { kinds } = await discover(this.api, signal);
    yield* checkAccess(this.api, kinds, this.options.concurrency, signal);
  }

  async *list(scope: InventoryScope, signal: AbortSignal): AsyncGenerator<InventoryRecord> {
    const stopped = new AbortController();
    const combined = AbortSignal.any([signal, stopped.signal]);
    try {
      yield* this.read(scope, combined, () => stopped.abort());
    } catch (error) {
      throw asInventoryError(error, signal);
    }
  }

  close(): Promise<void> {
    return this.api.close();
  }

  private async *read(
    scope: InventoryScope,
    signal: AbortSignal,
    cancel: () => void,
  ): AsyncGenerator<InventoryRecord> {
    const cluster = this.connection.clusterName;
    yield { kind: 'progress', done: 0, total: null, label: `cluster ${cluster}` };
    const isCompleted = completedParts(scope.completed);
    const plan = planReadings(await discover(this.api, signal), scope);
    const reader = new KindReader(
      this.api,
      {
        cluster,
        namespaces: [...new Set(scope.namespaces)],
        pageSize: this.options.pageSize,
        hash: await contentHasher(),
        isCompleted,
      },
      signal,
    );
    const lanes = plan.lanes.filter((lane) => !reader.isDone(lane));
    const total = lanes.flat().length;
    for (const settled of plan.settled) {
      if (!isCompleted({ type: settled.type, accountId: cluster, region: null }))
        yield reader.settled(settled);
    }
    const listings = lanes.map((lane) => () => reader.readLane(lane));
    let done = 0;
    for await (const page of interleave(listings, this.options.concurrency, cancel)) {
      yield* page;
      const last = page.at(-1);
      if (last?.kind !== 'coverage') continue;
      done += 1;
      yield { kind: 'progress', done, total, label: last.coverage.type };
    }
  }

  private async principal(signal: AbortSignal): Promise<string> {
    try {
      const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
      const review = fields(await this.api.post(SELF_REVIEW, body, signal));
      const name = textOf(fields(fields(review.status).userInfo).username);
      if (name) return name;
    } catch (error) {
      const unsupported =
        error instanceof KubernetesStatusError && [403, 404, 405].includes(error.status);
      if (!unsupported) throw error;
    }
    await this.api.get('/version', {}, signal);
    return this.connection.userName;
  }
}

function asInventoryError(error: unknown, signal: AbortSignal): InventoryError {
  if (signal.aborted) {
    return new InventoryError('cancelled', 'kubernetes', 'Reading the cluster was cancelled.');
  }
  return error instanceof InventoryError ? error : inventoryError(error);
}
