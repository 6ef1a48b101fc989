import type {
  ActualResource,
  DeclaredResource,
  JsonObject,
  JsonValue,
} from '../../../../core/providers/index.js';
import { isObject, read } from '../values.js';
import { ignoreRule, type IgnoreRule } from './ignore-rule.js';

/** `driftguard.io/ignore` where keys may hold a slash, `driftguard:ignore` on AWS, `driftguard-ignore` on Google. */
const KEYS = [
  'driftguard.io/ignore',
  'driftguard:ignore',
  'driftguard-ignore',
  'driftguard_ignore',
];

function entries(value: JsonValue | undefined): [string, string][] {
  if (isObject(value)) {
    return Object.entries(value).flatMap(([key, text]): [string, string][] =>
      typeof text === 'string' ? [[key, text]] : [],
    );
  }
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).flatMap((pair): [string, string][] => {
    const key = read(pair, 'Key') ?? read(pair, 'key');
    const text = read(pair, 'Value') ?? read(pair, 'value');
    return typeof key === 'string' && typeof text === 'string' ? [[key, text]] : [];
  });
}

/** Where a resource keeps tags, labels and annotations, whatever its vocabulary. */
function holdersOf(body: JsonObject): (JsonValue | undefined)[] {
  const metadata = read(body, 'metadata');
  return [
    read(body, 'tags'),
    read(body, 'tags_all'),
    read(body, 'Tags'),
    read(body, 'labels'),
    ...(isObject(metadata) ? [read(metadata, 'labels'), read(metadata, 'annotations')] : []),
  ];
}

/** Tags, labels and annotations of a resource, wherever its vocabulary keeps them. */
export function tagsOf(body: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(holdersOf(body).flatMap(entries));
}

/** What a holder says under one of our keys; nearly every resource says nothing, so nothing is built to find out. */
function ownValues(holder: JsonValue | undefined): string[] {
  if (holder === undefined || holder === null) return [];
  if (Array.isArray(holder)) {
    return entries(holder).flatMap(([key, text]) => (KEYS.includes(key) ? [text] : []));
  }
  if (!isObject(holder)) return [];
  return KEYS.flatMap((key) => {
    const text = read(holder, key);
    return typeof text === 'string' ? [text] : [];
  });
}

/** `true`, `all` or `*` for the whole resource, otherwise paths separated by commas. */
function ruleOf(value: string): IgnoreRule {
  const everything = /^(true|all|\*)$/i.test(value.trim());
  const paths = everything
    ? []
    : value
        .split(',')
        .map((path) => path.trim())
        .filter((path) => path !== '');
  return ignoreRule({ name: 'on the resource itself', origin: 'annotation', paths });
}

/**
 * What a resource says about itself. Of a managed resource only the declared side is asked: whoever changes the live one
 * could otherwise hide the change with a tag.
 */
export function ownRules(resource: DeclaredResource | ActualResource): readonly IgnoreRule[] {
  const holders =
    'attributes' in resource
      ? holdersOf(resource.attributes)
      : [...holdersOf(resource.properties), { ...resource.tags }];
  return [...new Set(holders.flatMap(ownValues))].flatMap((value) =>
    value.trim() === '' || /^false$/i.test(value.trim()) ? [] : [ruleOf(value)],
  );
}
