import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import type { Comparator, Ruling } from '../comparator.js';

/** The character sets of MySQL 8.0 (`SHOW CHARACTER SET`), `utf8` being an alias of `utf8mb3`. */
const CHARSETS = new Set(
  (
    'armscii8 ascii big5 binary cp1250 cp1251 cp1256 cp1257 cp850 cp852 cp866 cp932 dec8 eucjpms euckr gb18030 gb2312 ' +
    'gbk geostd8 greek hebrew hp8 keybcs2 koi8r koi8u latin1 latin2 latin5 latin7 macce macroman sjis swe7 tis620 ucs2 ' +
    'ujis utf16 utf16le utf32 utf8 utf8mb3 utf8mb4'
  ).split(' '),
);

const CHARSET_KEY = /^char(acter)?_?set(_?name)?$/i;
const COLLATION_KEY = /^collation(_?name)?$/i;

const unaliased = (charset: string): string => (charset === 'utf8' ? 'utf8mb3' : charset);

/** `utf8mb4` of `utf8mb4_bin`; undefined for what is not a collation of MySQL (`en_US.UTF8`). */
function charsetOf(collation: JsonValue | undefined): string | undefined {
  if (typeof collation !== 'string') return undefined;
  const [charset = ''] = collation.split('_', 1);
  if (!CHARSETS.has(charset)) return undefined;
  return collation === 'binary' || /_(bin|ci|cs|as|ks)$/.test(collation)
    ? unaliased(charset)
    : undefined;
}

const beside = (parent: JsonObject | undefined, key: RegExp): JsonValue | undefined =>
  Object.entries(parent ?? {}).find(([name]) => key.test(name))?.[1];

function ruleOnCollation(
  declared: JsonValue | undefined,
  actual: JsonValue | undefined,
  declaredParent: JsonObject | undefined,
): Ruling | undefined {
  const charset = charsetOf(actual);
  if (charset === undefined) return undefined;
  const asked = beside(declaredParent, CHARSET_KEY);
  if (declared === undefined || declared === null)
    return typeof asked === 'string' && CHARSETS.has(asked) && unaliased(asked) !== charset
      ? {
          kind: 'differs',
          verdict: 'confirmed',
          why: `A collation of ${charset} is not one of the declared character set ${asked}.`,
        }
      : undefined;
  if (typeof declared !== 'string' || typeof actual !== 'string') return undefined;
  const rest = (text: string): string => text.slice(text.indexOf('_'));
  return charsetOf(declared) === charset && rest(declared) === rest(actual)
    ? { kind: 'same', why: 'MySQL knows utf8 and utf8mb3 as one character set.' }
    : undefined;
}

/**
 * Character sets and collations of MySQL. A collation belongs to one character set and its name starts with it (MySQL
 * 8.0 Reference Manual, 10.3.1 "Collation Naming Conventions"), so the collation settles which character set a service
 * means whose two fields contradict each other; `utf8` is an alias of `utf8mb3` (10.9.3).
 */
export const mysqlCharset: Comparator = {
  name: 'mysql-charset',
  rule(declared, actual, { key, declaredParent, actualParent }) {
    if (COLLATION_KEY.test(key)) return ruleOnCollation(declared, actual, declaredParent);
    if (!CHARSET_KEY.test(key) || typeof declared !== 'string' || typeof actual !== 'string')
      return undefined;
    if (!CHARSETS.has(declared) || !CHARSETS.has(actual)) return undefined;
    const real = charsetOf(beside(actualParent, COLLATION_KEY)) ?? unaliased(actual);
    return unaliased(declared) === real
      ? { kind: 'same', why: `The collation beside it is one of ${real}.` }
      : undefined;
  },
};
