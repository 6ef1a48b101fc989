import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import { canonicalText, isObject, read } from '../values.js';
import { canonicalCidr } from './cidr-spelling.js';
import { canonicalProtocol } from './ip-protocol.js';

/** One protocol, one range of ports, one source: what a security group rule comes down to in every vocabulary. */
export interface RuleAtom {
  /** Equal for equal rules. */
  readonly key: string;
  /** The same for people. */
  readonly shown: JsonObject;
}

export function first(rule: JsonObject, ...names: string[]): JsonValue | undefined {
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
  'source',
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

/** The atoms of a rule as hashicorp/aws, CloudFormation, Describe or AWS Config write it; undefined when it is no rule. */
export function ruleAtoms(rule: JsonValue, self: string | null): RuleAtom[] | undefined {
  if (!isObject(rule)) return undefined;
  const protocol = canonicalProtocol(
    first(rule, 'protocol', 'ip_protocol', 'IpProtocol', 'ipProtocol'),
  );
  if (protocol === undefined) return undefined;
  const port = (...names: string[]): number | null => {
    const value = first(rule, ...names);
    return protocol === '-1' || value === undefined ? null : Number(value);
  };
  const from = port('from_port', 'FromPort', 'fromPort');
  const to = port('to_port', 'ToPort', 'toPort');
  const sources = [
    ...each(rule, RANGES, ['CidrIp', 'CidrIpv6', 'cidrIp', 'cidrIpv6']),
    ...each(rule, GROUPS, ['GroupId', 'groupId']).map((one) => one.split('/').at(-1) ?? one),
    ...each(rule, LISTS, ['PrefixListId', 'prefixListId']),
    ...(read(rule, 'self') === true ? [self ?? 'self'] : []),
  ];
  // A rule whose source this does not know is only equal to itself.
  if (sources.length === 0) sources.push(canonicalText(rule));
  const found = new Map(
    sources.map((source): [string, RuleAtom] => {
      const key = `${protocol} ${from ?? '*'}-${to ?? '*'} ${canonicalCidr(source) ?? source}`;
      return [key, { key, shown: { protocol, from_port: from, to_port: to, source } }];
    }),
  );
  return [...found.values()];
}

/** All atoms of a list of rules, by key; undefined when something in it is no rule. */
export function listAtoms(
  rules: JsonValue | undefined,
  self: string | null,
): ReadonlyMap<string, RuleAtom> | undefined {
  if (rules === undefined || rules === null || rules === '') return new Map();
  if (!Array.isArray(rules)) return undefined;
  const found = new Map<string, RuleAtom>();
  for (const rule of rules) {
    const atoms = ruleAtoms(rule, self);
    if (!atoms) return undefined;
    for (const atom of atoms) found.set(atom.key, atom);
  }
  return found;
}

/** The live rule a declared one was turned into: its source with other ports, or its ports with another source. */
export function turnedInto(wanted: RuleAtom, free: readonly RuleAtom[]): RuleAtom | undefined {
  const agrees = (...names: string[]) =>
    free.filter(({ shown }) =>
      names.every((name) => read(shown, name) === read(wanted.shown, name)),
    );
  for (const found of [agrees('source', 'protocol'), agrees('protocol', 'from_port', 'to_port')]) {
    const [only] = found;
    if (only !== undefined) return found.length === 1 ? only : undefined;
  }
  return undefined;
}
