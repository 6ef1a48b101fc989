import { InvalidExpressionError } from './query.js';

export interface Token {
  readonly kind: 'word' | 'text' | 'number' | 'symbol' | 'end';
  readonly value: string;
}

const PATTERN =
  /\s*(?:'((?:[^']|'')*)'|([A-Za-z_][\w-]*(?:\.[A-Za-z_0-9][\w-]*)*)|(-?\d+(?:\.\d+)?)|(<=|>=|[=<>(),*]))/gy;

/** Refused by the service: "No support for ALL, AS, DISTINCT, FROM, HAVING, JOIN, and UNION keywords". */
const UNSUPPORTED = new Set(['ALL', 'AS', 'DISTINCT', 'FROM', 'HAVING', 'JOIN', 'UNION', 'NULL']);

export function tokenize(expression: string): Token[] {
  const tokens: Token[] = [];
  const source = expression.trimEnd().replace(/;$/, '');
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < source.length) {
    const at = PATTERN.lastIndex;
    const match = PATTERN.exec(source);
    if (!match) {
      throw new InvalidExpressionError(
        `Unexpected input at position ${at}: ${source.slice(at, at + 20)}`,
      );
    }
    const [, quoted, word, number, symbol] = match;
    if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted.replaceAll("''", "'") });
    else if (word !== undefined) tokens.push({ kind: 'word', value: supported(word) });
    else if (number !== undefined) tokens.push({ kind: 'number', value: number });
    else tokens.push({ kind: 'symbol', value: symbol ?? '' });
  }
  tokens.push({ kind: 'end', value: 'end of expression' });
  return tokens;
}

function supported(word: string): string {
  if (UNSUPPORTED.has(word.toUpperCase())) {
    throw new InvalidExpressionError(`${word.toUpperCase()} is not supported.`);
  }
  return word;
}
