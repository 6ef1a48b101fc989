import {
  ACTUAL_FORMATS,
  DECLARED_FORMATS,
  NO_SCOPE,
  type ActualFormat,
  type ActualResource,
  type DeclaredFormat,
  type DeclaredResource,
  type JsonObject,
  type JsonValue,
  type Provider,
} from '../../../../core/providers/index.js';
import { isObject, read } from '../values.js';

/** A case of the published format (docs/accuracy.md), ready for the engine. `expected` is never read. */
export interface EngineCase {
  readonly name: string;
  readonly declared: readonly DeclaredResource[];
  readonly actual: readonly ActualResource[];
  readonly context: JsonObject;
  readonly options: JsonObject;
}

/** What was wrong with a case, in words for the person who wrote it. */
export class UnreadableCase extends Error {}

function text(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function strings(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function side(
  source: JsonObject,
  name: 'declared' | 'actual',
): { format: string; resources: JsonObject[] } {
  const part = read(source, name);
  if (!isObject(part)) throw new UnreadableCase(`"${name}" is missing or not an object`);
  const resources = read(part, 'resources');
  if (!Array.isArray(resources))
    throw new UnreadableCase(`"${name}.resources" is missing or not a list`);
  return { format: text(read(part, 'format')) ?? '', resources: resources.filter(isObject) };
}

const PROVIDERS: Readonly<Record<string, Provider>> = {
  aws: 'aws',
  gcp: 'gcp',
  google: 'gcp',
  azure: 'azure',
  azurerm: 'azure',
  kubernetes: 'kubernetes',
};

function declaredResource(
  entry: JsonObject,
  format: DeclaredFormat,
  provider: Provider,
  position: number,
): DeclaredResource {
  const attributes = read(entry, 'attributes');
  const manifest = format === 'k8s-manifest';
  const address = text(read(entry, 'address')) ?? `resource[${position}]`;
  return {
    address,
    type: text(read(entry, 'type')) ?? '',
    format,
    provider,
    id: text(read(entry, 'id')) ?? (manifest ? address : null),
    name: null,
    attributes: isObject(attributes) ? attributes : {},
    sensitivePaths: strings(read(entry, 'sensitive_paths')),
    unresolvedPaths: strings(read(entry, 'unresolved_paths')),
    ignoredPaths: [],
    previousAddress: text(read(entry, 'previous_address')),
    scope: NO_SCOPE,
    location: { file: address, line: null },
    contentHash: null,
  };
}

/** Tags as an inventory keeps them beside the body: from a map, or from a list of keys and values. */
function tagsOf(properties: JsonObject): Record<string, string> {
  const tags = read(properties, 'Tags') ?? read(properties, 'tags');
  const entries = Array.isArray(tags)
    ? tags
        .filter(isObject)
        .map((tag) => [
          read(tag, 'Key') ?? read(tag, 'key'),
          read(tag, 'Value') ?? read(tag, 'value'),
        ])
    : Object.entries(isObject(tags) ? tags : {});
  return Object.fromEntries(
    entries.filter((entry) => entry.every((part) => typeof part === 'string')),
  ) as Record<string, string>;
}

function actualResource(
  entry: JsonObject,
  format: ActualFormat,
  provider: Provider,
): ActualResource {
  const properties = read(entry, 'properties');
  const iamPolicy = read(entry, 'iam_policy');
  const url = text(read(entry, 'url'));
  return {
    type: text(read(entry, 'type')) ?? '',
    format,
    provider,
    id: text(read(entry, 'id')) ?? '',
    aliases: url === null ? [] : [url],
    name: null,
    properties: isObject(properties) ? properties : {},
    companions: iamPolicy === undefined ? null : { iamPolicy },
    tags: tagsOf(isObject(properties) ? properties : {}),
    scope: NO_SCOPE,
    capturedAt: null,
    contentHash: null,
  };
}

function known<T extends string>(formats: readonly T[], format: string, sideName: string): T {
  const found = formats.find((candidate) => candidate === format);
  if (!found)
    throw new UnreadableCase(
      `"${sideName}.format" is ${JSON.stringify(format)}; known: ${formats.join(', ')}`,
    );
  return found;
}

/** Reads one case. Throws `UnreadableCase` naming the field that is wrong. */
export function readCase(source: JsonValue): EngineCase {
  if (!isObject(source)) throw new UnreadableCase('a case is one JSON object a line');
  const provider = PROVIDERS[text(read(source, 'provider')) ?? ''] ?? 'other';
  const declared = side(source, 'declared');
  const actual = side(source, 'actual');
  const declaredFormat = known(DECLARED_FORMATS, declared.format, 'declared');
  const actualFormat = known(ACTUAL_FORMATS, actual.format, 'actual');
  const context = read(source, 'context');
  const options = read(source, 'options');
  return {
    name: text(read(source, 'name')) ?? '',
    declared: declared.resources.map((entry, position) =>
      declaredResource(entry, declaredFormat, provider, position),
    ),
    actual: actual.resources.map((entry) => actualResource(entry, actualFormat, provider)),
    context: isObject(context) ? context : {},
    options: isObject(options) ? options : {},
  };
}
