import { InvalidQueryError, OPERATORS } from './query.js';
import type { Column, Condition, Operator, Query, Step } from './query.js';
import { tokenize } from './tokenizer.js';
import type { Token } from './tokenizer.js';

/** https://learn.microsoft.com/azure/governance/resource-graph/concepts/query-language; throws `InvalidQueryError`. */
export function parseQuery(text: string): Query {
  return new Parser(tokenize(text)).query();
}

const END: Token = { kind: 'end', text: '<EOF>', line: 1, character: 0 };

class Parser {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  query(): Query {
    const table = this.name();
    const steps: Step[] = [];
    while (this.takes('|')) steps.push(this.step());
    if (this.peek().kind !== 'end') throw this.unexpected();
    return { table, steps };
  }

  private step(): Step {
    const operator = this.name().toLowerCase();
    switch (operator) {
      case 'where':
        return { kind: 'where', condition: this.either() };
      case 'project':
        return { kind: 'project', columns: this.columns() };
      case 'summarize':
        return this.summarize();
      case 'count':
        return { kind: 'count' };
      case 'order':
      case 'sort':
        return this.order();
      case 'limit':
      case 'take':
        return { kind: 'limit', rows: Number(this.take('number').text) };
      default:
        this.at -= 1;
        throw this.unexpected();
    }
  }

  private summarize(): Step {
    let name = 'count_';
    if (this.tokens[this.at + 1]?.text === '=') {
      name = this.name();
      this.expect('=');
    }
    this.expect('count');
    this.expect('(');
    this.expect(')');
    const columns = this.takes('by') ? this.columns() : [];
    return { kind: 'count-by', name, columns };
  }

  private order(): Step {
    this.expect('by');
    const by: { column: Column; descending: boolean }[] = [];
    do {
      const column = this.column();
      const ascending = this.takes('asc');
      // Kusto sorts downwards unless told otherwise.
      const descending = !ascending && (this.takes('desc') || true);
      by.push({ column, descending });
    } while (this.takes(','));
    return { kind: 'order', by };
  }

  private either(): Condition {
    const parts = [this.all()];
    while (this.takes('or')) parts.push(this.all());
    return joined('or', parts);
  }

  private all(): Condition {
    const parts = [this.condition()];
    while (this.takes('and')) parts.push(this.condition());
    return joined('and', parts);
  }

  private condition(): Condition {
    if (this.takes('(')) {
      const inner = this.either();
      this.expect(')');
      return inner;
    }
    const column = this.column();
    const operator = this.operator();
    const values = operator.includes('in') && !/contains|starts/.test(operator);
    return { kind: 'compare', column, operator, values: values ? this.list() : [this.value()] };
  }

  private operator(): Operator {
    const { text } = this.peek();
    const operator = OPERATORS.find((known) => known === text.toLowerCase());
    if (!operator) throw this.unexpected();
    this.at += 1;
    return operator;
  }

  private list(): string[] {
    this.expect('(');
    const values = [this.value()];
    while (this.takes(',')) values.push(this.value());
    this.expect(')');
    return values;
  }

  private value(): string {
    const token = this.peek();
    const literal =
      token.kind === 'text' || token.kind === 'number' || /^(true|false)$/.test(token.text);
    if (!literal) throw this.unexpected();
    this.at += 1;
    return token.text;
  }

  private columns(): Column[] {
    const columns = [this.column()];
    while (this.takes(',')) columns.push(this.column());
    return columns;
  }

  /** `name`, `a.b`, `a['b']`, `alias = a.b`; a path is called by its steps joined, as the service does. */
  private column(): Column {
    const first = this.name();
    if (this.takes('=')) return { ...this.column(), name: first };
    const path = [first];
    for (;;) {
      if (this.takes('.')) path.push(this.name());
      else if (this.takes('[')) {
        path.push(this.take('text').text);
        this.expect(']');
      } else return { name: path.join('_'), path };
    }
  }

  private name(): string {
    return this.take('name').text;
  }

  private take(kind: Token['kind']): Token {
    const token = this.peek();
    if (token.kind !== kind) throw this.unexpected();
    this.at += 1;
    return token;
  }

  private takes(text: string): boolean {
    const token = this.peek();
    const same = token.kind !== 'text' && token.text.toLowerCase() === text;
    if (same) this.at += 1;
    return same;
  }

  private expect(text: string): void {
    if (!this.takes(text)) throw this.unexpected();
  }

  private peek(): Token {
    return this.tokens[this.at] ?? END;
  }

  private unexpected(): InvalidQueryError {
    const { text, line, character } = this.peek();
    return new InvalidQueryError(text, line, character);
  }
}

function joined(kind: 'and' | 'or', parts: readonly Condition[]): Condition {
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind, parts };
}
