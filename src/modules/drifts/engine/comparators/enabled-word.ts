import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';

const WORDS: Readonly<Record<string, boolean>> = {
  enabled: true,
  on: true,
  true: true,
  protected: true,
  disabled: false,
  off: false,
  false: false,
  unprotected: false,
};

function switchOf(value: JsonValue | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  return Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
}

const SPELT_BOTH_WAYS = new Set(['azure-resource-graph', 'gcp-cai']);

/**
 * A switch that one side spells as a word and the other as true or false: Azure (ARM guidelines, `publicNetworkAccess: Enabled`), and
 * hashicorp/google where leaving it out is a third answer (`enforce = "TRUE"`, `deletion_protection = "PROTECTED"`).
 */
export const enabledWord: Comparator = {
  name: 'enabled-word',
  rule(declared, actual, { pair }) {
    if (!SPELT_BOTH_WAYS.has(pair.actual.format) || typeof declared === typeof actual)
      return undefined;
    const on = switchOf(declared);
    if (on === undefined || on !== switchOf(actual)) return undefined;
    return { kind: 'same', why: 'The same switch, as a word and as true or false.' };
  },
};
