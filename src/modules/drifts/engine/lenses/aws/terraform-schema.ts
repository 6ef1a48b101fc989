import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { Knowledge } from '../../knowledge.js';
import type { FieldFacts } from '../../field.js';
import { isObject, read } from '../../values.js';
import { terraformFacts } from './terraform-facts.js';
import type { Vocabulary } from './vocabulary.js';

function texts(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/**
 * The shape of one hashicorp/aws resource (docs/catalogues.md). Codes: `s n b` scalars, `[x` list, `<x` set, `{x` map,
 * `1#4` a block that occurs once, `[#4` and `<#4` repeated blocks, `j` anything else.
 */
export class TerraformSchema implements Vocabulary {
  private readonly computed: ReadonlySet<string>;
  private readonly toolOnly: ReadonlySet<string>;

  constructor(
    private readonly attributes: JsonObject,
    private readonly blocks: readonly JsonValue[],
    computed: readonly string[],
    toolOnly: readonly string[],
  ) {
    this.computed = new Set(computed);
    this.toolOnly = new Set(toolOnly);
  }

  /** Attributes of a block, or of the resource when `code` is undefined. */
  private block(code: string | undefined): JsonObject | undefined {
    if (code === undefined) return this.attributes;
    const index = /^[1[<]#(\d+)$/.exec(code)?.[1];
    const block = index === undefined ? undefined : this.blocks[Number(index)];
    return isObject(block) ? block : undefined;
  }

  names(code: string | undefined): readonly string[] {
    return Object.keys(this.block(code) ?? {});
  }

  code(parent: string | undefined, name: string): string | undefined {
    const code = read(this.block(parent) ?? {}, name);
    return typeof code === 'string' ? code : undefined;
  }

  facts(parent: string | undefined, name: string): FieldFacts {
    return terraformFacts(this, parent, name);
  }

  words(name: string): readonly string[] {
    return name
      .replace(/^aws_/, '')
      .split('_')
      .filter((word) => word !== '');
  }

  /** Filled in by the provider; code cannot set it. Top-level attributes only. */
  isComputed(name: string): boolean {
    return this.computed.has(name);
  }

  /** An argument to the tool (`force_destroy`, `timeouts`) that no API answers with. Top-level attributes only. */
  isToolOnly(name: string): boolean {
    return this.toolOnly.has(name);
  }
}

const schemas = new WeakMap<JsonObject, TerraformSchema>();

/** Null for a type the published provider does not have. */
export function terraformSchema(type: string, knowledge: Knowledge): TerraformSchema | null {
  const catalogue = knowledge.load(`aws/terraform/${type.split('_')[1] ?? ''}`);
  const entry = catalogue && read(catalogue, type);
  if (!isObject(entry)) return null;
  const known = schemas.get(entry);
  if (known) return known;
  const attributes = read(entry, 'a');
  const blocks = read(catalogue ?? {}, '$');
  const schema = new TerraformSchema(
    isObject(attributes) ? attributes : {},
    Array.isArray(blocks) ? blocks : [],
    texts(read(entry, 'c')),
    texts(knowledge.load('aws/terraform-tool-only')?.[type]),
  );
  schemas.set(entry, schema);
  return schema;
}
