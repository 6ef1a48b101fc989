import { ignoreRule, type IgnoreRule } from '../engine/index.js';
import { ruleLines, splitAtDots } from './lines.js';

/**
 * driftctl's `.driftignore`: `type.id` or `type.id.path.to.field` a line, `*` as a wildcard, `\.` for a dot within an id,
 * `!` to take back (Snyk documentation, "Ignore resources for drift").
 */
export function readDriftignore(content: string, file: string): IgnoreRule[] {
  return ruleLines(content).map(({ text, number }) => {
    const negated = text.startsWith('!');
    const [type = '*', id, ...path] = splitAtDots(negated ? text.slice(1) : text);
    return ignoreRule({
      name: text,
      origin: `${file}:${number}`,
      types: type === '*' ? [] : [type],
      ids: id === undefined || id === '*' ? [] : [id],
      paths: path.length === 0 || path.join('.') === '*' ? [] : [path.join('.')],
      negated,
    });
  });
}
