/** Where one member of an object, or one item of an array, stands in a text that is known to be valid JSON. */
export interface ChildRange {
  /** Null in arrays. */
  readonly key: string | null;
  /** Index of the value's first character. */
  readonly start: number;
  /** Index behind its last character. */
  readonly end: number;
}

function endOfString(text: string, quote: number): number {
  for (let at = quote + 1; ; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at += 1;
    else if (code === 0x22 || Number.isNaN(code)) return at + 1;
  }
}

function endOfValue(text: string, start: number): number {
  const first = text.charAt(start);
  if (first === '"') return endOfString(text, start);
  if (first !== '{' && first !== '[') {
    const scalar = /[^\s,\]}]*/y;
    scalar.lastIndex = start;
    scalar.test(text);
    return scalar.lastIndex;
  }
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at) - 1;
    else if (code === 0x7b || code === 0x5b) depth += 1;
    else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

/** The direct children of the object or array that starts at `open`. */
export function* childRanges(text: string, open: number): Generator<ChildRange> {
  const isArray = text.charAt(open) === '[';
  const between = /[\s,:]*/y;
  const skip = (from: number): number => {
    between.lastIndex = from;
    between.test(text);
    return between.lastIndex;
  };
  for (let at = skip(open + 1); at < text.length;) {
    if (text.charAt(at) === ']' || text.charAt(at) === '}') return;
    let key: string | null = null;
    if (!isArray) {
      const end = endOfString(text, at);
      key = JSON.parse(text.slice(at, end)) as string;
      at = skip(end);
    }
    const end = endOfValue(text, at);
    yield { key, start: at, end };
    at = skip(end);
  }
}
