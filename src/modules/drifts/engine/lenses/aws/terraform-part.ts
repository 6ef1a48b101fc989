import type { JsonObject } from '../../../../../core/providers/index.js';
import type { Pair } from '../../field.js';
import { isDeepEmpty, isEmpty, isObject, read } from '../../values.js';
import { memberOf, namesMember } from './part-member.js';
import { isOff } from './native-value.js';
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
  /** Why the part is gone as a whole. */
  readonly gone?: string;
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
  const element = read(part, 'element');
  const as = read(part, 'as');
  const document = typeof as === 'string';
  const held = places
    .map((name) => read(whole, name))
    .map((value) => (Array.isArray(value) ? memberOf(value, element, own) : value))
    .find((value) => isObject(value) || (document && typeof value === 'string'));
  if ((!isObject(held) && !(document && typeof held === 'string')) || isDeepEmpty(held)) {
    if (element !== undefined && !namesMember(pair, element, own)) return unknownPart(own);
    return absentPart(pair, own, whole, part);
  }
  if (document) return { declared: own, actual: { [as]: held }, member: false };
  const unwrap = read(part, 'unwrap');
  const wrapped = typeof unwrap === 'string' && !isEmpty(read(own, unwrap));
  const answered = texts(read(part, 'answered'));
  return {
    declared: own,
    actual: wrapped ? { [unwrap]: held } : isObject(held) ? held : {},
    member: false,
    ...(answered.length > 0 && { answered }),
  };
}

/** The answer lacks the whole part: it is not set up, if the API would have said so otherwise. */
function absentPart(pair: Pair, own: JsonObject, whole: JsonObject, part: JsonObject): PartView {
  const places = texts(read(part, 'part'));
  const known = new Set([...answeredNames(pair), ...Object.keys(whole)]);
  if (part.speaks !== true && !places.some((name) => known.has(name)))
    return { declared: own, actual: whole, member: false };
  const says = Object.entries(own).filter(([key]) => !BOOKKEEPING.test(key));
  const off = says.every(([, value]) => isOff(value));
  return {
    declared: own,
    actual: {},
    answered: Object.keys(own),
    member: false,
    ...(!off && { gone: `${pair.actual.id} does not have it.` }),
  };
}

/** What a state knows of a part beside what it sets. */
const BOOKKEEPING = /^(id|arn|region|expected_bucket_owner|timeouts)$/;

/** The code does not say in so many words which member of the parent's list it is: nobody can tell whether it is there. */
export function unknownPart(own: JsonObject): PartView {
  return { declared: own, actual: {}, answered: [], member: false };
}
