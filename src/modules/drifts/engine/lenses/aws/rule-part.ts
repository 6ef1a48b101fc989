import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { canonicalProtocol } from '../../comparators/ip-protocol.js';
import {
  first,
  listAtoms,
  ruleAtoms,
  type RuleAtom,
  turnedInto,
} from '../../comparators/security-group-atoms.js';
import type { Pair } from '../../field.js';
import { isEmpty, isObject, read } from '../../values.js';
import { isPlain } from './part-member.js';
import { unknownPart, type PartView } from './terraform-part.js';

const LIVE = {
  ingress: ['ipPermissions', 'IpPermissions', 'SecurityGroupIngress'],
  egress: ['ipPermissionsEgress', 'IpPermissionsEgress', 'SecurityGroupEgress'],
} as const;
type Direction = keyof typeof LIVE;

/** What a rule says, in any of its vocabularies; everything else of the resource is the provider's own bookkeeping. */
const WORDS =
  /^(from_?port|to_?port|(ip_?)?protocol|cidr_?(blocks|ip|ipv4|ipv6)|ipv6_cidr_blocks|(source|destination|referenced)?_?security_?group_?(id|name)|(source|destination)?_?prefix_?list_?ids?|self|description)$/i;
const OWN_GROUP = /^(security_group_id|GroupId|GroupName|group_id)$/;

/** Which way a rule resource opens its group; undefined for any other type. */
function directionOf(type: string, attributes: JsonObject): Direction | undefined {
  if (type === 'aws_security_group_rule')
    return read(attributes, 'type') === 'egress' ? 'egress' : 'ingress';
  const [, word] =
    /^aws_vpc_security_group_(ingress|egress)_rule$|^AWS::EC2::SecurityGroup(Ingress|Egress)$/
      .exec(type)
      ?.filter(Boolean) ?? [];
  return word?.toLowerCase() === 'egress' ? 'egress' : word === undefined ? undefined : 'ingress';
}

/** Descriptions by source, as answers keep them beside each range or group. */
function descriptionOf(rules: readonly JsonValue[], key: string, self: string): string | undefined {
  for (const rule of rules) {
    for (const [name, list] of Object.entries(isObject(rule) ? rule : {})) {
      for (const one of Array.isArray(list) ? list : []) {
        const only = isObject(rule) && isObject(one) ? narrowed(rule, name, one) : undefined;
        if (only === undefined || ruleAtoms(only, self)?.some((atom) => atom.key === key) !== true)
          continue;
        const text = isObject(one) ? first(one, 'description', 'Description') : undefined;
        if (typeof text === 'string') return text;
      }
    }
    const flat = isObject(rule) ? first(rule, 'description', 'Description') : undefined;
    const mine = ruleAtoms(rule, self)?.some((atom) => atom.key === key) === true;
    if (mine && typeof flat === 'string') return flat;
  }
  return undefined;
}

const SOURCES = /ranges|pairs|prefixlistids/i;

/** The rule with one source only. */
function narrowed(rule: JsonObject, name: string, one: JsonObject): JsonObject | undefined {
  if (!SOURCES.test(name)) return undefined;
  const rest = Object.entries(rule).filter(([key]) => !SOURCES.test(key));
  return { ...Object.fromEntries(rest), [name]: [one] };
}

/** Rules other resources of the code declare for the same group; a live rule among them is theirs. */
function declaredElsewhere({ declared, scan }: Pair, direction: Direction, self: string) {
  const types = [
    'aws_security_group_rule',
    `aws_vpc_security_group_${direction}_rule`,
    `AWS::EC2::SecurityGroup${direction === 'egress' ? 'Egress' : 'Ingress'}`,
  ];
  const group = scan.estate
    .declaredOfType('aws_security_group')
    .filter(({ id, attributes }) => id === self || read(attributes, 'id') === self)
    .flatMap(({ attributes }) => [...(listAtoms(read(attributes, direction), self)?.keys() ?? [])]);
  const others = types
    .flatMap((type) => scan.estate.declaredOfType(type))
    .filter(({ address, type, attributes }) =>
      address === declared.address ? false : directionOf(type, attributes) === direction,
    );
  const apart = others.flatMap(({ attributes }) => ruleAtoms(attributes, self) ?? []);
  return new Set([...group, ...apart.map(({ key }) => key)]);
}

