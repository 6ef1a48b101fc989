/**
 * Keys of the outermost object that are visible in the first bytes of a JSON document, in order. Lenient: it only has to
 * tell what a document is, its parser says what is wrong with it.
 */
export function topLevelKeys(head: string): string[] {
  const keys: string[] = [];
  let depth = 0;
  let index = 0;
  while (index < head.length) {
    const char = head.charAt(index);
    if (char === '"') {
      const end = endOfString(head, index + 1);
      if (end < 0) return keys;
      if (depth === 1 && /^\s*:/.test(head.slice(end + 1, end + 64))) {
        keys.push(head.slice(index + 1, end));
      }
      index = end;
    } else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    index += 1;
  }
  return keys;
}

function endOfString(text: string, from: number): number {
  for (let index = from; index < text.length; index++) {
    const char = text.charAt(index);
    if (char === '"') return index;
    if (char === '\\') index += 1;
  }
  return -1;
}
