import type { Call } from '../faults/fault-plan.js';
import type { FaultRule } from '../faults/fault-rule.js';
import { isObject, textAt } from '../json.js';
import type { JsonObject } from '../json.js';
import type { Cloud, Reply, SandboxRequest } from '../server/cloud.js';
import { aggregatedBy } from './aggregator.js';
import type { AwsAccount } from './aws-estate.js';
import { AwsServiceError, credentialScope, jsonReply } from './aws-protocol.js';
import type { CredentialScope } from './aws-protocol.js';
import { AwsResources } from './aws-resources.js';
import { formOf, operationOf, serviceOf, targetOf } from './aws-service.js';
import type { ServiceName } from './aws-service.js';
import { CloudControlService } from './cloud-control-service.js';
import { ConfigService } from './config-service.js';
import { OrganizationsService } from './organization.js';
import type { AwsOrganization } from './organization.js';
import { parseQuery } from './query/parser.js';
import { queriedType } from './query/query.js';
import { describeRegions, listRegions } from './region-services.js';
import { SecurityTokenService } from './security-token-service.js';
import type { Caller } from './security-token-service.js';
import { TrailService } from './trail-service.js';

/** The services DriftGuard reads, of all accounts and regions, behind one endpoint: told apart by protocol and by the signature's scope. */
export class AwsCloud implements Cloud {
  readonly resources: AwsResources;
  private readonly sts: SecurityTokenService;

  constructor(
    estate: readonly AwsAccount[],
    private readonly organization: AwsOrganization | null = null,
  ) {
    this.resources = new AwsResources(estate);
    this.sts = new SecurityTokenService(() => this.resources.accounts());
  }

  reset(): void {
    this.resources.reset();
  }

  call(request: SandboxRequest): Call {
    const service = serviceOf(request);
    const body = service.query ? {} : safeBody(request.body);
    const scope = safeScope(request);
    return {
      operation: operationOf(request),
      type:
        textAt(body, 'resourceType') ??
        textAt(body, 'TypeName') ??
        typeOf(textAt(body, 'Expression')),
      region: scope?.region ?? null,
      namespace:
        accountAsked(request) ?? (scope && this.callerOf(scope))?.account.accountId ?? null,
      continues: Boolean(body.NextToken ?? body.nextToken),
    };
  }

  answer(request: SandboxRequest): Reply {
    const { name, query, error: inProtocol } = serviceOf(request);
    try {
      const scope = signed(request, name, query);
      return this.run(name, request, this.identified(scope, name, query), scope.region);
    } catch (error) {
      if (error instanceof AwsServiceError) return inProtocol(error);
      throw error;
    }
  }

  refuse(request: SandboxRequest, rule: FaultRule): Reply {
    return serviceOf(request).error(this.refusal(request, rule));
  }

  private run(
    service: ServiceName,
    request: SandboxRequest,
    caller: Caller,
    regionName: string,
  ): Reply {
    const operation = operationOf(request);
    const { account } = caller;
    if (service === 'sts') return this.sts.run(formOf(request), caller);
    if (service === 'ec2') return describeRegions(account, formOf(request));
    if (service === 'account') return listRegions(account, parseBody(request.body));
    if (request.method !== 'POST' || !targetOf(request)) {
      throw new AwsServiceError('UnknownOperationException', '');
    }
    const region = this.resources.region(account, regionName);
    const body = parseBody(request.body);
    switch (service) {
      case 'config': {
        const aggregated = aggregatedBy(account, regionName, this.resources.accounts());
        return jsonReply(new ConfigService(region, aggregated).run(operation, body));
      }
      case 'cloudcontrolapi':
        return jsonReply(new CloudControlService(region).run(operation, body), 200, '1.0');
      case 'cloudtrail':
        return jsonReply(new TrailService(region).run(operation, body));
      case 'organizations': {
        const organizations = new OrganizationsService(this.organization, account.accountId);
        return jsonReply(organizations.run(operation, body));
      }
    }
  }

  private refusal(request: SandboxRequest, rule: FaultRule): AwsServiceError {
    const { actions, query, name } = serviceOf(request);
    switch (rule.fault) {
      case 'deny': {
        const action = `${actions}:${operationOf(request)}`;
        const scope = safeScope(request);
        const caller = scope && this.callerOf(scope);
        const code = name === 'ec2' ? 'UnauthorizedOperation' : 'AccessDenied';
        return new AwsServiceError(
          query ? code : 'AccessDeniedException',
          `User: ${caller?.arn ?? 'anonymous'} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
          query ? 403 : 400,
        );
      }
      case 'throttle':
        return new AwsServiceError(
          throttling(name),
          'Rate exceeded',
          name === 'account' ? 429 : 400,
          rule.retryAfterSeconds === undefined
            ? {}
            : { 'retry-after': String(rule.retryAfterSeconds) },
        );
      case 'expire':
        return new AwsServiceError(
          'InvalidNextTokenException',
          'The nextToken provided is invalid',
        );
      default:
        return new AwsServiceError(
          'InternalFailure',
          'The request processing has failed because of an unknown error, exception or failure.',
          rule.status ?? 500,
        );
    }
  }

  private callerOf({ accessKeyId, sessionToken }: CredentialScope): Caller | null {
    return this.sts.caller(accessKeyId, sessionToken);
  }

  private identified(scope: CredentialScope, service: ServiceName, query: boolean): Caller {
    const caller = this.callerOf(scope);
    if (caller) return caller;
    const token = service === 'ec2' ? 'AuthFailure' : 'InvalidClientTokenId';
    throw new AwsServiceError(
      query ? token : 'UnrecognizedClientException',
      'The security token included in the request is invalid.',
      403,
    );
  }
}

function throttling(service: ServiceName): string {
  switch (service) {
    case 'sts':
      return 'Throttling';
    case 'ec2':
      return 'RequestLimitExceeded';
    case 'organizations':
    case 'account':
      return 'TooManyRequestsException';
    case 'config':
    case 'cloudcontrolapi':
    case 'cloudtrail':
      return 'ThrottlingException';
  }
}

function signed(request: SandboxRequest, service: ServiceName, query: boolean): CredentialScope {
  const scope = credentialScope(request);
  if (!scope) {
    throw new AwsServiceError(
      `MissingAuthenticationToken${query ? '' : 'Exception'}`,
      'Missing Authentication Token',
      403,
    );
  }
  if (scope.service !== service) {
    throw new AwsServiceError(
      query ? 'SignatureDoesNotMatch' : 'InvalidSignatureException',
      `Credential should be scoped to correct service: '${service}'.`,
      403,
    );
  }
  return scope;
}

/** The account a role is asked for, before anybody acts in it. */
function accountAsked(request: SandboxRequest): string | null {
  if (serviceOf(request).name !== 'sts') return null;
  const role = formOf(request).get('RoleArn') ?? '';
  return /^arn:aws:iam::(\d{12}):/.exec(role)?.[1] ?? null;
}

function parseBody(body: string): JsonObject {
  const parsed = safeBody(body);
  if (parsed === UNREADABLE) throw new AwsServiceError('SerializationException', '');
  return parsed;
}

const UNREADABLE: JsonObject = {};

function safeBody(body: string): JsonObject {
  if (body === '') return {};
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) ? parsed : UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}

function typeOf(expression: string | undefined): string | null {
  if (expression === undefined) return null;
  try {
    return queriedType(parseQuery(expression).where);
  } catch {
    return null;
  }
}

function safeScope(request: SandboxRequest): CredentialScope | null {
  try {
    return credentialScope(request);
  } catch {
    return null;
  }
}
