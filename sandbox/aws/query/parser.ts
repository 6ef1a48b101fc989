import { AGGREGATES, COMPARISONS, InvalidExpressionError } from './query.js';
import type { Condition, Literal, Query, SelectItem } from './query.js';
import { tokenize } from './tokenizer.js';
import type { Token } from './tokenizer.js';

/** Properties every configuration item has; anything else is refused as the service refuses it. */
const PROPERTIES = new Set([
  'accountId',
  'arn',
  'availabilityZone',
  'awsRegion',
  'configuration',
  'configurationItemCaptureTime',
  'configurationItemStatus',
  'configurationStateId',
  'relationships',
  'resourceCreationTime',
  'resourceId',
  'resourceName',
  'resourceType',
  'supplementaryConfiguration',
  'tags',
  'version',
]);
const MAX_GROUP_PROPERTIES = 3;

export function parseQuery(expression: string): Query {
  return new Parser(tokenize(expression)).query();
}

class Parser {
  private position = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  query(): Query {
    this.keyword('SELECT');
    const select = this.list(() => this.selectItem());
    const where = this.takeKeyword('WHERE') ? this.disjunction() : null;
    const groupBy = this.takeKeyword('GROUP') ? this.groupBy() : [];
    const orderBy = this.takeKeyword('ORDER') ? this.orderBy() : [];
    if (this.peek().kind !== 'end') this.fail('the end of the expression');
    this.checkAggregation(select, groupBy);
    return { select, where, groupBy, orderBy };
  }

  private selectItem(): SelectItem {
    if (this.takeSymbol('*')) return { kind: 'all' };
    const aggregate = AGGREGATES.find((name) => this.isCall(name));
    if (!aggregate) return { kind: 'property', property: this.property() };
    this.next();
    this.symbol('(');
    const property = this.takeSymbol('*') ? '*' : this.property();
    this.symbol(')');
    return { kind: 'aggregate', aggregate, property };
  }

  private groupBy(): string[] {
    this.keyword('BY');
    const properties = this.list(() => this.property());
    if (properties.length > MAX_GROUP_PROPERTIES) {
      throw new InvalidExpressionError('GROUP BY may contain up to three properties.');
    }
    return properties;
  }

  private orderBy(): { property: string; descending: boolean }[] {
    this.keyword('BY');
    return this.list(() => {
      const property = this.property();
      const descending = this.takeKeyword('DESC');
      if (!descending) this.takeKeyword('ASC');
      return { property, descending };
    });
  }

  private disjunction(): Condition {
    let left = this.conjunction();
    while (this.takeKeyword('OR')) left = { kind: 'or', left, right: this.conjunction() };
    return left;
  }

  private conjunction(): Condition {
    let left = this.negation();
    while (this.takeKeyword('AND')) left = { kind: 'and', left, right: this.negation() };
    return left;
  }

  private negation(): Condition {
    if (this.takeKeyword('NOT')) return { kind: 'not', of: this.negation() };
    if (this.takeSymbol('(')) {
      const inner = this.disjunction();
      this.symbol(')');
      return inner;
    }
    return this.predicate();
  }

  private predicate(): Condition {
    const property = this.property();
    if (this.takeKeyword('NOT')) return { kind: 'not', of: this.keywordPredicate(property) };
    const operator = COMPARISONS.find((symbol) => this.takeSymbol(symbol));
    if (operator) return { kind: 'compare', property, operator, value: this.literal() };
    return this.keywordPredicate(property);
  }

  private keywordPredicate(property: string): Condition {
    if (this.takeKeyword('IN')) {
      this.symbol('(');
      const values = this.list(() => this.literal());
      this.symbol(')');
      return { kind: 'in', property, values };
    }
    if (this.takeKeyword('LIKE')) return { kind: 'like', property, pattern: this.likePattern() };
    if (this.takeKeyword('BETWEEN')) {
      const low = this.literal();
      this.keyword('AND');
      return { kind: 'between', property, low, high: this.literal() };
    }
    return this.fail('a comparison');
  }

  private likePattern(): string {
    const pattern = String(this.literal());
    if (!/^[^%_]{3,}[%_]$/.test(pattern)) {
      throw new InvalidExpressionError(
        `LIKE '${pattern}': only a suffix wildcard after at least three characters is supported.`,
      );
    }
    return pattern;
  }

  private literal(): Literal {
    const token = this.next();
    if (token.kind === 'text') return token.value;
    if (token.kind === 'number') return Number(token.value);
    if (token.kind === 'word' && /^(true|false)$/i.test(token.value)) {
      return token.value.toLowerCase() === 'true';
    }
    this.position -= 1;
    return this.fail('a value');
  }

  private property(): string {
    const token = this.next();
    const root = token.value.split('.')[0] ?? '';
    if (token.kind !== 'word') {
      this.position -= 1;
      this.fail('a property');
    }
    if (!PROPERTIES.has(root)) {
      throw new InvalidExpressionError(`Property '${token.value}' is not a valid property.`);
    }
    return token.value;
  }

  private checkAggregation(select: readonly SelectItem[], groupBy: readonly string[]): void {
    const aggregates = select.some((item) => item.kind === 'aggregate');
    if (groupBy.length > 0 && !aggregates) {
      throw new InvalidExpressionError('GROUP BY is applicable to aggregations only.');
    }
    const loose = select.find(
      (item) =>
        item.kind !== 'aggregate' && !(item.kind === 'property' && groupBy.includes(item.property)),
    );
    if (aggregates && loose) {
      throw new InvalidExpressionError('Every selected property must be in GROUP BY.');
    }
  }

  private list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.takeSymbol(',')) items.push(item());
    return items;
  }

  private isCall(name: string): boolean {
    const following = this.tokens[this.position + 1];
    return this.peek().value.toUpperCase() === name && following?.value === '(';
  }

  private keyword(word: string): void {
    if (!this.takeKeyword(word)) this.fail(word);
  }

  private takeKeyword(word: string): boolean {
    const token = this.peek();
    const found = token.kind === 'word' && token.value.toUpperCase() === word;
    if (found) this.position += 1;
    return found;
  }

  private symbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) this.fail(symbol);
  }

  private takeSymbol(symbol: string): boolean {
    const token = this.peek();
    const found = token.kind === 'symbol' && token.value === symbol;
    if (found) this.position += 1;
    return found;
  }

  private next(): Token {
    const token = this.peek();
    this.position += 1;
    return token;
  }

  private peek(): Token {
    return this.tokens[this.position] ?? { kind: 'end', value: 'end of expression' };
  }

  private fail(expected: string): never {
    throw new InvalidExpressionError(`Expected ${expected} but found ${this.peek().value}.`);
  }
}
