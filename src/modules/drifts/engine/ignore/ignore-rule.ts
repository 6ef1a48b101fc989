import type { Provider } from '../../../../core/providers/index.js';

/** What a rule may silence. */
export const IGNORABLE = ['modified', 'missing', 'unmanaged'] as const;
export type Ignorable = (typeof IGNORABLE)[number];

/**
 * A difference somebody decided not to hear about. Every list narrows; an empty one does not. In patterns `*` stands for
 * any run of characters (in `paths`: for one segment, `**` for any number).
 */
export interface IgnoreRule {
  /** Named in every suppression. */
  readonly name: string;
  /** Where it stands: `.driftignore:3`, `lifecycle.ignore_changes`, `annotation`, an API id. */
  readonly origin: string;
  readonly providers: readonly Provider[];
  /** Declared or native types. */
  readonly types: readonly string[];
  readonly addresses: readonly string[];
  /** Identifiers or names at the provider. */
  readonly ids: readonly string[];
  /** Tags or labels the resource must carry; a value may be a pattern. */
  readonly tags: Readonly<Record<string, string>>;
  /** Kubernetes field managers whose changes are meant; other providers do not say who wrote a field. */
  readonly actors: readonly string[];
  /** Paths in the declared or the actual vocabulary; empty means the whole resource. */
  readonly paths: readonly string[];
  readonly silences: readonly Ignorable[];
  /** Takes back what an earlier rule silenced (`!` in .driftignore). */
  readonly negated: boolean;
}

/** A rule that silences nothing in particular yet; a reader fills in what its file says. */
export function ignoreRule(
  rule: Partial<IgnoreRule> & Pick<IgnoreRule, 'name' | 'origin'>,
): IgnoreRule {
  return {
    providers: [],
    types: [],
    addresses: [],
    ids: [],
    tags: {},
    actors: [],
    paths: [],
    silences: [],
    negated: false,
    ...rule,
  };
}
