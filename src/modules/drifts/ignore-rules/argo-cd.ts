import type { JsonObject, JsonValue } from '../../../core/providers/index.js';
import { ignoreRule, type IgnoreRule } from '../engine/index.js';
import { InvalidIgnoreRules } from './ignore-rules.errors.js';

function texts(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The part of jq that names a place: keys, `[]`, `[n]`, `?`. */
const PLACE = /^(?:\.(?:[\w-]+|"[^"]+")|\[\]|\[\d+\]|\.?\["[^"]+"\]|\?)+$/;

/** The way jq chooses elements of a list by a field: `[] | select(.name == "web") | .image`. */
const CHOICE = /\[\]\??\s*\|\s*select\(\s*\.([\w./-]+)\s*==\s*"([^"\]]*)"\s*\)(?:\s*\|\s*)?/g;

/**
 * `.spec.template.spec.containers[].image` → `spec.template.spec.containers.*.image`, and
 * `.spec.containers[] | select(.name == "web") | .image` → `spec.containers[name=web].image`.
 */
function placeOf(jq: string, origin: string): string {
  const expression = jq.trim();
  const plain = expression.replace(CHOICE, '');
  if (plain !== expression && PLACE.test(plain))
    return placed(
      expression.replace(CHOICE, (_, key: string, value: string) => `[${key}=${value}]`),
    );
  if (!PLACE.test(expression)) {
    throw new InvalidIgnoreRules(
      `${origin}: the jq expression ${JSON.stringify(expression)} computes a place. Name it instead, for example .spec.containers[].image`,
    );
  }
  return placed(expression);
}

function placed(expression: string): string {
  return expression
    .replaceAll('?', '')
    .replace(/\[\]/g, '.*')
    .replace(/\."([^"]+)"/g, '["$1"]')
    .replace(/^\./, '');
}

/**
 * Argo CD's `ignoreDifferences` of one Application or of argocd-cm: group, kind, name and namespace narrow, JSON pointers
 * and jq expressions name places, `managedFieldsManagers` name actors (Argo CD documentation, "Diff Customization").
 */
export function readArgoDifferences(entries: readonly JsonObject[], file: string): IgnoreRule[] {
  return entries.flatMap((entry, index) => {
    const origin = `${file}: ignoreDifferences[${index}]`;
    const [group, kind, name, namespace] = ['group', 'kind', 'name', 'namespace'].map((key) =>
      text(entry[key]),
    );
    const managers = texts(entry.managedFieldsManagers);
    const paths = [
      ...texts(entry.jsonPointers),
      ...texts(entry.jqPathExpressions).map((expression) => placeOf(expression, origin)),
    ];
    const where = {
      name: [kind ?? '*', name].filter((part) => part !== undefined).join('/'),
      origin,
      providers: ['kubernetes' as const],
      types: kind === undefined || kind === '*' ? [] : [kind],
      addresses: [
        `${group === undefined || group === '*' ? '*' : `${group}/*`}/${namespace ?? '*'}/${name ?? '*'}`,
      ],
      silences: ['modified' as const],
    };
    const narrowed =
      group === undefined && name === undefined && namespace === undefined
        ? { ...where, addresses: [] }
        : where;
    if (paths.length === 0 && managers.length === 0) {
      throw new InvalidIgnoreRules(
        `${origin} names no place: add jsonPointers, jqPathExpressions or managedFieldsManagers`,
      );
    }
    return [
      ...(paths.length > 0 ? [ignoreRule({ ...narrowed, paths })] : []),
      ...(managers.length > 0 ? [ignoreRule({ ...narrowed, actors: managers })] : []),
    ];
  });
}
