import type { FieldFacts } from '../../field.js';
import type { CfnProperty, CfnSchema } from './cfn-schema.js';

/** Lists that are about their order: first match wins, or one thing is done after another. */
export const SEQUENCE =
  /(layers|stages|steps|actions|behaviors|rules|transformations|processors|commands?|entry_?point|args|arguments|order|priorit\w+|setup|shutdown|sort|hierarchies|columns|colors|path|polygon|definition)$/i;

/** A block that carries its own place, whatever the list's order. */
const OWN_PLACE =
  /^(Priority|Order|RunOrder|RuleNumber|RulePriority|Precedence|Position|Index|Rank)$/;

/** Lists of name and value the service completes with every setting it knows; the code names only the ones it sets. */
const SETTING_BAG = /(Attributes|Settings|Parameters|OptionSettings|Options)$/;
const SETTING_NAME = /^(Key|Name|Namespace|OptionName|ParameterName|AttributeName)$/;

/** What others may attach to a machine without touching what the code attached (F59). */
const ATTACHMENTS = /^(BlockDeviceMappings|Volumes|NetworkInterfaces)$/;

/** Values no API gives back, whatever the schema says. */
const SECRET =
  /(password|passphrase|secret|secret_?string|auth_?token|private_?key|shared_?key|pre_?shared_?key)$/i;

/**
 * Words a service spells in its own case. Identifiers are stored in lower case ("The identifier … stored as a lowercase
 * string": RDS, DMS, ElastiCache, Redshift API references).
 */
const TOKEN_NAME = /(Type|Mode|Engine|Identifier|Status|State|Protocol|Family)$/;

/** HTTP header and query argument names ("FieldToMatch": not case-sensitive, AWS WAF API reference). */
const HTTP_NAME = /\.Single(Header|QueryArgument)\.Name$/;

const element = (code: string): string => (/^[[<~!]/.test(code) ? code.slice(1) : '');

/** Things done one after another, told apart by a name: the order is the content (CodePipeline, `Stages`; EMR, `Steps`). */
const ONE_AFTER_ANOTHER = /(stages|steps)$/i;

function order(name: string, code: string, schema: CfnSchema): FieldFacts['order'] {
  if (code.startsWith('<')) return 'set';
  if (!/^[~[]/.test(code)) return undefined;
  if (ONE_AFTER_ANOTHER.test(name)) return 'significant';
  const block = schema.properties(element(code));
  if (block && Object.keys(block).some((key) => OWN_PLACE.test(key))) return 'set';
  return SEQUENCE.test(name) ? undefined : 'set';
}

function meaning(schema: CfnSchema, path: string, name: string): FieldFacts['kind'] {
  if (schema.tagProperty === path || /^(\w*Tags)$/.test(name)) return 'tags';
  const transform = schema.transform(path);
  if (transform === 'version' || name.endsWith('Version')) return 'version';
  if (transform === 'dot' || transform === 'dot-case') return 'dns-name';
  return undefined;
}

function ignoresCase(
  schema: CfnSchema,
  path: string,
  name: string,
  property: CfnProperty,
): boolean {
  if (property.caseInsensitive || property.enumeration !== undefined) return true;
  if (schema.transform(path)?.endsWith('case') === true) return true;
  if (property.code !== 's') return false;
  // What cannot change without a new resource cannot have drifted by case alone: the service rewrote it.
  return schema.createOnly.has(path) || TOKEN_NAME.test(name) || HTTP_NAME.test(path);
}

function settingBag(name: string, code: string, schema: CfnSchema): FieldFacts {
  if (ATTACHMENTS.test(name)) return { extras: 'potential' };
  if (!SETTING_BAG.test(name)) return {};
  if (code === 'j' || code.startsWith('{')) return { extras: 'unknown' };
  const keys = Object.keys(schema.properties(element(code)) ?? {});
  if (!keys.some((key) => key.endsWith('Value'))) return {};
  const identity = keys.filter((key) => SETTING_NAME.test(key));
  return { extras: 'unknown', ...(identity.length > 0 && { identity }) };
}

/**
 * Whether absence proves nothing: secrets are never returned, and what cannot change without a new resource cannot have
 * been taken away from this one.
 */
function isUnreadable(schema: CfnSchema, path: string, name: string, code: string): boolean {
  return schema.createOnly.has(path) || (SECRET.test(name) && code === 's');
}

/** What the published schema says of one property, in the words the walk and the comparators know. */
export function cfnFacts(
  schema: CfnSchema,
  path: string,
  name: string,
  property: CfnProperty,
): FieldFacts {
  const { code } = property;
  const kind = meaning(schema, path, name);
  const listOrder = order(name, code, schema);
  const writeOnly = schema.writeOnly.has(path);
  return {
    ...(kind !== undefined && { kind }),
    ...(listOrder !== undefined && { order: listOrder }),
    ...(property.uniqueKeys.length > 0 && { identity: property.uniqueKeys }),
    ...(schema.readOnly.has(path) && { readOnly: true }),
    ...(writeOnly && { writeOnly: true }),
    ...(isUnreadable(schema, path, name, code) && { absence: 'unreadable' as const }),
    ...(SECRET.test(name) && code === 's' && { sensitive: true }),
    ...(ignoresCase(schema, path, name, property) && { caseInsensitive: true }),
    ...settingBag(name, code, schema),
    ...(property.fixedDefault !== undefined && { default: property.fixedDefault }),
  };
}
