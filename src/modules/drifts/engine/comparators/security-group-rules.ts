import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import type { Field } from '../field.js';
import { isObject, read } from '../values.js';
import { first, listAtoms, ruleAtoms, turnedInto, type RuleAtom } from './security-group-atoms.js';
import { liveRules, ruleWords } from './security-group-view.js';

const RULES = /^(ingress|egress|SecurityGroup(Ingress|Egress)|[Ii]pPermissions(Egress)?)$/;

/** Rules that separate resources own for this group: in the code beside it, or in the fact `siblings` (F58). */
function siblingRules(
  field: Field,
  self: string | null,
  inline: ReadonlyMap<string, RuleAtom>,
  live: ReadonlyMap<string, RuleAtom>,
): { known: boolean; atoms: Set<string> } {
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
  const rules = own.map((rule) => ruleAtoms(rule, self) ?? []);
  const atoms = new Set(rules.flat().map(({ key }) => key));
  // What a separate rule was turned into is shown with that rule, and only there.
  for (const [atom, ...more] of rules) {
    if (!atom || more.length > 0 || live.has(atom.key)) continue;
    const free = [...live.values()].filter(({ key }) => !atoms.has(key) && !inline.has(key));
    const now = turnedInto(atom, free);
    if (now) atoms.add(now.key);
  }
  return { known: own.length > 0, atoms };
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
    const left = listAtoms(declared, self);
    const right = listAtoms(actual, self);
    if (!left || !right || !Array.isArray(actual)) return undefined;
    const siblings = siblingRules(field, self, left, right);
    const owned = (key: string): boolean => siblings.atoms.has(key) && !left.has(key);
    const extra = [...right.keys()].filter((key) => !left.has(key) && !owned(key));
    const gone = [...left.keys()].filter((key) => !right.has(key));
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
    const view = { kind: 'view', sets: true } as const;
    if (sameWords(declared, actual)) {
      const foreign = (rule: JsonValue): boolean => {
        const own = ruleAtoms(rule, self) ?? [];
        return own.length > 0 && own.every(({ key }) => owned(key));
      };
      const rest = actual.filter((rule) => !foreign(rule));
      if (rest.length === actual.length) {
        if (left.size > 0) return undefined;
        const why = 'The code declares the rules of this group apart, and this is none of them.';
        return { kind: 'differs', verdict: 'confirmed', why };
      }
      const why = 'Rules that separate resources own are set aside.';
      return { ...view, declared: declared ?? [], actual: rest, why };
    }
    const words = Array.isArray(declared)
      ? ruleWords(declared, field.key, field.pair.declared.format)
      : undefined;
    const seen = new Map([...right].filter(([key]) => !owned(key)));
    const told =
      words && Array.isArray(declared)
        ? liveRules(declared, seen, new Set(left.keys()), self, words)
        : undefined;
    if (told) {
      const why =
        'The two sides group rules differently; the live ones are shown as the code groups them.';
      return { ...view, declared: declared ?? [], actual: told, why };
    }
    return {
      ...view,
      declared: [...left.values()].map(({ shown }) => shown),
      actual: [...right.values()].filter(({ key }) => !owned(key)).map(({ shown }) => shown),
      why: 'The two sides group rules differently; they are compared one protocol, port range and source at a time.',
    };
  },
};

/** How answers of the API hold sources; no code is written so. */
const ANSWERED = ['IpRanges', 'ipRanges', 'ipv4Ranges', 'UserIdGroupPairs', 'userIdGroupPairs'];

/** Whether both lists name the protocol alike, so that their rules can be compared as they stand. */
function sameWords(declared: JsonValue | undefined, actual: readonly JsonValue[]): boolean {
  const [left] = Array.isArray(declared) ? declared : [];
  const [right] = actual;
  if (!isObject(left) || !isObject(right)) return true;
  const isAnswer = (rule: JsonObject): boolean =>
    ANSWERED.some((name) => Object.hasOwn(rule, name));
  if (isAnswer(left) !== isAnswer(right)) return false;
  return ['protocol', 'ip_protocol', 'IpProtocol', 'ipProtocol'].some(
    (name) => Object.hasOwn(left, name) && Object.hasOwn(right, name),
  );
}
