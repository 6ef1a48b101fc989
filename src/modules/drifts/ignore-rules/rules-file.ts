import { PROVIDERS, type JsonObject, type JsonValue } from '../../../core/providers/index.js';
import { IGNORABLE, ignoreRule, type IgnoreRule } from '../engine/index.js';
import { InvalidIgnoreRules } from './ignore-rules.errors.js';

const KEYS = [
  'name',
  'reason',
  'providers',
  'types',
  'addresses',
  'ids',
  'tags',
  'actors',
  'paths',
  'silences',
];

function list(rule: JsonObject, key: string, origin: string): string[] {
  const value = rule[key];
  if (value === undefined || value === null) return [];
  const items = Array.isArray(value) ? value : [value];
  const texts = items.filter((item) => typeof item === 'string');
  if (texts.length === items.length) return texts;
  throw new InvalidIgnoreRules(`${origin}: "${key}" must be a text or a list of texts`);
}

function choices<T extends string>(
  rule: JsonObject,
  key: string,
  known: readonly T[],
  origin: string,
): T[] {
  return list(rule, key, origin).map((item) => {
    const found = known.find((one) => one === item);
    if (found) return found;
    throw new InvalidIgnoreRules(
      `${origin}: "${key}" knows ${known.join(', ')}, not ${JSON.stringify(item)}`,
    );
  });
}

function tags(value: JsonValue | undefined, origin: string): Record<string, string> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new InvalidIgnoreRules(`${origin}: "tags" must be a map of tag to value`);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, text]) => [
      key,
      typeof text === 'string' ? text : JSON.stringify(text),
    ]),
  );
}

/** DriftGuard's own list (docs/ignore-rules.md): `rules:` with one map a rule. */
export function readRules(rules: readonly JsonValue[], file: string): IgnoreRule[] {
  return rules.map((rule, index) => {
    const origin = `${file}: rules[${index}]`;
    if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) {
      throw new InvalidIgnoreRules(`${origin} must be a map`);
    }
    const unknown = Object.keys(rule).find((key) => !KEYS.includes(key));
    if (unknown !== undefined) {
      throw new InvalidIgnoreRules(
        `${origin}: ${JSON.stringify(unknown)} is not a key of a rule; known: ${KEYS.join(', ')}`,
      );
    }
    const given = ignoreRule({
      name: typeof rule.name === 'string' ? rule.name : `rule ${index + 1}`,
      origin,
      providers: choices(rule, 'providers', PROVIDERS, origin),
      types: list(rule, 'types', origin),
      addresses: list(rule, 'addresses', origin),
      ids: list(rule, 'ids', origin),
      tags: tags(rule.tags, origin),
      actors: list(rule, 'actors', origin),
      paths: list(rule, 'paths', origin),
      silences: choices(rule, 'silences', IGNORABLE, origin),
    });
    const { providers, types, addresses, ids, actors, paths } = given;
    const narrows = [providers, types, addresses, ids, actors, paths].some((one) => one.length > 0);
    if (!narrows && Object.keys(given.tags).length === 0) {
      throw new InvalidIgnoreRules(
        `${origin} would silence everything; name a type, address, tag or path`,
      );
    }
    return given;
  });
}
