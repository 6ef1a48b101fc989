import type { protos } from '@google-cloud/asset';
import { pacedCall } from '../../core/http/client/index.js';
import type { JsonObject, RateLimiter, RateLimitKey } from '../../core/providers/index.js';
import { assetDocument, assetState } from './asset-document.js';
import type { AssetState } from './asset-document.js';
import type { GcpClient } from './gcp.client-factory.js';
import { retryDecision } from './gcp.errors.js';
import type { GcpInventoryOptions } from './gcp.options.js';
import { AUDIT_LOGS, auditFilter } from './history/audit-filter.js';
import type { AuditSubject } from './history/audit-subject.js';

export type AssetContent = 'RESOURCE' | 'IAM_POLICY';

export interface AssetQuery {
  /** Empty means all. */
  readonly types: readonly string[];
  /** Null lists names and types only. */
  readonly content: AssetContent | null;
}

interface LogPage {
  readonly entries?: unknown;
  readonly nextPageToken?: string;
}

const LOG_PAGE = 100;
const LOG_PAGES = 2;

type ListAssetsResponse = protos.google.cloud.asset.v1.IListAssetsResponse;

/** The read calls of a scan, each with its time limit and retries. All throw what the SDK throws; gcp.errors.ts knows what it means. */
export class GcpApi {
  constructor(
    private readonly client: GcpClient,
    private readonly parent: string,
    private readonly readTime: Date | null,
    private readonly options: GcpInventoryOptions,
    private readonly signal: AbortSignal,
    private readonly limits: RateLimiter,
  ) {}

  /** One asset, to see whether the caller may ask for such content at all. */
  async probe(content: AssetContent | null = null): Promise<void> {
    await this.page({ types: [], content }, 1, '');
  }

  /** Pages of assets in the shape of the REST API (v1 Asset). */
  async *list(query: AssetQuery): AsyncGenerator<readonly JsonObject[]> {
    let token = '';
    do {
      const page = await this.page(query, this.options.pageSize, token);
      token = page.nextPageToken ?? '';
      yield (page.assets ?? []).map(assetDocument);
    } while (token !== '');
  }

  /** What an asset was since `since`, oldest first, as far as the service keeps it. */
  async history(name: string, project: string | null, since: Date): Promise<readonly AssetState[]> {
    const request = {
      // Asked of a folder, the service refuses.
      parent: project === null ? this.parent : `projects/${project}`,
      contentType: 'RESOURCE' as const,
      assetNames: [name],
      readTimeWindow: { startTime: { seconds: Math.ceil(since.getTime() / 1000) } },
    };
    const { callTimeoutMs } = this.options;
    const pacing = { ...this.options, limits: this.limits, decide: retryDecision };
    const quota = this.quota('cloudasset:BatchGetAssetsHistory');
    const answer = await pacedCall(pacing, quota, this.signal, async () => {
      const own = { retry: null, timeout: callTimeoutMs };
      const [response] = await this.client.assets.batchGetAssetsHistory(request, own);
      return response;
    });
    return (answer.assets ?? [])
      .map(assetState)
      .sort((left, right) => (left.from ?? '').localeCompare(right.from ?? ''));
  }

  /**
   * Entries of the audit logs that keep writes about a resource, newest first; at most a few pages, as more say nothing more.
   * https://cloud.google.com/logging/docs/reference/v2/rest/v2/entries/list
   */
  async auditEntries(
    subject: AuditSubject,
    project: string | null,
    since: Date,
  ): Promise<readonly unknown[]> {
    const found: unknown[] = [];
    const request = {
      resourceNames: [project === null ? this.parent : `projects/${project}`],
      filter: auditFilter(subject, since),
      orderBy: 'timestamp desc',
      pageSize: LOG_PAGE,
    };
    let pageToken: string | undefined;
    for (let page = 0; page < LOG_PAGES; page += 1) {
      const answer = await this.logEntries({ ...request, ...(pageToken ? { pageToken } : {}) });
      found.push(...(Array.isArray(answer.entries) ? (answer.entries as unknown[]) : []));
      pageToken = answer.nextPageToken;
      if (!pageToken) break;
    }
    return found;
  }

  /** One entry, to see whether the caller may read the logs. */
  async probeLogs(): Promise<void> {
    const { parent } = this;
    await this.logEntries({ resourceNames: [parent], filter: AUDIT_LOGS, pageSize: 1 });
  }

  private logEntries(data: object): Promise<LogPage> {
    const pacing = { ...this.options, limits: this.limits, decide: retryDecision };
    const quota = this.quota('logging:ListLogEntries');
    return pacedCall(pacing, quota, this.signal, async () => {
      const url = `${this.client.logging}/v2/entries:list`;
      const answer = await this.client.auth.request<LogPage>({ url, method: 'POST', data });
      return answer.data;
    });
  }

  private page(
    query: AssetQuery,
    pageSize: number,
    pageToken: string,
  ): Promise<ListAssetsResponse> {
    const request = {
      parent: this.parent,
      pageSize,
      pageToken,
      assetTypes: [...query.types],
      ...(query.content ? { contentType: query.content } : {}),
      ...(this.readTime
        ? {
            readTime: {
              seconds: Math.floor(this.readTime.getTime() / 1000),
              nanos: this.readTime.getUTCMilliseconds() * 1_000_000,
            },
          }
        : {}),
    };
    const { callTimeoutMs } = this.options;
    const own = { autoPaginate: false, retry: null, timeout: callTimeoutMs };
    const pacing = { ...this.options, limits: this.limits, decide: retryDecision };
    const quota = this.quota('cloudasset:ListAssets');
    return pacedCall(pacing, quota, this.signal, async () => {
      const [, , response] = await this.client.assets.listAssets(request, own);
      return response;
    });
  }

  /** Calls count for the project of the credentials: whatever is read with them shares one quota. */
  private quota(operation: string): RateLimitKey {
    const account = this.client.quotaProject ?? this.parent;
    return { provider: 'gcp', account, operation };
  }
}
