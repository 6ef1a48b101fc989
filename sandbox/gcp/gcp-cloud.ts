import { isObject } from '../json.js';
import type { Json, JsonObject } from '../json.js';
import type { Call } from '../faults/fault-plan.js';
import type { FaultRule } from '../faults/fault-rule.js';
import type { Cloud, Reply, SandboxRequest } from '../server/cloud.js';
import { AssetService, contentOf } from './asset-service.js';
import { BearerTokens } from './bearer-tokens.js';
import { GcpAssets } from './gcp-assets.js';
import type { GcpProject } from './gcp-estate.js';
import {
  GcpServiceError,
  errorInfo,
  errorReply,
  invalidArgument,
  jsonReply,
} from './gcp-protocol.js';
import { listLogEntries, namedResources } from './log-service.js';

const LIST = /^\/v1\/((?:projects|folders|organizations)\/[^/]+)\/assets$/;
const HISTORY = /^\/v1\/((?:projects|folders|organizations)\/[^/]+):batchGetAssetsHistory$/;
const LOG_ENTRIES = '/v2/entries:list';
const TOKEN = '/token';

/** Cloud Asset Inventory and the audit logs of all projects behind one endpoint, and the token endpoint. */
export class GcpCloud implements Cloud {
  readonly resources: GcpAssets;
  readonly tokens: BearerTokens;

  constructor(private readonly estate: readonly GcpProject[]) {
    this.resources = new GcpAssets(estate);
    this.tokens = new BearerTokens(estate);
  }

  reset(): void {
    this.resources.reset();
  }

  call({ url }: SandboxRequest): Call {
    const types = url.searchParams.getAll('assetTypes');
    return {
      operation: operationOf(url),
      type: types[0] ?? null,
      types,
      region: null,
      namespace: null,
      continues: Boolean(url.searchParams.get('pageToken')),
    };
  }

  answer(request: SandboxRequest): Reply {
    try {
      return this.route(request);
    } catch (error) {
      if (error instanceof GcpServiceError) return errorReply(error);
      throw error;
    }
  }

  refuse(request: SandboxRequest, rule: FaultRule): Reply {
    return errorReply(refusal(request, rule));
  }

  private route(request: SandboxRequest): Reply {
    const { method, url } = request;
    if (method === 'POST' && url.pathname === TOKEN) return this.tokens.exchange(request);
    const caller = this.tokens.caller(request);
    const [, listed] = LIST.exec(url.pathname) ?? [];
    if (method === 'GET' && listed) {
      return jsonReply(this.service(listed, caller).list(listed, url.searchParams));
    }
    const [, past] = HISTORY.exec(url.pathname) ?? [];
    if (method === 'GET' && past) {
      return jsonReply(this.service(past, caller).history(url.searchParams));
    }
    if (method === 'POST' && url.pathname === LOG_ENTRIES) {
      return jsonReply(this.logEntries(bodyOf(request), caller));
    }
    throw new GcpServiceError('NOT_FOUND', 'Requested entity was not found.');
  }

  /** Of a project its own entries; a folder or an organization keeps others than the projects below it. */
  private logEntries(body: JsonObject, caller: string): JsonObject {
    const named = namedResources(body);
    const entries = named.flatMap((name) => {
      this.service(name, caller);
      const project = this.estate.find(({ projectId }) => name === `projects/${projectId}`);
      return project === undefined ? [] : [...project.entries, ...this.resources.calls(project)];
    });
    return listLogEntries(entries, body);
  }

  /** A service account reads its own project, and every folder and organization above it. */
  private service(parent: string, caller: string): AssetService {
    const below = this.estate.filter(
      ({ projectId, ancestors }) =>
        parent === `projects/${projectId}` || ancestors.includes(parent),
    );
    if (!below.some(({ serviceAccount }) => serviceAccount === caller)) throw denied(parent);
    return new AssetService(this.resources, below);
  }
}

/** `ListAssets`, with the content asked for where there is one: each needs a permission of its own. */
function operationOf({ pathname, searchParams }: URL): string {
  if (pathname === TOKEN) return 'token';
  if (HISTORY.test(pathname)) return 'BatchGetAssetsHistory';
  if (pathname === LOG_ENTRIES) return 'ListLogEntries';
  if (!LIST.test(pathname)) return 'unknown';
  try {
    const content = contentOf(searchParams);
    return content === 'CONTENT_TYPE_UNSPECIFIED' ? 'ListAssets' : `ListAssets:${content}`;
  } catch {
    return 'ListAssets';
  }
}

function refusal({ url }: SandboxRequest, rule: FaultRule): GcpServiceError {
  switch (rule.fault) {
    case 'deny':
      return denied((LIST.exec(url.pathname) ?? HISTORY.exec(url.pathname))?.[1] ?? '');
    case 'throttle':
      return new GcpServiceError(
        'RESOURCE_EXHAUSTED',
        "Quota exceeded for quota metric 'ListAssets Requests' and limit 'ListAssets Requests per minute' of service 'cloudasset.googleapis.com'.",
        [
          errorInfo('RATE_LIMIT_EXCEEDED', {
            quota_limit: 'ListAssetsRequestsPerMinutePerProject',
          }),
        ],
        rule.retryAfterSeconds === undefined
          ? {}
          : { 'retry-after': String(rule.retryAfterSeconds) },
      );
    case 'expire':
      return new GcpServiceError('INVALID_ARGUMENT', 'The page token is invalid or has expired.');
    default: {
      const code = rule.status ?? 500;
      return code === 503
        ? new GcpServiceError('UNAVAILABLE', 'The service is currently unavailable.')
        : new GcpServiceError('INTERNAL', 'Internal error encountered.', [], {}, code);
    }
  }
}

function bodyOf({ body }: SandboxRequest): JsonObject {
  try {
    const value = JSON.parse(body) as Json;
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw invalidArgument('Invalid JSON payload received.');
}

function denied(parent: string): GcpServiceError {
  return new GcpServiceError('PERMISSION_DENIED', 'The caller does not have permission', [
    errorInfo('IAM_PERMISSION_DENIED', {
      resource: `//cloudresourcemanager.googleapis.com/${parent}`,
    }),
  ]);
}
