import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import type { Field } from '../field.js';
import { isObject, read } from '../values.js';
import { canonicalCidr } from './cidr-spelling.js';
import { canonicalProtocol } from './ip-protocol.js';

const RULES = /^(ingress|egress|SecurityGroup(Ingress|Egress)|[Ii]pPermissions(Egress)?)$/;

function first(rule: JsonObject, ...names: string[]): JsonValue | undefined {
  for (const name of names) {
    const value = read(rule, name);
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return undefined;
}

function each(rule: JsonObject, names: readonly string[], inner: readonly string[]): string[] {
  return names.flatMap((name) => {
    const value = read(rule, name);
    const values = Array.isArray(value) ? value : [value];
    return values.flatMap((one) => {
      const text = isObject(one) ? first(one, ...inner) : one;
      return typeof text === 'string' && text !== '' ? [text] : [];
    });
  });
}

const RANGES = [
  'cidr_blocks',
  'ipv6_cidr_blocks',
  'cidr_ipv4',
  'cidr_ipv6',
  'CidrIp',
  'CidrIpv6',
  'IpRanges',
  'Ipv6Ranges',
  'ipv4Ranges',
  'ipv6Ranges',
  'ipRanges',
];
const GROUPS = [
  'security_groups',
  'source_security_group_id',
  'referenced_security_group_id',
  'SourceSecurityGroupId',
  'DestinationSecurityGroupId',
  'UserIdGroupPairs',
  'userIdGroupPairs',
];
const LISTS = [
  'prefix_list_ids',
  'prefix_list_id',
  'SourcePrefixListId',
  'DestinationPrefixListId',
  'PrefixListIds',
  'prefixListIds',
];

/** One line per protocol, ports and source, in any of the three vocabularies; undefined when it is no rule. */
function atoms(rule: JsonValue, self: string | null): string[] | undefined {
  if (!isObject(rule)) return undefined;
  const raw = first(rule, 'protocol', 'ip_protocol', 'IpProtocol', 'ipProtocol');
  const protocol = canonicalProtocol(raw);
  if (protocol === undefined) return undefined;
  const port = (...names: string[]): string => {
    const value = first(rule, ...names);
    return protocol === '-1' || value === undefined ? '*' : JSON.stringify(Number(value));
  };
  const ports = `${port('from_port', 'FromPort', 'fromPort')}-${port('to_port', 'ToPort', 'toPort')}`;
  const sources = [
    ...each(rule, RANGES, ['CidrIp', 'CidrIpv6', 'cidrIp', 'cidrIpv6']).map(
      (one) => canonicalCidr(one) ?? one,
    ),
    ...each(rule, GROUPS, ['GroupId', 'groupId']).map((one) => one.split('/').at(-1) ?? one),
    ...each(rule, LISTS, ['PrefixListId', 'prefixListId']),
    ...(read(rule, 'self') === true ? [self ?? 'self'] : []),
  ];
  return [...new Set(sources)].map((source) => `${protocol} ${ports} ${source}`);
}

function flatten(rules: JsonValue | undefined, self: string | null): Set<string> | undefined {
  if (rules === undefined || rules === null || rules === '') return new Set();
  if (!Array.isArray(rules)) return undefined;
  const all = rules.map((rule) => atoms(rule, self));
  return all.includes(undefined) ? undefined : new Set(all.flatMap((one) => one ?? []));
}

/** Rules that separate resources own for this group: in the code beside it, or in the fact `siblings` (F58). */
function siblingRules(field: Field, self: string | null): { known: boolean; atoms: Set<string> } {
  const { declared, scan } = field.pair;
  const egress = /egress/i.test(field.key);
  const direction = egress ? 'egress' : 'ingress';
  const belongs = (rule: JsonObject): boolean => {
    const group = first(rule, 'security_group_id', 'security_group', 'GroupId');
    return group === self || group === declared.id || group === read(declared.attributes, 'name');
  };
  const separate = [
    ...scan.estate
      .declaredOfType('aws_security_group_rule')
      .filter((one) => read(one.attributes, 'type') === direction),
    ...scan.estate.declaredOfType(`aws_vpc_security_group_${direction}_rule`),
    ...scan.estate.declaredOfType(`AWS::EC2::SecurityGroup${egress ? 'Egress' : 'Ingress'}`),
  ].map((one) => one.attributes);
  const fact = read(scan.facts, 'siblings');
  const given = Array.isArray(fact)
    ? fact
        .filter(isObject)
        .filter((one) => read(one, 'type_') === undefined || read(one, 'type_') === direction)
    : [];
  const own = [...separate, ...given].filter(belongs);
  return { known: own.length > 0, atoms: new Set(own.flatMap((rule) => atoms(rule, self) ?? [])) };
}

/**
 * The rules of a security group as a set of (protocol, ports, source), however they are grouped and spelled (F5, F13,
 * F29), without the rules that separate rule resources own (F58). Where the code declares none inline and nothing is
 * known of separate ones, rules found there may have another owner: potential.
 */
export const securityGroupRules: Comparator = {
  name: 'security-group-rules',
  rule(declared, actual, field) {
    if (!RULES.test(field.key) || field.facts.order === 'significant') return undefined;
    const { id } = field.pair.actual;
    const self = /(sg-[0-9a-z]+)$/.exec(id)?.[1] ?? id;
    const left = flatten(declared, self);
    const right = flatten(actual, self);
    if (!left || !right || !Array.isArray(actual)) return undefined;
    const siblings = siblingRules(field, self);
    const extra = [...right].filter((rule) => !left.has(rule) && !siblings.atoms.has(rule));
    const gone = [...left].filter((rule) => !right.has(rule));
    if (extra.length === 0 && gone.length === 0) {
      return {
        kind: 'same',
        why: 'The same rules, grouped or spelled differently, or owned by separate rule resources.',
      };
    }
    if (left.size === 0 && !siblings.known) {
      return {
        kind: 'differs',
        verdict: 'potential',
        why: 'The code declares no rule inline; these may belong to rule resources this scan does not see.',
      };
    }
    const foreign = (rule: JsonValue): boolean => {
      const own = atoms(rule, self) ?? [];
      return own.length > 0 && own.every((one) => siblings.atoms.has(one) && !left.has(one));
    };
    const rest = actual.filter((rule) => !foreign(rule));
    if (rest.length === actual.length) return undefined;
    return {
      kind: 'view',
      declared: declared ?? [],
      actual: rest,
      why: 'Rules that separate resources own are set aside.',
      sets: true,
    };
  },
};
