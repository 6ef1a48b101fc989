import type { Json, JsonObject } from '../json.js';
import { isObject, scalarText } from '../json.js';
import { invalidArgument } from './gcp-protocol.js';

type Test = (entry: JsonObject) => boolean;

const TOKEN =
  /\s*(?:(?<bracket>[()])|(?<text>"(?:[^"\\]|\\.)*")|(?<operator>>=|<=|!=|=~|!~|[=:<>])|(?<word>[\w.@%/-]+))/y;

/**
 * What scanners use of the Logging query language: comparisons joined by AND (or nothing), OR, NOT and parentheses, and `log_id("…")`.
 * https://cloud.google.com/logging/docs/view/logging-query-language
 */
export function logFilter(text: string): Test {
  if (text.trim() === '') return () => true;
  const parser = new FilterParser(tokensOf(text));
  return parser.all();
}

class FilterParser {
  private at = 0;

  constructor(private readonly tokens: readonly string[]) {}

  all(): Test {
    const test = this.disjunction();
    if (this.peek() !== '') throw unparseable(this.peek());
    return test;
  }

  /** AND binds closer than OR. */
  private disjunction(): Test {
    const tests = [this.conjunction()];
    while (this.peek() === 'OR') {
      this.at += 1;
      tests.push(this.conjunction());
    }
    return (entry) => tests.some((test) => test(entry));
  }

  private conjunction(): Test {
    const tests = [this.factor()];
    while (this.peek() !== '' && this.peek() !== 'OR' && this.peek() !== ')') {
      if (this.peek() === 'AND') this.at += 1;
      tests.push(this.factor());
    }
    return (entry) => tests.every((test) => test(entry));
  }

  private factor(): Test {
    const token = this.next();
    if (token === 'NOT') {
      const test = this.factor();
      return (entry) => !test(entry);
    }
    if (token === '(') {
      const test = this.disjunction();
      this.expect(')');
      return test;
    }
    if (token === 'log_id') {
      this.expect('(');
      const id = encodeURIComponent(unquoted(this.next()));
      this.expect(')');
      return (entry) => scalarText(entry.logName).endsWith(`/logs/${id}`);
    }
    if (!/^[\w.@-]+$/.test(token)) throw unparseable(token);
    return comparison(token.split('.'), this.next(), unquoted(this.next()));
  }

  private peek(): string {
    return this.tokens[this.at] ?? '';
  }

  private next(): string {
    const token = this.peek();
    this.at += 1;
    return token;
  }

  private expect(wanted: string): void {
    const token = this.next();
    if (token !== wanted) throw unparseable(token);
  }
}

function comparison(path: readonly string[], operator: string, value: string): Test {
  const at = (entry: JsonObject): string => scalarText(valueAt(entry, path));
  switch (operator) {
    case '=':
      return (entry) => at(entry) === value;
    case '!=':
      return (entry) => at(entry) !== value;
    case ':':
      return (entry) => at(entry).toLowerCase().includes(value.toLowerCase());
    case '>=':
      return (entry) => at(entry) >= value;
    case '<=':
      return (entry) => at(entry) <= value;
    case '>':
      return (entry) => at(entry) > value;
    case '<':
      return (entry) => at(entry) < value;
    default:
      throw unparseable(operator);
  }
}

function valueAt(entry: JsonObject, path: readonly string[]): Json | undefined {
  let value: Json | undefined = entry;
  for (const step of path) value = isObject(value) ? value[step] : undefined;
  return value;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.trimEnd().length) {
    const from = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw unparseable(text.slice(from, from + 20));
    tokens.push(match[0].trim());
  }
  return tokens;
}

function unquoted(token: string): string {
  if (!token.startsWith('"')) return token;
  return JSON.parse(token) as string;
}

function unparseable(token: string): Error {
  return invalidArgument(`Unparseable filter: syntax error at "${token}".`);
}
