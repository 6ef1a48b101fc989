import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { Knowledge } from '../../knowledge.js';
import { isObject, read } from '../../values.js';

/**
 * One property of a CloudFormation type as the catalogue writes it (docs/catalogues.md). `code` is `s i n b` for
 * scalars, `j` for free-form JSON, `{x` a map, `#Name` a block, and lists: `<x` without order, `!x` in order, `~x` of
 * unique scalars, `[x` where the schema says nothing.
 */
export interface CfnProperty {
  readonly code: string;
  readonly enumeration: readonly JsonValue[] | undefined;
  readonly caseInsensitive: boolean;
  /** Default of the schema itself. */
  readonly fixedDefault: JsonValue | undefined;
  /** Defaults the documentation names; several when it depends on something else. */
  readonly documentedDefaults: readonly JsonValue[];
  /** What the CDK marks for security review: policies, rules, managed policies. */
  readonly scrutiny: string | undefined;
  /** Keys that together are unique among the elements of a list. */
  readonly uniqueKeys: readonly string[];
}

/** A value nothing is known of. */
export const FREE_FORM: CfnProperty = {
  code: 'j',
  enumeration: undefined,
  caseInsensitive: false,
  fixedDefault: undefined,
  documentedDefaults: [],
  scrutiny: undefined,
  uniqueKeys: [],
};

function property(entry: JsonValue | undefined): CfnProperty {
  if (typeof entry === 'string') return { ...FREE_FORM, code: entry };
  if (!Array.isArray(entry) || typeof entry[0] !== 'string') return FREE_FORM;
  const facts = isObject(entry[1]) ? entry[1] : {};
  const enumeration = read(facts, 'e');
  const documented = read(facts, 'w');
  const scrutiny = read(facts, 'x');
  return {
    code: entry[0],
    enumeration: Array.isArray(enumeration) ? enumeration : undefined,
    caseInsensitive: read(facts, 'c') === 1,
    fixedDefault: read(facts, 'd'),
    documentedDefaults: Array.isArray(documented) ? documented : [],
    scrutiny: typeof scrutiny === 'string' ? scrutiny : undefined,
    uniqueKeys: [...paths(read(facts, 'k'))],
  };
}

function paths(value: JsonValue | undefined): ReadonlySet<string> {
  return new Set(Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []);
}

/** The part of a catalogue that describes one CloudFormation type. */
export class CfnSchema {
  readonly readOnly: ReadonlySet<string>;
  readonly writeOnly: ReadonlySet<string>;
  /** Cannot change without a new resource. */
  readonly createOnly: ReadonlySet<string>;
  readonly identifiers: readonly string[];
  readonly tagProperty: string | undefined;
  private readonly transforms: JsonObject;
  private readonly blocks: JsonObject;
  private readonly own: JsonObject;
  private readonly elementPrefixes: ReadonlyMap<string, readonly (readonly [string, string])[]>;

  constructor(entry: JsonObject) {
    const part = (name: string): JsonObject => {
      const value = read(entry, name);
      return isObject(value) ? value : {};
    };
    this.readOnly = paths(read(entry, 'ro'));
    this.writeOnly = paths(read(entry, 'wo'));
    this.createOnly = paths(read(entry, 'co'));
    this.identifiers = [...paths(read(entry, 'id'))];
    const tags = read(entry, 'tags');
    this.tagProperty = typeof tags === 'string' ? tags : undefined;
    this.transforms = part('tr');
    this.blocks = part('defs');
    this.own = part('p');
    const prefixes = new Map<string, (readonly [string, string])[]>();
    for (const path of Object.keys(this.transforms)) {
      const prefix = this.prefix(path);
      const [, list, name] = /^(.+)\.\*\.(\w+)$/.exec(path) ?? [];
      if (prefix !== undefined && list !== undefined && name !== undefined)
        prefixes.set(list, [[name, prefix]]);
    }
    this.elementPrefixes = prefixes;
  }

  /** Properties of a block, or of the type itself when `code` is undefined; undefined when the shape is not known. */
  properties(code: string | undefined): JsonObject | undefined {
    if (code === undefined) return this.own;
    if (!code.startsWith('#')) return undefined;
    const block = read(this.blocks, code.slice(1));
    return isObject(block) ? block : undefined;
  }

  property(code: string | undefined, name: string): CfnProperty | undefined {
    const entry = read(this.properties(code) ?? {}, name);
    return entry === undefined ? undefined : property(entry);
  }

  /** The word for how CloudFormation itself rewrites this value before comparing; see docs/catalogues.md. */
  transform(path: string): string | undefined {
    const word = read(this.transforms, path);
    return typeof word === 'string' ? word : undefined;
  }

  /** Text the service puts in front of the declared value of this property. */
  prefix(path: string): string | undefined {
    const word = this.transform(path);
    return word?.startsWith('prefix ') === true ? word.slice('prefix '.length) : undefined;
  }

  /** The same for one property of the elements of this list: its name and the text. */
  elementPrefix(path: string): readonly [name: string, prefix: string] | undefined {
    for (const [name, prefix] of this.elementPrefixes.get(path) ?? []) return [name, prefix];
    return undefined;
  }
}

const schemas = new WeakMap<JsonObject, CfnSchema>();

/** Catalogue name of a CloudFormation type: `AWS::S3::Bucket` is in `aws/cfn/s3`. */
export function cfnCatalogue(type: string): string {
  const [vendor = '', service = ''] = type.toLowerCase().split('::');
  return `aws/cfn/${vendor === 'aws' ? service : `${vendor}-${service}`}`;
}

/** Null for a type the registry did not publish: it is then compared without a schema. */
export function cfnSchema(type: string, knowledge: Knowledge): CfnSchema | null {
  const catalogue = knowledge.load(cfnCatalogue(type));
  const entry = catalogue ? read(catalogue, type) : undefined;
  if (!isObject(entry)) return null;
  const known = schemas.get(entry);
  if (known) return known;
  const schema = new CfnSchema(entry);
  schemas.set(entry, schema);
  return schema;
}
