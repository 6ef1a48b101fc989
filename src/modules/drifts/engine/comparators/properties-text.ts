import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';

/** Longer text is content, not settings. */
const LONGEST = 65_536;
const SETTING = /^([\w.-]+)[ \t]*=(.*)$/;

/** Settings of a text in which every line is one, a comment or empty; undefined for any other text. */
function settingsOf(value: JsonValue | undefined): ReadonlyMap<string, string> | undefined {
  if (typeof value !== 'string' || value.length > LONGEST) return undefined;
  const settings = new Map<string, string>();
  for (const line of value.split(/\r?\n/).map((one) => one.trim())) {
    if (line === '' || /^[#!]/.test(line)) continue;
    const [, name, text] = SETTING.exec(line) ?? [];
    if (name === undefined || text === undefined) return undefined;
    settings.set(name, text.trim());
  }
  return settings.size > 0 ? settings : undefined;
}

/**
 * The text of a `.properties` file: order of lines, comments and white space around `=` mean nothing, the last of two
 * lines for one name counts (F33; java.util.Properties.load, as in Amazon MSK's `ServerProperties`).
 */
export const propertiesText: Comparator = {
  name: 'properties-text',
  rule(declared, actual, { key }) {
    if (!/properties$/i.test(key)) return undefined;
    const left = settingsOf(declared);
    const right = settingsOf(actual);
    if (left?.size !== right?.size) return undefined;
    if (!left || ![...left].every(([name, text]) => right?.get(name) === text)) return undefined;
    return { kind: 'same', why: 'The same settings; order and white space mean nothing in them.' };
  },
};
