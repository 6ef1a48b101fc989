import type {
  ActualResource,
  DeclaredResource,
  JsonObject,
  JsonValue,
  SourceLocation,
} from '../../../../core/providers/index.js';
import { member, objectMember, textMember } from '../json/read-json.js';
import type { ParseContext } from '../parse-options.js';
import { removedPaths } from '../removed-values.js';
import { parseProviderReference } from './provider-reference.js';
import { resourceId, resourceName } from './resource-names.js';
import { resourceScope } from './scope-facts.js';

/** What a state, a shown state and a plan all say about one resource instance, in their different words. */
export interface TerraformInstance {
  readonly address: string;
  readonly type: string;
  /** `provider` of a state, `provider_name` of a plan. */
  readonly providerReference: string;
  readonly attributes: JsonObject;
  /** Resource identity (Terraform 1.12), where the provider gives one. */
  readonly identity: JsonObject | null;
  readonly sensitivePaths: readonly string[];
  readonly unresolvedPaths: readonly string[];
  readonly previousAddress: string | null;
  readonly location: SourceLocation;
  readonly contentHash: string | null;
}

export function declaredResource(
  instance: TerraformInstance,
  context: ParseContext,
): DeclaredResource {
  const { attributes, identity } = instance;
  const reference = parseProviderReference(instance.providerReference);
  const removed = context.mayBeRemoved?.() === false ? [] : removedPaths(attributes);
  return {
    address: instance.address,
    type: instance.type,
    format: 'terraform-state-attributes',
    provider: reference.provider,
    id: resourceId(attributes, identity),
    name: resourceName(instance.type, attributes),
    attributes,
    sensitivePaths: joined(instance.sensitivePaths, removed),
    unresolvedPaths: joined(instance.unresolvedPaths, removed),
    // `lifecycle.ignore_changes` is in the code only: neither states nor plans carry it.
    ignoredPaths: [],
    previousAddress: instance.previousAddress,
    scope: resourceScope(reference, attributes, identity, context),
    location: instance.location,
    contentHash: instance.contentHash,
  };
}

/** Without a copy where there is nothing to add. */
function joined(own: readonly string[], more: readonly string[]): readonly string[] {
  return more.length === 0 ? own : [...new Set([...own, ...more])];
}

function flatTags(value: JsonValue | undefined): Record<string, string> {
  const tags: Record<string, string> = {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return tags;
  for (const [key, item] of Object.entries(value)) if (typeof item === 'string') tags[key] = item;
  return tags;
}

/** The same resource as the provider read it while Terraform refreshed. */
export function refreshedResource(
  instance: TerraformInstance,
  declaredId: string | null,
  capturedAt: string | null,
  context: ParseContext,
): ActualResource {
  const { attributes, identity, type } = instance;
  const reference = parseProviderReference(instance.providerReference);
  const id = resourceId(attributes, identity) ?? declaredId ?? instance.address;
  const aliases = ['arn', 'self_link'].map((key) => textMember(attributes, key));
  return {
    type,
    format: 'terraform-attributes',
    provider: reference.provider,
    id,
    aliases: aliases.filter((alias): alias is string => alias !== null && alias !== id),
    name: resourceName(type, attributes),
    properties: attributes,
    companions: null,
    tags: flatTags(
      objectMember(attributes, 'tags_all') ??
        member(attributes, 'tags') ??
        member(attributes, 'labels'),
    ),
    scope: resourceScope(reference, attributes, identity, context),
    capturedAt,
    contentHash: null,
  };
}
