import { pacedCall } from '../../core/http/client/index.js';
import type { JsonObject, RateLimiter, RateLimitKey } from '../../core/providers/index.js';
import type { AzureClients } from './azure.clients.js';
import { ArmStatusError, retryDecision } from './azure.errors.js';
import type { AzureInventoryOptions } from './azure.options.js';
import { quotaPause } from './request-quota.js';

/** Where a query looks; the whole tenant when both are empty. */
export interface QueryScope {
  readonly subscriptions: readonly string[];
  readonly managementGroups: readonly string[];
}

export interface GraphPage {
  readonly rows: readonly JsonObject[];
  /** Rows of the whole result. */
  readonly total: number;
  /** The service holds rows back and gives no token to ask for them. */
  readonly cutOff: boolean;
}

/** The read calls of a scan, each with its time limit and retries. All throw what the SDK throws; azure.errors.ts knows what it means. */
export class AzureApi {
  constructor(
    private readonly clients: AzureClients,
    private readonly options: AzureInventoryOptions,
    private readonly limits: RateLimiter,
    private readonly signal: AbortSignal,
  ) {}

  principal(): Promise<string | null> {
    return this.call(this.key('entra:token'), (abortSignal) => this.clients.principal(abortSignal));
  }

  /** Pages of a Resource Graph query. It has to be ordered, or pages overlap. */
  async *query(
    { subscriptions, managementGroups }: QueryScope,
    query: string,
  ): AsyncGenerator<GraphPage> {
    let skipToken: string | undefined;
    do {
      const request = {
        query,
        ...(subscriptions.length > 0 ? { subscriptions: [...subscriptions] } : {}),
        ...(managementGroups.length > 0 ? { managementGroups: [...managementGroups] } : {}),
        options: {
          resultFormat: 'objectArray' as const,
          top: this.options.pageSize,
          ...(skipToken ? { skipToken } : {}),
        },
      };
      const key = this.key('resourcegraph:resources');
      const answer = await this.call(key, (abortSignal) =>
        this.clients.graph.resources(request, { abortSignal: sdkSignal(abortSignal) }),
      );
      const pause = quotaPause(answer._response.headers);
      this.limits.pause(key, Math.min(pause, this.options.retry.maxDelayMs));
      skipToken = answer.skipToken;
      yield {
        rows: asRows(answer.data),
        total: answer.totalRecords,
        cutOff: answer.resultTruncated === 'true' && !skipToken,
      };
    } while (skipToken);
  }

  /** One plain Resource Manager call; `path` begins with a slash. */
  async get(path: string, apiVersion: string): Promise<unknown> {
    const url = `${this.clients.target.endpoint}${path}?api-version=${apiVersion}`;
    return this.call(this.key('resourcemanager:read'), async (abortSignal) => {
      const answer = await this.clients.graph.sendRequest({
        url,
        method: 'GET',
        abortSignal: sdkSignal(abortSignal),
      });
      if (answer.status >= 200 && answer.status < 300) return answer.parsedBody as unknown;
      throw new ArmStatusError(answer.status, answer.parsedBody, answer);
    });
  }

  private call<T>(key: RateLimitKey, send: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
    const pacing = { ...this.options, limits: this.limits, decide: retryDecision };
    return pacedCall(pacing, key, this.signal, send);
  }

  private key(operation: string): RateLimitKey {
    return { provider: 'azure', account: this.clients.user, operation };
  }
}

/** The SDK's declarations know an older shape of signal. */
function sdkSignal(signal: AbortSignal) {
  return {
    get aborted() {
      return signal.aborted;
    },
    onabort: null,
    dispatchEvent: (event: Event) => signal.dispatchEvent(event),
    addEventListener: signal.addEventListener.bind(signal),
    removeEventListener: signal.removeEventListener.bind(signal),
  };
}

function asRows(data: unknown): JsonObject[] {
  if (!Array.isArray(data)) return [];
  return data.filter((row): row is JsonObject => typeof row === 'object' && row !== null);
}
