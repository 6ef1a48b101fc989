import type {
  ActualResource,
  DeclaredResource,
  Provider,
} from '../../../../core/providers/index.js';
import { PathSet } from '../compare/path-set.js';
import type { Knowledge } from '../knowledge.js';
import { nativeTypes } from '../match/native-types.js';
import type { Ignorable, IgnoreRule } from './ignore-rule.js';
import { chosenElements } from './chosen-elements.js';
import { matchesPattern } from './pattern.js';
import { ownRules, tagsOf } from './resource-annotations.js';
import { isNamedAfter, namesOfType } from './type-names.js';

/** What of one resource is to be passed over, and by which rule. */
export interface ResourceIgnores {
  readonly empty: boolean;
  readonly trustsNobody: boolean;
  /** The rule that says a field manager's changes are meant on this resource; marks it as used. */
  trusting(manager: string): IgnoreRule | undefined;
  /** The rule that covers a place, in either vocabulary; marks it as used. */
  covering(path: string, actualPath: string): IgnoreRule | undefined;
}

const NOTHING_IGNORED: ResourceIgnores = {
  empty: true,
  trustsNobody: true,
  trusting: () => undefined,
  covering: () => undefined,
};

interface Subject {
  readonly provider: Provider;
  readonly types: readonly string[];
  readonly address: string;
  readonly ids: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

function applies(rule: IgnoreRule, subject: Subject): boolean {
  const { providers, types, addresses, ids, tags } = rule;
  if (providers.length > 0 && !providers.includes(subject.provider)) return false;
  if (
    types.length > 0 &&
    !types.some((type) =>
      subject.types.some((own) => matchesPattern(type, own) || isNamedAfter(type, own)),
    )
  )
    return false;
  if (
    addresses.length > 0 &&
    !addresses.some((address) => matchesPattern(address, subject.address))
  )
    return false;
  if (ids.length > 0 && !ids.some((id) => subject.ids.some((own) => matchesPattern(id, own))))
    return false;
  return Object.entries(tags).every(([key, value]) => {
    const own = Object.hasOwn(subject.tags, key) ? subject.tags[key] : undefined;
    return own !== undefined && matchesPattern(value, own);
  });
}

/** The ignore rules of one run. Remembers which were needed, so that the rest can be reported. */
export class IgnoreRules {
  private readonly used = new Set<IgnoreRule>();
  private noted = new Set<IgnoreRule>();

  constructor(
    private readonly rules: readonly IgnoreRule[],
    private readonly knowledge: Knowledge,
  ) {}

  /** Rules that silenced nothing, in the order they were given. */
  unused(): readonly IgnoreRule[] {
    return this.rules.filter((rule) => !rule.negated && !this.used.has(rule));
  }

  /** Runs `look` and answers which of the given rules it needed, by position. */
  watch<T>(look: () => T): readonly [result: T, used: readonly number[]] {
    this.noted = new Set();
    const result = look();
    const used =
      this.noted.size === 0
        ? []
        : [...this.rules.keys()].filter((position) => {
            const rule = this.rules[position];
            return rule !== undefined && this.noted.has(rule);
          });
    return [result, used];
  }

  /** Counts rules as needed that silenced something in an outcome that is taken over from the last scan. */
  useAgain(positions: readonly number[]): void {
    for (const position of positions) {
      const rule = this.rules[position];
      if (rule !== undefined) this.used.add(rule);
    }
  }

  private use(rule: IgnoreRule): void {
    this.used.add(rule);
    this.noted.add(rule);
  }

  forPair(declared: DeclaredResource, actual: ActualResource): ResourceIgnores {
    const own = ownRules(declared);
    if (this.rules.length + own.length === 0) return NOTHING_IGNORED;
    const subject = {
      provider: declared.provider,
      types: [...this.namesOf(declared.type), actual.type],
      address: declared.address,
      ids: [...declaredIds(declared), ...actualIds(actual)],
      tags: { ...tagsOf(declared.attributes), ...actual.tags },
    };
    const rules = [...this.rules, ...own].filter(
      (rule) => silences(rule, 'modified') && applies(rule, subject),
    );
    const actors = rules.filter((rule) => rule.actors.length > 0);
    const placed = rules
      .filter((rule) => rule.actors.length === 0)
      .map((rule) => ({
        rule,
        whole: rule.paths.length === 0,
        paths: new PathSet(chosenElements(rule.paths, declared.attributes)),
        actualPaths: new PathSet(chosenElements(rule.paths, actual.properties)),
      }));
    return {
      empty: placed.length === 0,
      trustsNobody: actors.length === 0,
      trusting: (manager) => {
        const trusting = actors.find((rule) =>
          rule.actors.some((actor) => matchesPattern(actor, manager)),
        );
        if (trusting) this.use(trusting);
        return trusting;
      },
      covering: (path, actualPath) => {
        // A field below is to be heard: go on to it instead of silencing what holds it.
        if (placed.some(({ rule, paths }) => rule.negated && paths.hasBelow(path)))
          return undefined;
        let covering: IgnoreRule | undefined;
        for (const { rule, whole, paths, actualPaths } of placed) {
          // The whole resource is ignored field by field, so that a later `!` can take a field back.
          const covers = whole ? path !== '' : paths.has(path) || actualPaths.has(actualPath);
          if (covers) covering = rule.negated ? undefined : rule;
        }
        if (covering) this.use(covering);
        return covering;
      },
    };
  }

  /** The rule that silences the loss of a whole declared resource. */
  coveringMissing(declared: DeclaredResource): IgnoreRule | undefined {
    return this.whole('missing', [...this.rules, ...ownRules(declared)], {
      provider: declared.provider,
      types: [...this.namesOf(declared.type), ...nativeTypes(declared, this.knowledge)],
      address: declared.address,
      ids: declaredIds(declared),
      tags: tagsOf(declared.attributes),
    });
  }

  /** The rule that silences a live resource no code declares; here its own tags may say so. */
  coveringUnmanaged(actual: ActualResource): IgnoreRule | undefined {
    return this.whole('unmanaged', [...this.rules, ...ownRules(actual)], {
      provider: actual.provider,
      types: this.namesOf(actual.type),
      address: actual.id,
      ids: actualIds(actual),
      tags: { ...tagsOf(actual.properties), ...actual.tags },
    });
  }

  /** Only asked for when there are rules to ask about. */
  private namesOf(type: string): readonly string[] {
    return this.rules.length === 0 ? [type] : namesOfType(type, this.knowledge);
  }

  private whole(
    kind: Ignorable,
    rules: readonly IgnoreRule[],
    subject: Subject,
  ): IgnoreRule | undefined {
    let covering: IgnoreRule | undefined;
    for (const rule of rules) {
      if (rule.paths.length > 0 || rule.actors.length > 0 || !silences(rule, kind)) continue;
      if (applies(rule, subject)) covering = rule.negated ? undefined : rule;
    }
    if (covering) this.use(covering);
    return covering;
  }
}

function declaredIds({ id, name, attributes }: DeclaredResource): string[] {
  return [id, name, attributes.id, attributes.name].filter((one) => typeof one === 'string');
}

function actualIds({ id, name, aliases }: ActualResource): string[] {
  return name === null ? [id, ...aliases] : [id, name, ...aliases];
}

function silences(rule: IgnoreRule, kind: Ignorable): boolean {
  return rule.silences.length === 0 || rule.silences.includes(kind);
}
