import type { Call } from '../faults/fault-plan.js';
import type { FaultRule } from '../faults/fault-rule.js';
import { isObject, objectAt, textAt, textsAt } from '../json.js';
import type { JsonObject } from '../json.js';
import type { Cloud, Reply, SandboxRequest } from '../server/cloud.js';
import { ArmError, armError, armReply, graphError } from './arm-protocol.js';
import { AzureRows } from './azure-rows.js';
import type { AzureSubscription, AzureTenant } from './azure-estate.js';
import { Entra } from './entra.js';
import { providerOf } from './provider-types.js';
import { QueryQuota, resetsAfter } from './query-quota.js';
import { API_VERSIONS, invalidToken, queriedTypes, runQuery } from './resource-graph.js';

const GRAPH = '/providers/microsoft.resourcegraph/resources';
const IN_SUBSCRIPTION = /^\/subscriptions\/([^/]+)\/providers\/([^/]+)(\/permissions)?$/i;

/** Resource Graph, a little of Resource Manager and Entra's token endpoint behind one address. */
export class AzureCloud implements Cloud {
  readonly resources: AzureRows;
  private readonly entra: Entra;
  private readonly quota: QueryQuota;

  constructor(tenant: AzureTenant) {
    this.resources = new AzureRows(tenant);
    this.entra = new Entra(tenant);
    this.quota = new QueryQuota(tenant.quota);
  }

  reset(): void {
    this.resources.reset();
  }

  call(request: SandboxRequest): Call {
    const body = isQuery(request) ? (safeBody(request.body) ?? {}) : {};
    const types = queriedTypes(textAt(body, 'query') ?? '');
    const [subscription, ...others] = textsAt(body, 'subscriptions');
    const named = IN_SUBSCRIPTION.exec(request.url.pathname)?.[1];
    return {
      operation: this.operation(request),
      type: types.length === 1 ? (types[0] ?? null) : null,
      types,
      region: null,
      namespace: (others.length === 0 ? subscription : undefined) ?? named ?? null,
      continues: textAt(objectAt(body, 'options'), '$skipToken') !== undefined,
    };
  }

  answer(request: SandboxRequest): Reply {
    try {
      const sign = this.entra.operation(request);
      return sign ? this.entra.answer(request, sign) : this.answerArm(request);
    } catch (error) {
      if (error instanceof ArmError) return armError(error);
      throw error;
    }
  }

  refuse(request: SandboxRequest, rule: FaultRule): Reply {
    return armError(this.refusal(request, rule));
  }

  private refusal(request: SandboxRequest, rule: FaultRule): ArmError {
    switch (rule.fault) {
      case 'deny': {
        const { namespace } = this.call(request);
        const message = `The client 'sandbox' with object id 'sandbox' does not have authorization to perform action 'Microsoft.Resources/subscriptions/resources/read' over scope '/subscriptions/${namespace ?? ''}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
        return new ArmError(403, 'AuthorizationFailed', message);
      }
      case 'throttle':
        return throttled(rule.retryAfterSeconds);
      case 'expire':
        return invalidToken();
      default:
        return new ArmError(
          rule.status ?? 500,
          'InternalServerError',
          'Encountered internal server error.',
        );
    }
  }

  private operation(request: SandboxRequest): string {
    const sign = this.entra.operation(request);
    if (sign) return sign;
    if (isQuery(request)) {
      const query = textAt(safeBody(request.body) ?? {}, 'query') ?? '';
      return /\|\s*summarize\b/i.test(query) ? 'summarize' : 'resources';
    }
    const [, , provider, permissions] = IN_SUBSCRIPTION.exec(request.url.pathname) ?? [];
    if (!provider) return 'unknown';
    return permissions ? 'permissions' : 'provider';
  }

  private answerArm(request: SandboxRequest): Reply {
    this.authenticate(request);
    const version = request.url.searchParams.get('api-version');
    if (!version) {
      throw new ArmError(
        400,
        'MissingApiVersionParameter',
        'The api-version query parameter (?api-version=) is required for all requests.',
      );
    }
    if (isQuery(request)) return this.answerQuery(request, version);
    const [, id = '', provider = '', permissions] =
      IN_SUBSCRIPTION.exec(request.url.pathname) ?? [];
    if (request.method !== 'GET' || !provider) {
      throw new ArmError(404, 'InvalidResourceType', `${request.url.pathname} is not served.`);
    }
    const subscription = this.subscription(id);
    if (permissions) return armReply({ value: permissionsOf(subscription) });
    const found = providerOf(id, provider);
    if (found) return armReply(found);
    const message = `The resource namespace '${provider}' is invalid.`;
    throw new ArmError(404, 'InvalidResourceNamespace', message);
  }

  private answerQuery(request: SandboxRequest, version: string): Reply {
    if (!API_VERSIONS.includes(version)) {
      throw new ArmError(
        400,
        'InvalidApiVersionParameter',
        `The api-version '${version}' is invalid. The supported versions are '${API_VERSIONS.join(',')}'.`,
      );
    }
    const body = safeBody(request.body);
    if (!body || !textAt(body, 'query')) {
      throw graphError(400, 'BadRequest', [
        { code: 'InvalidQuery', message: 'Query cannot be null, empty or whitespace.' },
      ]);
    }
    const seconds = this.quota.take();
    if (seconds !== null) throw throttled(seconds);
    const answer = runQuery(this.resources.subscriptions(), body);
    return armReply(answer, 200, this.quota.headers());
  }

  private authenticate({ headers }: SandboxRequest): void {
    const [, token] = /^Bearer (.+)$/i.exec(headers.authorization ?? '') ?? [];
    if (token === undefined) {
      throw new ArmError(
        401,
        'AuthenticationFailed',
        "Authentication failed. The 'Authorization' header is missing.",
      );
    }
    if (this.entra.accepts(token)) return;
    throw new ArmError(401, 'InvalidAuthenticationToken', 'The access token is invalid.');
  }

  private subscription(id: string): AzureSubscription {
    const found = this.resources
      .subscriptions()
      .find(({ subscriptionId }) => subscriptionId === id.toLowerCase());
    if (found) return found;
    throw new ArmError(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`);
  }
}

/** Roles assigned at the subscription; those below it are not part of the answer. */
function permissionsOf({ subscriptionId, roles }: AzureSubscription): JsonObject[] {
  return roles
    .filter(({ scope }) => scope === `/subscriptions/${subscriptionId}`)
    .map(({ actions, notActions }) => ({
      actions: [...actions],
      notActions: [...notActions],
      dataActions: [],
      notDataActions: [],
    }));
}

function throttled(seconds: number | undefined): ArmError {
  const headers = {
    'x-ms-user-quota-remaining': '0',
    ...(seconds === undefined
      ? {}
      : { 'retry-after': String(seconds), 'x-ms-user-quota-resets-after': resetsAfter(seconds) }),
  };
  const message =
    'Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed. Please see https://aka.ms/resourcegraph-throttling for help.';
  return graphError(429, 'RateLimiting', [{ code: 'RateLimiting', message }], headers);
}

function isQuery({ method, url }: SandboxRequest): boolean {
  return method === 'POST' && url.pathname.toLowerCase() === GRAPH;
}

function safeBody(body: string): JsonObject | null {
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}
