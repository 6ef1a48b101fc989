import type { JsonObject, JsonValue } from '../../../core/providers/index.js';
import { loadContentHasher } from '../parsers/bytes/content-hash.js';
import { isObject, textMember } from '../parsers/json/read-json.js';
import {
  jsonObjects,
  type ManifestItem,
  yamlObjects,
} from '../parsers/kubernetes/manifest-objects.js';
import { type OpenedDocument, readText } from '../parsers/open-document.js';
import { DEFAULT_MAX_DOCUMENT_BYTES } from '../parsers/parse-options.js';
import { REMOVED } from '../parsers/removed-values.js';
import type { Syntax } from '../parsers/recognise/recognise.js';
import { LineWriter } from './lines.js';
import type { EdgeRules } from './terraform-instance.js';

/**
 * Kubernetes manifests as they may be sent: each object a document of its own, on the line it had. Comments, and what is no object, stay behind.
 * JSON is YAML, so values are written as the one and documents as the other.
 */
export async function edgeManifests(
  document: OpenedDocument,
  syntax: Syntax,
  rules: EdgeRules,
): Promise<Buffer> {
  const { file } = document;
  const text = await readText(document, DEFAULT_MAX_DOCUMENT_BYTES, 'a file of manifests');
  const manifest = { file, hasher: await loadContentHasher() };
  const items: Iterable<ManifestItem> =
    syntax === 'json' ? jsonObjects(text, document.offset, manifest) : yamlObjects(text, manifest);
  const writer = new LineWriter();
  let first = true;
  for (const item of items) {
    if (item.kind !== 'object') continue;
    const { value, location } = item.object;
    const { line } = location;
    if (!first) writer.write('---\n', line === null ? null : line - 1);
    writer.write(linesOf(edgeObject(value, rules)), line);
    first = false;
  }
  return writer.content();
}

function edgeObject(value: JsonObject, { removal, keys }: EdgeRules): JsonObject {
  const type = textMember(value, 'kind') ?? '';
  const clean = removal.from(value, { type, paths: [], keys }) ?? {};
  return wholeTexts(clean) as JsonObject;
}

/** A text of which a part was removed is removed as a whole: this API compares texts as they are. */
function wholeTexts(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.includes(REMOVED) ? REMOVED : value;
  if (Array.isArray(value)) return value.map(wholeTexts);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, wholeTexts(one)]));
}

/** A line for each member, `apiVersion` first, so that it is recognised. */
function linesOf(value: JsonObject): string {
  const { apiVersion = null, kind = null, ...rest } = value;
  return Object.entries({ apiVersion, kind, ...rest })
    .map(([key, member]) => `${JSON.stringify(key)}: ${JSON.stringify(member)}\n`)
    .join('');
}
