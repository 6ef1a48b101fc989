import type {
  DeclaredRecord,
  DeclaredResource,
  JsonObject,
  JsonValue,
} from '../../../../core/providers/index.js';
import { isObject, textMember } from '../json/read-json.js';
import { ManifestTally, objectRecords } from '../kubernetes/object-records.js';
import type { ParseContext, ParseOptions } from '../parse-options.js';

/**
 * The objects of a `helm_release` whose state keeps what the chart rendered (hashicorp/helm documentation: experiment
 * `manifest`, attribute `manifest`): JSON text, the objects by a key of their own. Empty when the state has none.
 */
function renderedObjects(manifest: JsonValue | undefined): JsonObject[] {
  if (typeof manifest !== 'string' || manifest === '') return [];
  let parsed: JsonValue;
  try {
    parsed = JSON.parse(manifest) as JsonValue;
  } catch {
    // Not the rendered manifest: the release stays one resource.
    return [];
  }
  const entries = isObject(parsed) ? Object.values(parsed) : Array.isArray(parsed) ? parsed : [];
  return entries
    .filter(isObject)
    .filter(
      (object) => textMember(object, 'kind') !== null && textMember(object, 'apiVersion') !== null,
    );
}

/** The provider keeps a hash in place of what a Secret holds. */
const REDACTED = ['data', 'stringData'];

/**
 * What one declared resource stands for: a release is the objects its chart rendered, anything else is itself. Addresses
 * are those of the release and the object, `helm_release.web/apps/v1/Deployment/shop/web`.
 */
export function* withRenderedObjects(
  resource: DeclaredResource,
  context: ParseContext,
): Generator<DeclaredRecord> {
  const objects =
    resource.type === 'helm_release' ? renderedObjects(resource.attributes.manifest) : [];
  if (objects.length === 0) {
    yield { kind: 'declared', resource };
    return;
  }
  const options: ParseOptions = {
    context,
    defaultNamespace: textMember(resource.attributes, 'namespace') ?? 'default',
  };
  const tally = new ManifestTally(options);
  for (const value of objects) {
    const object = { value, location: resource.location, contentHash: '' };
    for (const record of objectRecords(object, options, tally)) {
      if (record.kind === 'declared') {
        const secret = record.resource.type === 'Secret';
        const { address } = record.resource;
        yield {
          kind: 'declared',
          resource: {
            ...record.resource,
            address: `${resource.address}/${address}`,
            unresolvedPaths: secret ? REDACTED : [],
            // The text of the whole release: it changes whenever one of its objects does.
            contentHash: resource.contentHash,
          },
        };
      } else yield record;
    }
  }
}
