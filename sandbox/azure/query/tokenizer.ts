import { InvalidQueryError } from './query.js';

export interface Token {
  readonly kind: 'name' | 'text' | 'number' | 'sign' | 'end';
  readonly text: string;
  readonly line: number;
  readonly character: number;
}

const TOKEN =
  /(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<number>\d+)|(?<name>!?in~?(?![\w])|[A-Za-z_]\w*)|(?<sign>==|!=|=~|!~|[|(),.=[\]])/y;

/** Cuts a query into tokens; comments from `//` to the end of the line are skipped. */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const place = () => {
    const before = query.slice(0, at).split('\n');
    return { line: before.length, character: before.at(-1)?.length ?? 0 };
  };
  for (;;) {
    at += /^(?:\s|\/\/[^\n]*)*/.exec(query.slice(at))?.[0].length ?? 0;
    if (at >= query.length) break;
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(query)?.groups;
    if (!groups) {
      const { line, character } = place();
      throw new InvalidQueryError(query.charAt(at), line, character);
    }
    const found = Object.entries(groups as Record<string, string | undefined>);
    const [kind, text] = found.find(([, value]) => value !== undefined) ?? [];
    if (kind === undefined || text === undefined) break;
    tokens.push({ kind: kind as Token['kind'], text: unquoted(text, kind), ...place() });
    at = TOKEN.lastIndex;
  }
  tokens.push({ kind: 'end', text: '<EOF>', ...place() });
  return tokens;
}

function unquoted(text: string, kind: string): string {
  return kind === 'text' ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;
}
