import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';

const WORDS: Readonly<Record<string, boolean>> = {
  enabled: true,
  on: true,
  disabled: false,
  off: false,
};

function switchOf(value: JsonValue | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  return Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
}

/** A switch that Azure spells as a word (ARM guidelines: `publicNetworkAccess: Enabled`) and azurerm as true or false. */
export const enabledWord: Comparator = {
  name: 'enabled-word',
  rule(declared, actual, { pair }) {
    if (pair.actual.format !== 'azure-resource-graph' || typeof declared === typeof actual)
      return undefined;
    const on = switchOf(declared);
    if (on === undefined || on !== switchOf(actual)) return undefined;
    return { kind: 'same', why: 'The same switch, as a word and as true or false.' };
  },
};
