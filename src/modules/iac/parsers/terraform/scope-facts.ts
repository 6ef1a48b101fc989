import type { JsonObject, Provider, ResourceScope } from '../../../../core/providers/index.js';
import { NO_SCOPE } from '../../../../core/providers/index.js';
import { member, textMember } from '../json/read-json.js';
import type { ParseContext } from '../parse-options.js';
import type { ProviderReference } from './provider-reference.js';

const AWS_ACCOUNT = /^\d{12}$/;
const AWS_REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d+$/;
const AWS_ZONE = /^([a-z]{2,4}(?:-[a-z]+)+-\d+)[a-z]$/;
const GOOGLE_PROJECT = /(?:^|\/)projects\/([^/]+)\//;
const GOOGLE_LOCATION = /\/(?:zones|regions|locations)\/([^/]+)(?:\/|$)/;
const AZURE_SUBSCRIPTION = /^\/subscriptions\/([^/]+)/i;
const AZURE_RESOURCE_GROUP = /\/resourceGroups\/([^/]+)/i;

function matching(text: string | null | undefined, pattern: RegExp): string | null {
  return text !== null && text !== undefined && pattern.test(text) ? text : null;
}

function captured(text: string | null, pattern: RegExp): string | null {
  return text === null ? null : (pattern.exec(text)?.[1] ?? null);
}

function awsScope(attributes: JsonObject, identity: JsonObject | null): ResourceScope {
  // arn:partition:service:region:account:resource (IAM User Guide, "Amazon Resource Names")
  const arn = (textMember(attributes, 'arn') ?? '').split(':');
  const isArn = arn[0] === 'arn' && arn.length >= 6;
  return {
    accountId:
      matching(textMember(identity ?? undefined, 'account_id'), AWS_ACCOUNT) ??
      (isArn ? matching(arn[4], AWS_ACCOUNT) : null) ??
      matching(textMember(attributes, 'owner_id'), AWS_ACCOUNT),
    region:
      matching(textMember(identity ?? undefined, 'region'), AWS_REGION) ??
      (isArn ? matching(arn[3], AWS_REGION) : null) ??
      matching(textMember(attributes, 'region'), AWS_REGION) ??
      captured(textMember(attributes, 'availability_zone'), AWS_ZONE),
    namespace: null,
  };
}

function lastSegment(text: string | null): string | null {
  return text === null ? null : (text.split('/').at(-1) ?? text);
}

function googleScope(attributes: JsonObject): ResourceScope {
  const id = textMember(attributes, 'id');
  const link = textMember(attributes, 'self_link');
  return {
    accountId:
      lastSegment(textMember(attributes, 'project')) ??
      captured(id, GOOGLE_PROJECT) ??
      captured(link, GOOGLE_PROJECT),
    region:
      textMember(attributes, 'location') ??
      lastSegment(textMember(attributes, 'zone')) ??
      lastSegment(textMember(attributes, 'region')) ??
      captured(id, GOOGLE_LOCATION),
    namespace: null,
  };
}

function azureScope(attributes: JsonObject): ResourceScope {
  const id = textMember(attributes, 'id');
  return {
    accountId: captured(id, AZURE_SUBSCRIPTION),
    region: textMember(attributes, 'location'),
    namespace: captured(id, AZURE_RESOURCE_GROUP) ?? textMember(attributes, 'resource_group_name'),
  };
}

/** `metadata` of a `kubernetes_*` resource (a block), of a `kubernetes_manifest` or of none. */
export function kubernetesMetadata(attributes: JsonObject): JsonObject | null {
  const block = member(attributes, 'metadata');
  const metadata = Array.isArray(block)
    ? block[0]
    : (block ?? member(member(attributes, 'manifest'), 'metadata'));
  return typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata)
    ? metadata
    : null;
}

function ownScope(
  provider: Provider,
  attributes: JsonObject,
  identity: JsonObject | null,
): ResourceScope {
  switch (provider) {
    case 'aws':
      return awsScope(attributes, identity);
    case 'gcp':
      return googleScope(attributes);
    case 'azure':
      return azureScope(attributes);
    case 'kubernetes': {
      const metadata = kubernetesMetadata(attributes);
      const named = textMember(metadata ?? undefined, 'namespace');
      return { ...NO_SCOPE, namespace: named ?? textMember(attributes, 'namespace') };
    }
    case 'other':
      return NO_SCOPE;
  }
}

/**
 * Where a Terraform resource lives, as far as its own attributes say. The context fills in the account of resources that
 * use the default provider; a region is never filled in, because a resource that names none may be a global one.
 */
export function resourceScope(
  { provider, aliased }: ProviderReference,
  attributes: JsonObject,
  identity: JsonObject | null,
  context: ParseContext,
): ResourceScope {
  const scope = ownScope(provider, attributes, identity);
  const applies = !aliased && provider !== 'other' && (context.provider ?? provider) === provider;
  if (scope.accountId !== null || !applies) return scope;
  return { ...scope, accountId: context.accountId ?? null };
}
