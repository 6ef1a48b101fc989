import type { JsonObject } from '../../../../core/providers/index.js';
import { member, textMember } from '../json/read-json.js';
import { kubernetesMetadata } from './scope-facts.js';

/** Attributes that hold the name where the type's own words do not lead to it. */
const NAME_ATTRIBUTES = ['name', 'bucket', 'identifier', 'cluster_identifier'];

/**
 * The name a resource carries at its provider: `name`, the attribute called after the type (`function_name` of
 * `aws_lambda_function`), Kubernetes metadata, or the `Name` tag; null when it has none.
 */
export function resourceName(type: string, attributes: JsonObject): string | null {
  const metadata = kubernetesMetadata(attributes);
  const inMetadata = textMember(metadata ?? undefined, 'name');
  if (inMetadata !== null) return inMetadata;
  for (const attribute of NAME_ATTRIBUTES) {
    const name = textMember(attributes, attribute);
    if (name !== null) return name;
  }
  const words = type.split('_');
  for (let from = 1; from < words.length; from++) {
    const name = textMember(attributes, `${words.slice(from).join('_')}_name`);
    if (name !== null) return name;
  }
  return textMember(member(attributes, 'tags'), 'Name');
}

/** The provider's identifier: `id`, or what the resource identity or ARN says for types that have none. */
export function resourceId(attributes: JsonObject, identity: JsonObject | null): string | null {
  const id = member(attributes, 'id');
  if (typeof id === 'number') return String(id);
  return (
    textMember(attributes, 'id') ??
    textMember(identity ?? undefined, 'id') ??
    textMember(identity ?? undefined, 'arn') ??
    textMember(attributes, 'arn')
  );
}
