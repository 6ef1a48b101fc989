import { objectAt, textAt } from '../json.js';
import type { JsonObject } from '../json.js';
import type { Reply } from '../server/cloud.js';
import { listKind } from './discovery.js';
import { inVersion, keyOf } from './object-store.js';
import type { ObjectStore } from './object-store.js';
import type { ServedKind } from './served-kind.js';
import { StatusError, jsonReply } from './status.js';

/** A list with `limit` and `continue`: https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks */
export function listObjects(
  store: ObjectStore,
  kind: ServedKind,
  namespace: string | null,
  parameters: URLSearchParams,
): Reply {
  const limit = Number(parameters.get('limit') ?? 0);
  if (!Number.isInteger(limit) || limit < 0) {
    throw new StatusError(
      400,
      'BadRequest',
      `limit: Invalid value: "${parameters.get('limit') ?? ''}"`,
    );
  }
  const selects = parameters.has('labelSelector') || parameters.has('fieldSelector');
  const continued = readContinue(parameters.get('continue') ?? '');
  const rest = store
    .objects(kind)
    .filter((object) => inNamespace(object, namespace))
    .filter((object) => selected(object, parameters))
    .filter((object) => continued === null || keyOf(object) > continued.after);
  const page = limit > 0 ? rest.slice(0, limit) : rest;
  const last = page.at(-1);
  const left = rest.length - page.length;
  const version = continued?.version ?? store.resourceVersion();
  const more: JsonObject =
    left > 0 && last
      ? {
          continue: makeContinue(version, keyOf(last)),
          ...(selects ? {} : { remainingItemCount: left }),
        }
      : {};
  return jsonReply({
    ...listKind(kind),
    metadata: { resourceVersion: version, ...more },
    items: page.map((object) => listed(object, kind)),
  });
}

/** API servers leave `apiVersion` and `kind` out of the items of built-in lists. */
function listed(object: JsonObject, kind: ServedKind): JsonObject {
  if (kind.custom) return inVersion(object, kind);
  return Object.fromEntries(
    Object.entries(object).filter(([key]) => key !== 'apiVersion' && key !== 'kind'),
  );
}

function inNamespace(object: JsonObject, namespace: string | null): boolean {
  return namespace === null || textAt(objectAt(object, 'metadata'), 'namespace') === namespace;
}

function selected(object: JsonObject, parameters: URLSearchParams): boolean {
  const metadata = objectAt(object, 'metadata');
  const labels = objectAt(metadata, 'labels');
  const byLabel = requirements(parameters.get('labelSelector')).every(
    ([key, value]) => labels[key] === value,
  );
  const byField = requirements(parameters.get('fieldSelector')).every(([key, value]) => {
    if (key !== 'metadata.name' && key !== 'metadata.namespace') {
      throw new StatusError(400, 'BadRequest', `field label not supported: ${key}`);
    }
    return metadata[key.slice('metadata.'.length)] === value;
  });
  return byLabel && byField;
}

function requirements(selector: string | null): [string, string][] {
  if (!selector) return [];
  return selector.split(',').map((requirement) => {
    const match = /^([^=!]+)==?([^=]*)$/.exec(requirement);
    if (!match)
      throw new StatusError(400, 'BadRequest', `unable to parse requirement: ${requirement}`);
    return [match[1] ?? '', match[2] ?? ''];
  });
}

function makeContinue(version: string, after: string): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: version, start: after })).toString(
    'base64url',
  );
}

function readContinue(token: string): { version: string; after: string } | null {
  if (!token) return null;
  try {
    const content = JSON.parse(Buffer.from(token, 'base64url').toString()) as Record<
      string,
      unknown
    >;
    const { rv, start } = content;
    if (typeof rv === 'string' && typeof start === 'string') return { version: rv, after: start };
  } catch {
    // Falls through: an unreadable token is refused like a malformed one.
  }
  throw new StatusError(400, 'BadRequest', 'continue key is not valid');
}
