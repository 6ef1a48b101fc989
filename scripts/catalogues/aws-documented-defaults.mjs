// Reads a default value out of the documentation text of a property.
// Only about 1 % of CloudFormation properties carry a schema default; AWS writes the others in prose, in a handful of phrases.

const VALUE = '(?:`([^`\\n]+)`|"([^"\\n]+)"|\'([^\'\\n]+)\'|([A-Za-z0-9_$:/.%-]+(?:,\\d{3})*))';

const PHRASES = [
  `\\bdefault(?:s)?(?: value| setting| behavior)?\\s*(?::|=)\\s*${VALUE}`,
  `\\bdefault(?: [a-z]+){0,4} (?:is|are|of)(?: set to| to)? (?:also )?${VALUE}`,
  `\\bdefault(?:s|ed|ing)? (?:this value |this parameter |the value )?to ${VALUE}`,
  `${VALUE} (?:is|as|\\(?which is\\)?) the default`,
  `${VALUE} \\((?:the )?default(?: value| setting)?\\)`,
  `\\bby default,? (?:[a-z]+ ){0,4}(?:is|are|set to|uses) (?:set to )?${VALUE}`,
];

const WORDS = new Map([
  ['zero', 0],
  ['one', 1],
  ['two', 2],
  ['three', 3],
  ['five', 5],
  ['ten', 10],
]);

const trimmed = (text) =>
  text
    .trim()
    .replace(/[.,;:)]+$/, '')
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim();

function asNumber(text, type) {
  const word = WORDS.get(text.toLowerCase());
  const plain = word ?? Number(text.replaceAll(',', ''));
  if (!Number.isFinite(plain) || text.trim() === '') return undefined;
  return type === 'i' && !Number.isInteger(plain) ? undefined : plain;
}

function asBoolean(text) {
  const lower = text.toLowerCase();
  if (lower === 'true' || lower === 'enabled' || lower === 'on') return true;
  if (lower === 'false' || lower === 'disabled' || lower === 'off') return false;
  return undefined;
}

function asString(text, quoted, allowed) {
  if (allowed) return allowed.find((value) => String(value).toLowerCase() === text.toLowerCase());
  if (!quoted || text.length > 60 || /\s{2}/.test(text)) return undefined;
  return /^(null|none|true|false|empty)$/i.test(text) && text !== 'NONE' && text !== 'None'
    ? undefined
    : text;
}

/**
 * Every value the text calls the default of a property of `type` (`s`, `i`, `n`, `b`), in order of appearance, without doubles.
 * Several values mean that the default depends on something else the text explains.
 */
export function documentedDefaults(text, type, allowed) {
  const found = [];
  for (const phrase of PHRASES) {
    for (const match of (text ?? '').matchAll(new RegExp(phrase, 'gi'))) {
      const quoted = match[1] ?? match[2] ?? match[3];
      const raw = trimmed(quoted ?? match[4] ?? '');
      const value =
        type === 'b'
          ? asBoolean(raw)
          : type === 'i' || type === 'n'
            ? asNumber(raw, type)
            : asString(raw, quoted !== undefined, allowed);
      if (value !== undefined && !found.includes(value)) found.push(value);
    }
  }
  return found;
}
