const cache = new Map<string, RegExp>();

/** `*` any run of characters, `?` one; everything else stands for itself, upper and lower case alike. */
export function matchesPattern(pattern: string, text: string): boolean {
  let expression = cache.get(pattern);
  if (!expression) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*+/g, '.*')
      .replaceAll('?', '.');
    expression = new RegExp(`^${source}$`, 'is');
    cache.set(pattern, expression);
  }
  return expression.test(text);
}