const kindOf = (source: JsonValue | undefined): string => {
  const text = typeof source === 'string' ? source : '';
  const [, drawn] = /^(sg|pl)-/.exec(text) ?? [];
  return drawn ?? (text.includes(':') ? 'ipv6' : 'ipv4');
};

/** A live rule in the words the code has for this one. */
function inWords(own: JsonObject, { shown }: RuleAtom, wanted: RuleAtom): JsonObject | undefined {
  const told: JsonObject = {};
  for (const [name, value] of Object.entries(own)) {
    const isPort = /^(from|to)_?port$/i.test(name);
    if (isPort) {
      const live = read(shown, /^from/i.test(name) ? 'from_port' : 'to_port');
      told[name] = live ?? value;
    } else if (/protocol$/i.test(name)) told[name] = read(shown, 'protocol') ?? value;
    else told[name] = value;
  }
  const [was, now] = [read(wanted.shown, 'source'), read(shown, 'source')];
  if (was === now) return told;
  if (kindOf(was) !== kindOf(now)) return undefined;
  const [place] = Object.entries(own).find(([, value]) =>
    Array.isArray(value) ? value.length === 1 : value === was,
  ) ?? [undefined];
  if (place === undefined || now === undefined) return undefined;
  return { ...told, [place]: Array.isArray(own[place]) ? [now] : now };
}

/** A list of sources as far as the group still has them. */
function stillThere(own: JsonObject, live: ReadonlyMap<string, RuleAtom>, self: string) {
  const told: JsonObject = { ...own };
  for (const [name, value] of Object.entries(own)) {
    if (!Array.isArray(value)) continue;
    const without = Object.entries(own).filter(([, other]) => !Array.isArray(other));
    const rule = Object.fromEntries(without.filter(([key]) => key !== 'self'));
    told[name] = value.filter((one) =>
      ruleAtoms({ ...rule, [name]: [one] }, self)?.every(({ key }) => live.has(key)),
    );
  }
  return told;
}

/**
 * A rule resource against the group it opens, of which AWS Config and Describe calls only know the rules as such: its
 * protocol, ports and sources must be there. A rule that only changed its ports or its source is shown as changed.
 */
export function openRule(pair: Pair, whole: JsonObject): PartView | undefined {
  const { attributes, type } = pair.declared;
  const direction = directionOf(type, attributes);
  if (direction === undefined) return undefined;
  const held = LIVE[direction].map((name) => read(whole, name)).find(Array.isArray);
  const self = /(sg-[0-9a-z]+)$/.exec(pair.actual.id)?.[1] ?? pair.actual.id;
  const live = listAtoms(held ?? [], self);
  const own = Object.fromEntries(
    Object.entries(attributes).filter(
      ([name, value]) =>
        WORDS.test(name) && !OWN_GROUP.test(name) && !isEmpty(value) && value !== false,
    ),
  );
  const wanted = ruleAtoms(own, self);
  if (
    !live ||
    !wanted ||
    canonicalProtocol(first(own, 'protocol', 'ip_protocol', 'IpProtocol')) === undefined
  )
    return undefined;
  const source = Object.entries(own).filter(([name]) =>
    /cidr|group|prefix_?list|^self$/i.test(name),
  );
  const plain = source.every(([name, value]) => {
    const all = Array.isArray(value) ? value : [value];
    return all.every(isPlain) && !pair.declared.unresolvedPaths.some((one) => one.startsWith(name));
  });
  if (source.length === 0 || !plain) return unknownPart(own);
  const found = wanted.filter(({ key }) => live.has(key));
  const [one] = wanted;
  const descriptions = (key: string): JsonObject => {
    const name = Object.keys(own).find((word) => /^description$/i.test(word));
    const text = name === undefined ? undefined : descriptionOf(held ?? [], key, self);
    return name === undefined || text === undefined ? {} : { [name]: text };
  };
  if (found.length > 0 && found[0]) {
    const told = found.length === wanted.length ? own : stillThere(own, live, self);
    return { declared: own, actual: { ...told, ...descriptions(found[0].key) }, member: false };
  }
  const taken = declaredElsewhere(pair, direction, self);
  const free = [...live.values()].filter(({ key }) => !taken.has(key));
  const other = one && wanted.length === 1 ? turnedInto(one, free) : undefined;
  const told = one && other && inWords(own, other, one);
  if (told) return { declared: own, actual: told, member: false };
  const gone = `${pair.actual.id} has no such rule.`;
  return { declared: own, actual: {}, answered: Object.keys(own), member: false, gone };
}
