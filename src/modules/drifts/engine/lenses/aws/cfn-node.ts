import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { NO_FACTS, type FieldFacts } from '../../field.js';
import type { LensNode, Reading, UndeclaredField } from '../../lens.js';
import { isDeepEmpty, isObject, read } from '../../values.js';
import { ANY_OF, parseJsonDocument } from '../../comparators/json-document.js';
import { counterpartKey } from './counterpart-key.js';
import { cfnFacts } from './cfn-facts.js';
import { FREE_FORM, type CfnProperty, type CfnSchema } from './cfn-schema.js';
import type { ServiceDefaults } from './service-defaults.js';
import { settleUndeclared } from './settle-undeclared.js';

/** What every node of one type shares. */
export interface CfnType {
  readonly schema: CfnSchema;
  readonly defaults: ServiceDefaults;
  /** Declared, accepted, and in no answer (hand-written, sources in the catalogue). */
  readonly neverReturned: ReadonlySet<string>;
  /** Lists the service completes by itself (hand-written, sources in the catalogue). */
  readonly completed: ReadonlySet<string>;
}

/**
 * One position of a CloudFormation model. Both sides use the registry's property names; nodes know nothing of a pair, so
 * they are built once per type and kept.
 */
export class CfnNode implements LensNode {
  readonly sameShape = true;
  private readonly children = new Map<string, CfnNode>();
  private elements: CfnNode | undefined;

  /** `path` has `*` for list and map elements; `property` is undefined at the root. */
  constructor(
    readonly type: CfnType,
    readonly path: string,
    readonly property: CfnProperty | undefined,
    readonly facts: FieldFacts = NO_FACTS,
  ) {}

  /** How the catalogue writes what stands below here; empty at the root. */
  private get block(): string {
    return this.property?.code ?? '';
  }

  /** Whether the registry names the properties below here. */
  private get structured(): boolean {
    return this.type.schema.properties(this.property?.code) !== undefined;
  }

  childNode(key: string): CfnNode {
    const known = this.children.get(key);
    if (known) return known;
    const { schema } = this.type;
    const isMap = this.block.startsWith('{');
    const path = `${this.path === '' ? '' : `${this.path}.`}${isMap ? '*' : key}`;
    const property = isMap
      ? { ...FREE_FORM, code: this.block.slice(1) }
      : (schema.property(this.property?.code, key) ?? FREE_FORM);
    const facts = cfnFacts(schema, path, key, property);
    const node = new CfnNode(this.type, path, property, {
      ...facts,
      ...(this.type.neverReturned.has(path) && { absence: 'unreadable' as const }),
      ...(this.type.completed.has(path) && { extras: 'unknown' as const }),
      ...(!this.structured && ANY_OF.test(this.path) && { order: 'set' as const }),
    });
    // Keys the registry does not name are the user's, and there is no end to them.
    if (this.structured) this.children.set(key, node);
    return node;
  }

  element(): LensNode {
    if (this.elements) return this.elements;
    const path = `${this.path}.*`;
    const code = /^[[<~!]/.test(this.block) ? this.block.slice(1) : 'j';
    const { extras } = this.facts;
    this.elements = new CfnNode(
      this.type,
      path,
      { ...FREE_FORM, code },
      extras === undefined ? NO_FACTS : { extras },
    );
    return this.elements;
  }

  child(key: string, declared: JsonObject, actual: JsonObject): Reading {
    const actualKey = counterpartKey(key, declared, actual);
    const node = this.childNode(key);
    const value = this.withoutPrefix(read(actual, actualKey), node.path);
    const claims = [actualKey];
    if (node.facts.writeOnly === true && (value === undefined || value === null)) {
      const reason = 'Write-only: the service never returns this value.';
      return { kind: 'unverifiable', reason, claims };
    }
    const document = node.documents(read(declared, key), value);
    if (document) {
      return { kind: 'value', ...document, node: node.freeForm(), segments: [actualKey], claims };
    }
    return { kind: 'value', value, node, segments: [actualKey], claims };
  }

  /** What was declared, without the text the service puts in front of it (Cognito attributes: `custom:`). */
  private withoutPrefix(value: JsonValue | undefined, path: string): JsonValue | undefined {
    const own = this.type.schema.prefix(path);
    if (own !== undefined && typeof value === 'string' && value.startsWith(own))
      return value.slice(own.length);
    const inner = this.type.schema.elementPrefix(path);
    if (inner === undefined || !Array.isArray(value)) return value;
    const [name, prefix] = inner;
    return value.map((item) => {
      const text = isObject(item) ? read(item, name) : undefined;
      return isObject(item) && typeof text === 'string' && text.startsWith(prefix)
        ? { ...item, [name]: text.slice(prefix.length) }
        : item;
    });
  }

  /** Both sides parsed, where either is the text of a JSON document and the registry does not say more. */
  private documents(
    declared: JsonValue | undefined,
    actual: JsonValue | undefined,
  ): { declared: JsonValue; value: JsonValue } | undefined {
    if (this.structured || !/^[sj]$/.test(this.block)) return undefined;
    const left = parseJsonDocument(declared);
    const right = parseJsonDocument(actual);
    if (left === undefined && right === undefined) return undefined;
    const before = left ?? declared;
    const now = right ?? actual;
    if (typeof before !== 'object' || typeof now !== 'object') return undefined;
    return { declared: before, value: now };
  }

  /** The node of a document's content, whatever the text around it. */
  private freeForm(): CfnNode {
    return new CfnNode(this.type, this.path, FREE_FORM);
  }

  *undeclared(
    actual: JsonObject,
    claimed: ReadonlySet<string>,
    declared: JsonObject,
  ): Iterable<UndeclaredField> {
    for (const key of Object.keys(actual)) {
      const value = read(actual, key);
      if (value === undefined || isDeepEmpty(value)) continue;
      if (claimed.has(key)) continue;
      const node = this.childNode(key);
      if (node.facts.readOnly === true || node.facts.writeOnly === true) continue;
      yield {
        key,
        actualKey: key,
        value,
        node: this.undeclaredNode(node, value, declared, actual),
      };
    }
  }

  /** The node an undeclared value is judged with: what is known of it becomes a default, or "unknown". */
  private undeclaredNode(
    node: CfnNode,
    value: JsonValue,
    declared: JsonObject,
    actual: JsonObject,
  ): CfnNode {
    const settled = settleUndeclared(node, value, { declared, actual });
    const open = USER_MAP.test(this.path) ? 'confirmed' : 'potential';
    const extras = this.structured ? EXTRAS[settled] : (this.facts.extras ?? open);
    const found: FieldFacts = settled === 'default' ? { default: value } : { extras };
    return new CfnNode(node.type, node.path, node.property, { ...node.facts, ...found });
  }
}

/** Maps that hold what the code puts there and nothing else. */
const USER_MAP = /(^|\.)(\w*Tags|Variables|EnvironmentVariables|Labels)$/;

const EXTRAS = {
  default: 'ignored',
  unknown: 'unknown',
  insecure: 'confirmed',
  away: 'potential',
} as const;
