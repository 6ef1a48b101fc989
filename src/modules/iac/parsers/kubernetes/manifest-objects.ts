import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import type { ContentHasher } from '../bytes/content-hash.js';
import { childRanges } from '../json/child-ranges.js';
import { attemptJson } from '../json/json-failures.js';
import { isObject, listMember, member, textMember } from '../json/read-json.js';
import { LineIndex } from '../text/line-index.js';
import type { DuplicateKey } from '../yaml/read-yaml.js';
import { readYaml } from '../yaml/read-yaml.js';
import { splitDocuments } from '../yaml/split-documents.js';
import type { ManifestObject } from './object-records.js';

/** What one document of a manifest turned out to be. */
export type ManifestItem =
  | { readonly kind: 'object'; readonly object: ManifestObject }
  | { readonly kind: 'not an object'; readonly line: number }
  | { readonly kind: 'duplicate key'; readonly duplicate: DuplicateKey };

/** Where a child of a list stands. */
interface Place {
  readonly line: number;
  readonly source: string;
}

interface ManifestText {
  readonly file: string;
  readonly hasher: ContentHasher;
}

/** `List`, or the typed list of the API (`DeploymentList`), whose items leave out what the list says. */
function itemDefaults(value: JsonObject): JsonObject | null {
  const kind = textMember(value, 'kind');
  const apiVersion = textMember(value, 'apiVersion');
  if (kind === null || apiVersion === null) return null;
  if (!kind.endsWith('List') || !Array.isArray(member(value, 'items'))) return null;
  return kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
}

function* unfold(
  value: JsonValue,
  self: Place,
  placesOfItems: () => readonly Place[],
  { file, hasher }: ManifestText,
): Generator<ManifestItem> {
  if (!isObject(value) || textMember(value, 'kind') === null) {
    yield { kind: 'not an object', line: self.line };
    return;
  }
  const defaults = itemDefaults(value);
  if (defaults === null) {
    if (textMember(value, 'apiVersion') === null) {
      yield { kind: 'not an object', line: self.line };
      return;
    }
    const contentHash = hasher.hashText(self.source);
    yield { kind: 'object', object: { value, location: { file, line: self.line }, contentHash } };
    return;
  }
  const places = placesOfItems();
  for (const [index, item] of listMember(value, 'items').entries()) {
    const place = places[index] ?? self;
    const whole = isObject(item) ? { ...defaults, ...item } : item;
    yield* unfold(whole, place, () => [], { file, hasher });
  }
}

/** Objects of a multi-document YAML text, one document composed at a time. @throws DomainError */
export function* yamlObjects(text: string, manifest: ManifestText): Generator<ManifestItem> {
  const { file } = manifest;
  for (const part of splitDocuments(text)) {
    for (const reading of readYaml(part, { file, dialect: 'kubernetes' })) {
      for (const duplicate of reading.duplicates) yield { kind: 'duplicate key', duplicate };
      if (reading.value === null) continue;
      yield* unfold(reading.value, reading, () => reading.childrenOf('items'), manifest);
    }
  }
}

/** The objects of a JSON text. @throws DomainError */
export function* jsonObjects(
  text: string,
  offset: number,
  manifest: ManifestText,
): Generator<ManifestItem> {
  const attempt = attemptJson(text, manifest.file, { line: 1, byte: offset });
  if (!attempt.ok) throw attempt.failure;
  const lines = new LineIndex(text);
  const open = text.indexOf('{');
  const places = (): Place[] => {
    const items = [...childRanges(text, open)].find(({ key }) => key === 'items');
    if (items === undefined) return [];
    return [...childRanges(text, items.start)].map(({ start, end }) => ({
      line: lines.lineAt(start),
      source: text.slice(start, end),
    }));
  };
  const self = { line: lines.lineAt(open), source: text };
  yield* unfold(attempt.value, self, places, manifest);
}
