import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import { isObject, read } from '../values.js';
import { ruleAtoms, type RuleAtom } from './security-group-atoms.js';

/** How a vocabulary writes protocol, ports and sources; `listed` means one rule may hold many sources. */
interface RuleWords {
  readonly base: readonly [protocol: string, from: string, to: string];
  readonly v4: string;
  readonly v6: string;
  readonly group: string;
  readonly list: string;
  readonly listed: boolean;
}

const TERRAFORM: RuleWords = {
  base: ['protocol', 'from_port', 'to_port'],
  v4: 'cidr_blocks',
  v6: 'ipv6_cidr_blocks',
  group: 'security_groups',
  list: 'prefix_list_ids',
  listed: true,
};
const cloudFormation = (side: 'Source' | 'Destination'): RuleWords => ({
  base: ['IpProtocol', 'FromPort', 'ToPort'],
  v4: 'CidrIp',
  v6: 'CidrIpv6',
  group: `${side}SecurityGroupId`,
  list: `${side}PrefixListId`,
  listed: false,
});

/** The words of a declared list of rules; undefined for a vocabulary code is not written in. */
export function ruleWords(
  rules: readonly JsonValue[],
  key: string,
  format: string,
): RuleWords | undefined {
  const objects = rules.filter(isObject);
  if (objects.length !== rules.length) return undefined;
  const has = (name: string): boolean => objects.every((rule) => Object.hasOwn(rule, name));
  if (format.startsWith('terraform-')) return has('protocol') ? TERRAFORM : undefined;
  if (format !== 'cfn-properties' || !has('IpProtocol')) return undefined;
  return cloudFormation(/egress/i.test(key) ? 'Destination' : 'Source');
}

function wordFor(source: string, words: RuleWords): string {
  if (source.startsWith('sg-')) return words.group;
  if (source.startsWith('pl-')) return words.list;
  return source.includes(':') ? words.v6 : words.v4;
}

function baseOf(rule: JsonObject, words: RuleWords): string {
  const only = Object.fromEntries(words.base.map((name) => [name, read(rule, name) ?? null]));
  const [atom] =
    ruleAtoms({ ...only, [words.v4]: words.listed ? ['0.0.0.0/0'] : '0.0.0.0/0' }, null) ?? [];
  return atom?.key ?? '';
}

/** One rule without the sources the live side does not have; the fields that lost one are in `lost`. */
function remaining(
  rule: JsonObject,
  live: ReadonlySet<string>,
  self: string | null,
  words: RuleWords,
) {
  const lost = new Set<string>();
  const fields = [words.v4, words.v6, words.group, words.list, 'self'];
  const only = Object.fromEntries(words.base.map((name) => [name, read(rule, name) ?? null]));
  const isThere = (field: string, source: JsonValue): boolean =>
    (ruleAtoms({ ...only, [field]: source }, self) ?? []).every(({ key }) => live.has(key));
  const kept: JsonObject = { ...rule };
  for (const field of fields) {
    const value = read(rule, field);
    if (Array.isArray(value)) {
      kept[field] = value.filter((source) => isThere(field, [source]));
      if (value.length > kept[field].length) lost.add(field);
    } else if (typeof value === 'string' && value !== '' && !isThere(field, value)) {
      kept[field] = null;
      lost.add(field);
    } else if (value === true && !isThere(field, true)) {
      kept[field] = false;
      lost.add(field);
    }
  }
  return { kept, lost };
}

/**
 * The live rules in the words and the grouping of the code: what is still there stands in its own rule, a source opened
 * for the same protocol and ports stands beside it, anything else is a rule of its own. Undefined where a rule names a
 * source that cannot be told.
 */
export function liveRules(
  declared: readonly JsonValue[],
  live: ReadonlyMap<string, RuleAtom>,
  known: ReadonlySet<string>,
  self: string | null,
  words: RuleWords,
): JsonValue[] | undefined {
  const keys = new Set(live.keys());
  const rules = declared.filter(isObject).map((rule) => ({
    ...remaining(rule, keys, self, words),
    base: baseOf(rule, words),
  }));
  const opened: JsonObject[] = [];
  for (const [key, { shown }] of live) {
    if (known.has(key)) continue;
    const { source = null, protocol = null, from_port = null, to_port = null } = shown;
    if (typeof source !== 'string' || source.startsWith('{')) return undefined;
    const mine = source === self && rules.some(({ lost }) => lost.has('self'));
    const field = mine ? 'self' : wordFor(source, words);
    const [first, second, third] = words.base;
    const fresh: JsonObject = { [first]: protocol, [second]: from_port, [third]: to_port };
    const base = baseOf(fresh, words);
    const same = rules.filter((rule) => rule.base === base);
    const home = same.find(({ lost }) => lost.has(field)) ?? (words.listed ? same[0] : undefined);
    const value = field === 'self' ? true : words.listed ? [source] : source;
    if (!home) {
      opened.push({ ...wordsBeside(rules, field, words), ...fresh, [field]: value });
      continue;
    }
    const held = read(home.kept, field);
    const more = Array.isArray(held) && field !== 'self' ? [...held, source] : value;
    home.kept[field] = more;
    if (!words.listed || field === 'self') home.lost.delete(field);
  }
  const still = rules.filter(({ kept, lost }) => lost.size === 0 || hasSource(kept, words));
  return [...still.map(({ kept }) => kept), ...opened];
}

/**
 * What a rule says beside protocol, ports and sources (its description), where one rule lost this source altogether: a rule that
 * moved to other ports keeps its words.
 */
function wordsBeside(
  rules: readonly { kept: JsonObject; lost: ReadonlySet<string> }[],
  field: string,
  words: RuleWords,
): JsonObject {
  const moved = rules.filter(({ kept, lost }) => lost.has(field) && !hasSource(kept, words));
  const [only] = moved;
  if (only === undefined || moved.length > 1) return {};
  return words.listed ? only.kept : { ...only.kept, [field]: null };
}

function hasSource(rule: JsonObject, words: RuleWords): boolean {
  return [words.v4, words.v6, words.group, words.list, 'self'].some((field) => {
    const value = read(rule, field);
    return Array.isArray(value)
      ? value.length > 0
      : value !== null && value !== undefined && value !== '' && value !== false;
  });
}
