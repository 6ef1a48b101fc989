import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { listAtoms, ruleAtoms } from '../../comparators/security-group-atoms.js';
import type { Pair } from '../../field.js';
import { identical, isEmpty, isObject, read } from '../../values.js';
import { indexKeys, squash } from './name-match.js';
import { partEntry } from './part-catalogue.js';
import { answeredNames } from './answered-names.js';
import { texts } from './texts.js';

/** Both sides of a resource, or of the part of another it stands for. */
export interface PartView {
  readonly declared: JsonObject;
  readonly actual: JsonObject;
  /** Names whose absence says something, where they differ from those of the whole. */
  readonly answered?: readonly string[];
  /** The resource is one member of a list of its parent (an attachment), not the whole list. */
  readonly member: boolean;
}

/** What is known of a part whose live side is its parent; undefined where an API lists the part by itself. */
export function partOf({ declared, actual, knowledge }: Pair): JsonObject | undefined {
  const part = partEntry(declared.type, knowledge);
  if (!part) return undefined;
  const own = declared.type.startsWith('AWS::')
    ? [declared.type]
    : texts(knowledge.load('aws/terraform-types')?.[declared.type]);
  const parents = texts(part.parent);
  return own.includes(actual.type) && !parents.includes(actual.type) ? undefined : part;
}

/** The member of a list of parts that has the declared name (`rolePolicyList`); undefined when none has. */
function memberOf(list: readonly JsonValue[], part: JsonObject, own: JsonObject) {
  const element = read(part, 'element');
  const [[name, key] = []] = isObject(element) ? Object.entries(element) : [];
  if (name === undefined || typeof key !== 'string') return undefined;
  return list.filter(isObject).find((one) => {
    const held = indexKeys(one).get(squash(key));
    return held !== undefined && identical(read(one, held), read(own, name));
  });
}

/** A resource that is one part of another (`aws_s3_bucket_versioning`) is compared with that part of it. */
export function openPart(pair: Pair, whole: JsonObject): PartView {
  const { attributes } = pair.declared;
  const part = partOf(pair);
  if (!part) return { declared: attributes, actual: whole, member: false };
  const reference = read(part, 'reference');
  const references = typeof reference === 'string' ? [reference] : texts(reference);
  const own = Object.fromEntries(
    Object.entries(attributes).filter(([key]) => !references.includes(key)),
  );
  const places = texts(read(part, 'part'));
  if (places.length === 0) return { declared: own, actual: whole, member: true };
  const held = places
    .map((name) => read(whole, name))
    .map((value) => (Array.isArray(value) ? memberOf(value, part, own) : value))
    .find((value) => isObject(value));
  if (!isObject(held)) return absentPart(pair, own, whole, places);
  const unwrap = read(part, 'unwrap');
  const wrapped = typeof unwrap === 'string' && !isEmpty(read(own, unwrap));
  return { declared: own, actual: wrapped ? { [unwrap]: held } : held, member: false };
}

/** The answer lacks the whole part: it is not set up, if the API would have said so otherwise. */
function absentPart(
  pair: Pair,
  own: JsonObject,
  whole: JsonObject,
  places: readonly string[],
): PartView {
  const known = new Set(answeredNames(pair));
  if (!places.some((name) => known.has(name) || Array.isArray(read(whole, name))))
    return { declared: own, actual: whole, member: false };
  return { declared: own, actual: {}, answered: Object.keys(own), member: false };
}

/** `aws_security_group_rule` against the group it opens: its protocol, ports and sources must all be there. */
export function openRule({ declared, actual }: Pair, whole: JsonObject): PartView | undefined {
  if (declared.type !== 'aws_security_group_rule') return undefined;
  const direction = read(declared.attributes, 'type') === 'egress' ? 'egress' : 'ingress';
  const names = direction === 'egress' ? EGRESS : INGRESS;
  const held = names.map((name) => read(whole, name)).find((value) => Array.isArray(value));
  const self = /(sg-[0-9a-z]+)$/.exec(actual.id)?.[1] ?? actual.id;
  const there = listAtoms(held ?? [], self);
  const wanted = ruleAtoms(declared.attributes, self);
  if (!there || !wanted) return undefined;
  const shown = wanted.map((atom) => atom.shown);
  const found = wanted.filter(({ key }) => there.has(key)).map((atom) => atom.shown);
  return { declared: { [direction]: shown }, actual: { [direction]: found }, member: false };
}

const INGRESS = ['ipPermissions', 'IpPermissions', 'SecurityGroupIngress'];
const EGRESS = ['ipPermissionsEgress', 'IpPermissionsEgress', 'SecurityGroupEgress'];
