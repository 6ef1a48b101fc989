import type { Node, Pair, Scalar } from 'yaml';
import { isAlias, isMap, isPair, isScalar, isSeq } from 'yaml';

import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import { isObject } from '../json/read-json.js';
import { MAX_DEPTH } from '../parse-options.js';
import type { YamlDialect } from './plain-scalar.js';
import { resolvePlain } from './plain-scalar.js';

/** Values that aliases may multiply a document by before it counts as an attack ("billion laughs"). */
const MAX_ALIASED_VALUES = 100_000;
const CORE_TAG = 'tag:yaml.org,2002:';

export type YamlProblem =
  'too deep' | 'too many aliases' | 'unknown alias' | 'key is no text' | 'bad merge';

export class YamlConversionError extends Error {
  override name = 'YamlConversionError';
  constructor(
    readonly problem: YamlProblem,
    /** Index in the text; null when the node has none. */
    readonly index: number | null,
  ) {
    super(problem);
  }
}

export interface YamlConversion {
  readonly dialect: YamlDialect;
  /** What an application tag (`!Sub`) makes of its value. */
  readonly onTag: (tag: string, value: JsonValue) => JsonValue;
  /** Told about keys that stand twice in one mapping; the last one wins. */
  readonly onDuplicate: (key: string, index: number | null) => void;
}

/** Converts one composed YAML document to plain JSON values, with bounded depth and aliases and without prototype keys. */
export class YamlToJson {
  private readonly anchors = new Map<string, Node>();
  private aliasDepth = 0;
  private aliasedValues = 0;

  constructor(private readonly conversion: YamlConversion) {}

  convert(node: Node | null, depth = 0): JsonValue {
    if (node === null) return null;
    if (depth > MAX_DEPTH) throw new YamlConversionError('too deep', indexOf(node));
    if (this.aliasDepth > 0 && ++this.aliasedValues > MAX_ALIASED_VALUES) {
      throw new YamlConversionError('too many aliases', indexOf(node));
    }
    if (isAlias(node)) return this.convertAlias(node.source, indexOf(node), depth);
    if ('anchor' in node && typeof node.anchor === 'string') this.anchors.set(node.anchor, node);
    const value = this.convertContent(node, depth);
    const tag = node.tag;
    if (tag === undefined || tag === '!' || tag.startsWith(CORE_TAG)) return value;
    return this.conversion.onTag(tag, value);
  }

  private convertContent(node: Node, depth: number): JsonValue {
    if (isScalar(node)) return this.convertScalar(node);
    if (isSeq<Node>(node)) {
      return node.items.map((item) => this.convert(isPair(item) ? null : item, depth + 1));
    }
    return isMap<Node, Node | null>(node) ? this.convertMap(node.items, depth) : null;
  }

  private convertAlias(name: string, index: number | null, depth: number): JsonValue {
    const target = this.anchors.get(name);
    if (target === undefined) throw new YamlConversionError('unknown alias', index);
    this.aliasDepth += 1;
    const value = this.convert(target, depth + 1);
    this.aliasDepth -= 1;
    return value;
  }

  private convertScalar(node: Scalar): JsonValue {
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
    const core = node.tag?.startsWith(CORE_TAG) === true ? node.tag.slice(CORE_TAG.length) : null;
    if (core === 'binary') return Buffer.from(text, 'base64').toString('utf8');
    const typed = core !== null && core !== 'str';
    const plain = node.type === 'PLAIN' && (node.tag === undefined || node.tag === '');
    return typed || plain ? resolvePlain(node.source ?? text, this.conversion.dialect) : text;
  }

  private convertMap(pairs: readonly Pair<Node, Node | null>[], depth: number): JsonObject {
    const object: JsonObject = {};
    const merged: JsonValue[] = [];
    for (const { key, value } of pairs) {
      if (isScalar(key) && key.source === '<<' && key.type === 'PLAIN') {
        merged.push(this.convert(value, depth + 1));
        continue;
      }
      const name = this.keyOf(key);
      const converted = this.convert(value, depth + 1);
      if (name === '__proto__') continue;
      if (Object.hasOwn(object, name)) this.conversion.onDuplicate(name, indexOf(key));
      object[name] = converted;
    }
    for (const source of merged.flatMap((item) => (Array.isArray(item) ? item : [item]))) {
      if (!isObject(source)) throw new YamlConversionError('bad merge', null);
      for (const [name, value] of Object.entries(source)) {
        if (!Object.hasOwn(object, name)) object[name] = value;
      }
    }
    return object;
  }

  private keyOf(key: Node): string {
    const target = isAlias(key) ? this.anchors.get(key.source) : key;
    if (!isScalar(target)) throw new YamlConversionError('key is no text', indexOf(key));
    if (typeof target.anchor === 'string') this.anchors.set(target.anchor, target);
    const value = this.convertScalar(target);
    return typeof value === 'boolean' ? String(value) : (target.source ?? '');
  }
}

function indexOf(node: Node): number | null {
  return node.range?.[0] ?? null;
}
