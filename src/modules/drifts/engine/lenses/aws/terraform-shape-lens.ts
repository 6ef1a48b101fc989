import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { NO_FACTS, type FieldFacts, type Pair } from '../../field.js';
import type { Lens, LensNode, Reading, UndeclaredField } from '../../lens.js';
import { identical, isDeepEmpty, isObject, read } from '../../values.js';
import { terraformFacts } from './terraform-facts.js';
import { terraformSchema, type TerraformSchema } from './terraform-schema.js';

/** Both sides in the words of hashicorp/aws, with what the provider's schema says of each attribute. */
class TerraformNode implements LensNode {
  readonly sameShape = true;

  /** `code` is undefined at the top. */
  constructor(
    private readonly schema: TerraformSchema,
    private readonly code: string | undefined,
    readonly facts: FieldFacts = NO_FACTS,
  ) {}

  private childNode(key: string): TerraformNode {
    const facts = terraformFacts(this.schema, this.code, key);
    return new TerraformNode(this.schema, this.schema.code(this.code, key) ?? 'j', facts);
  }

  child(key: string, _declared: JsonObject, actual: JsonObject): Reading {
    const value = read(actual, key);
    return { kind: 'value', value, node: this.childNode(key), segments: [key], claims: [key] };
  }

  element(): LensNode {
    return new TerraformNode(this.schema, this.code);
  }

  *undeclared(
    actual: JsonObject,
    claimed: ReadonlySet<string>,
    declared: JsonObject,
  ): Iterable<UndeclaredField> {
    for (const key of Object.keys(actual)) {
      const value = read(actual, key);
      if (claimed.has(key) || value === undefined || isDeepEmpty(value)) continue;
      const node = this.childNode(key);
      const inMap = this.code?.startsWith('{') === true;
      const facts: FieldFacts = inMap
        ? { extras: 'confirmed' }
        : { ...node.facts, ...weighUndeclared(key, value, declared) };
      yield {
        key,
        actualKey: key,
        value,
        node: new TerraformNode(this.schema, node.code, facts),
      };
    }
  }
}

const PREFIXES = ['name_prefix', 'bucket_prefix', 'identifier_prefix', 'cluster_identifier_prefix'];

/** A name the provider made from a prefix the code gave (F45), and all tags against the tags the code gave (F46). */
function weighUndeclared(key: string, value: JsonValue, declared: JsonObject): FieldFacts {
  const prefix = PREFIXES.includes(`${key}_prefix`) ? read(declared, `${key}_prefix`) : undefined;
  if (typeof prefix === 'string' && prefix !== '' && typeof value === 'string') {
    return value.startsWith(prefix) ? { default: value } : { extras: 'confirmed' };
  }
  const tags = read(declared, 'tags');
  if (key === 'tags_all' && isObject(tags) && isObject(value)) {
    const own = Object.entries(value).every(([name, one]) => identical(read(tags, name), one));
    return own ? { default: value } : { extras: 'confirmed' };
  }
  return {};
}

function accepts(pair: Pair): boolean {
  return (
    pair.declared.type.startsWith('aws_') &&
    terraformSchema(pair.declared.type, pair.knowledge) !== null
  );
}

/** hashicorp/aws on both sides: a state against a refreshed state, or a plan's before against its after. */
export const terraformShapeLens: Lens = {
  name: 'terraform-aws',
  accepts: (declaredFormat, actualFormat, pair) =>
    declaredFormat.startsWith('terraform-') &&
    actualFormat === 'terraform-attributes' &&
    accepts(pair),
  open: (pair) => {
    const schema = terraformSchema(pair.declared.type, pair.knowledge);
    if (!schema) throw new Error(`no schema for ${pair.declared.type}: accepts() was not asked`);
    return {
      declared: pair.declared.attributes,
      actual: pair.actual.properties,
      root: new TerraformNode(schema, undefined),
    };
  },
};
