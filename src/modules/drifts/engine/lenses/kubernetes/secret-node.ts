import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { Reading, UndeclaredField } from '../../lens.js';
import { isObject, read } from '../../values.js';
import { KubernetesNode, KubernetesObjectNode } from './kubernetes-node.js';
import { OPEN_TYPE } from './openapi-schema.js';
import { fieldSchema } from './schema.js';

/** Values of a Secret: compared, never shown. */
const SECRET_VALUES = fieldSchema({ shape: 'map', elementFacts: { sensitive: true } });

/** The text a base64 value stands for; the value itself when it is none. */
function decoded(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value !== 'string') return value;
  try {
    const bytes = Uint8Array.from(atob(value), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not base64, or not text: it cannot be what a stringData value was turned into.
    return value;
  }
}

function without(data: JsonValue | undefined, keys: JsonValue | undefined): JsonValue | undefined {
  if (!isObject(data) || !isObject(keys)) return data;
  return Object.fromEntries(Object.entries(data).filter(([key]) => !Object.hasOwn(keys, key)));
}

/**
 * A Secret is written as `stringData` and read back as base64 in `data`, where `stringData` wins (F64;
 * Kubernetes API reference, Secret v1).
 */
export class SecretNode extends KubernetesObjectNode {
  override child(key: string, declared: JsonObject, actual: JsonObject): Reading {
    const data = read(actual, 'data');
    const written = read(declared, 'stringData');
    if (key === 'stringData' && isObject(written)) {
      const live = isObject(data) ? data : {};
      const value = Object.fromEntries(
        Object.keys(written).flatMap((name) => {
          const text = decoded(read(live, name));
          return text === undefined ? [] : [[name, text] as const];
        }),
      );
      return { kind: 'value', value, node: this.values(), segments: ['data'], claims: [key] };
    }
    if (key !== 'data') return super.child(key, declared, actual);
    return {
      kind: 'value',
      value: without(data, written),
      declared: without(read(declared, 'data'), written) ?? null,
      node: this.values(),
      segments: ['data'],
      claims: ['data'],
    };
  }

  override *undeclared(
    actual: JsonObject,
    claimed: ReadonlySet<string>,
    declared: JsonObject,
  ): Iterable<UndeclaredField> {
    for (const field of super.undeclared(actual, claimed, declared)) {
      const rest =
        field.key === 'data' ? without(field.value, read(declared, 'stringData')) : field.value;
      if (rest === undefined) continue;
      yield field.key === 'data' ? { ...field, value: rest, node: this.values(true) } : field;
    }
  }

  /** `whole` stands for all values at once, which are as secret together as one by one. */
  private values(whole = false): KubernetesNode {
    const facts = whole ? { ...SECRET_VALUES.facts, sensitive: true } : SECRET_VALUES.facts;
    return new KubernetesNode(facts, SECRET_VALUES, OPEN_TYPE, this.embedded);
  }
}
