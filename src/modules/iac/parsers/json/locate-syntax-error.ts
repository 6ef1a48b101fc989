/** Where a text stops being JSON. `expected` never quotes the text, which may hold secrets. */
export interface SyntaxFault {
  /** Index in UTF-16 units; the length of the text when it ends too early. */
  readonly index: number;
  readonly expected: string;
}

const SPACE = /[ \t\r\n]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Native errors do not say where, and quote the content; so after a failure this walks the text once more. */
export function locateSyntaxError(text: string): SyntaxFault | null {
  let at = 0;
  const open: ('{' | '[')[] = [];
  const eat = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const eatString = (): boolean => {
    const { end, closed } = readString(text, at);
    at = end;
    return closed;
  };
  const fault = (expected: string): SyntaxFault => ({ index: at, expected });
  let want: 'value' | 'first item' | 'first key' | 'key' | 'after value' = 'value';
  for (;;) {
    eat(SPACE);
    const char = text.charAt(at);
    switch (want) {
      case 'first item':
      case 'value':
        if (want === 'first item' && char === ']') want = 'after value';
        else if (char === '{' || char === '[') {
          open.push(char);
          at += 1;
          want = char === '{' ? 'first key' : 'first item';
        } else if (char === '"') {
          if (!eatString()) return fault('the end of a string');
          want = 'after value';
        } else if (eat(SCALAR)) want = 'after value';
        else return fault('a value');
        if (want === 'after value' && open.length === 0) {
          eat(SPACE);
          return at === text.length ? null : fault('nothing more');
        }
        break;
      case 'first key':
      case 'key':
        if (want === 'first key' && char === '}') {
          want = 'after value';
          break;
        }
        if (char !== '"') return fault('a key in quotes');
        if (!eatString()) return fault('the end of a string');
        eat(SPACE);
        if (text.charAt(at) !== ':') return fault('":"');
        at += 1;
        want = 'value';
        break;
      case 'after value': {
        const inside = open.at(-1);
        if (char === ',') {
          at += 1;
          want = inside === '{' ? 'key' : 'value';
        } else if (char === (inside === '{' ? '}' : ']')) {
          at += 1;
          open.pop();
          if (open.length === 0) {
            eat(SPACE);
            return at === text.length ? null : fault('nothing more');
          }
        } else return fault(inside === '{' ? '"," or "}"' : '"," or "]"');
        break;
      }
    }
  }
}

/** End of the string's valid part; closed when that is behind its closing quote. A loop, because strings can be huge. */
function readString(text: string, start: number): { end: number; closed: boolean } {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return { end: at + 1, closed: true };
    if (code < 0x20) break;
    if (code === 0x5c) {
      ESCAPE.lastIndex = at;
      if (!ESCAPE.test(text)) break;
      at = ESCAPE.lastIndex;
    } else at += 1;
  }
  return { end: at, closed: false };
}
