import type { Call } from '../faults/fault-plan.js';
import type { FaultRule } from '../faults/fault-rule.js';
import { isObject, textAt } from '../json.js';
import type { JsonObject } from '../json.js';
import type { Cloud, Reply, SandboxRequest } from '../server/cloud.js';
import type { AwsAccount } from './aws-estate.js';
import {
  AwsServiceError,
  credentialScope,
  jsonError,
  jsonReply,
  xmlError,
} from './aws-protocol.js';
import type { CredentialScope } from './aws-protocol.js';
import { AwsResources } from './aws-resources.js';
import { CONFIG_TARGET, ConfigService } from './config-service.js';
import { parseQuery } from './query/parser.js';
import { queriedType } from './query/query.js';
import { SecurityTokenService } from './security-token-service.js';
import type { Caller } from './security-token-service.js';

/** AWS Config and STS of all accounts and regions behind one endpoint, told apart by the signature's scope. */
export class AwsCloud implements Cloud {
  readonly resources: AwsResources;
  private readonly sts: SecurityTokenService;

  constructor(estate: readonly AwsAccount[]) {
    this.resources = new AwsResources(estate);
    this.sts = new SecurityTokenService(() => this.resources.accounts());
  }

  reset(): void {
    this.resources.reset();
  }

  call(request: SandboxRequest): Call {
    const operation = operationOf(request);
    const body = isSts(request) ? {} : safeBody(request.body);
    return {
      operation,
      type: textAt(body, 'resourceType') ?? typeOf(textAt(body, 'Expression')),
      region: safeScope(request)?.region ?? null,
      namespace: null,
      continues: Boolean(body.NextToken ?? body.nextToken),
    };
  }

  answer(request: SandboxRequest): Reply {
    try {
      return isSts(request) ? this.answerSts(request) : this.answerConfig(request);
    } catch (error) {
      if (error instanceof AwsServiceError) return inProtocol(request, error);
      throw error;
    }
  }

  refuse(request: SandboxRequest, rule: FaultRule): Reply {
    return inProtocol(request, this.refusal(request, rule));
  }

  private refusal(request: SandboxRequest, rule: FaultRule): AwsServiceError {
    const sts = isSts(request);
    switch (rule.fault) {
      case 'deny': {
        const action = `${sts ? 'sts' : 'config'}:${operationOf(request)}`;
        const scope = safeScope(request);
        const caller = scope && this.sts.caller(scope.accessKeyId, scope.sessionToken);
        return new AwsServiceError(
          sts ? 'AccessDenied' : 'AccessDeniedException',
          `User: ${caller?.arn ?? 'anonymous'} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
          sts ? 403 : 400,
        );
      }
      case 'throttle':
        return new AwsServiceError(
          sts ? 'Throttling' : 'ThrottlingException',
          'Rate exceeded',
          400,
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

  private answerConfig(request: SandboxRequest): Reply {
    const scope = this.signed(request, 'config');
    const caller = this.identified(scope, 'UnrecognizedClientException');
    if (request.method !== 'POST' || !targetOf(request).startsWith(`${CONFIG_TARGET}.`)) {
      throw new AwsServiceError('UnknownOperationException', '');
    }
    const region = this.resources.region(caller.account, scope.region);
    const body = parseBody(request.body);
    return jsonReply(new ConfigService(region).run(operationOf(request), body));
  }

  private answerSts(request: SandboxRequest): Reply {
    const scope = this.signed(request, 'sts');
    return this.sts.run(formOf(request), this.identified(scope, 'InvalidClientTokenId'));
  }

  private signed(request: SandboxRequest, service: string): CredentialScope {
    const scope = credentialScope(request);
    const suffix = service === 'sts' ? '' : 'Exception';
    if (!scope) {
      throw new AwsServiceError(
        `MissingAuthenticationToken${suffix}`,
        'Missing Authentication Token',
        403,
      );
    }
    if (scope.service !== service) {
      throw new AwsServiceError(
        service === 'sts' ? 'SignatureDoesNotMatch' : 'InvalidSignatureException',
        `Credential should be scoped to correct service: '${service}'.`,
        403,
      );
    }
    return scope;
  }

  private identified(scope: CredentialScope, refusal: string): Caller {
    const caller = this.sts.caller(scope.accessKeyId, scope.sessionToken);
    if (!caller) {
      throw new AwsServiceError(
        refusal,
        'The security token included in the request is invalid.',
        403,
      );
    }
    return caller;
  }
}

function inProtocol(request: SandboxRequest, error: AwsServiceError): Reply {
  return isSts(request) ? xmlError(error) : jsonError(error);
}

function isSts(request: SandboxRequest): boolean {
  return !targetOf(request);
}

function targetOf(request: SandboxRequest): string {
  const target = request.headers['x-amz-target'];
  return typeof target === 'string' ? target : '';
}

function operationOf(request: SandboxRequest): string {
  return isSts(request)
    ? (formOf(request).get('Action') ?? 'unknown')
    : (targetOf(request).split('.')[1] ?? 'unknown');
}

function formOf(request: SandboxRequest): URLSearchParams {
  return request.method === 'GET' ? request.url.searchParams : new URLSearchParams(request.body);
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
