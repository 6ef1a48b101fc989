import type { JsonObject } from '../../../../../core/providers/index.js';

/** Letters and digits in lower case: `ip_protocol`, `IPProtocol` and `ipProtocol` are one name. */
function bare(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

/** How Terraform names what an API names: the same, or singular for a repeated block. */
function spellings(name: string): string[] {
  const key = bare(name);
  const plural = key.endsWith('y')
    ? `${key.slice(0, -1)}ies`
    : /(s|x|ch|sh)$/.test(key)
      ? `${key}es`
      : `${key}s`;
  return [key, plural, key.endsWith('s') ? key.slice(0, -1) : key];
}

/** The key of `actual` that carries a Terraform name, by spelling alone; undefined when there is none. */
export function findApiName(name: string, actual: JsonObject): string | undefined {
  const keys = new Map(Object.keys(actual).map((key) => [bare(key), key]));
  for (const spelling of spellings(name)) {
    const key = keys.get(spelling);
    if (key !== undefined) return key;
  }
  return undefined;
}

/** The name the API would use, when it has to be guessed for a path. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** A Terraform name for an API key nobody declared. */
export function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
