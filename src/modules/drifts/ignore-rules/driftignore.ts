import { ignoreRule, type IgnoreRule } from '../engine/index.js';
import { ruleLines, splitAtDots } from './lines.js';

/**
 * driftctl's `.driftignore`: `type.id` or `type.id.path.to.field` a line, `*` as a wildcard, `\.` for a dot within an id,
 * `!` to take back (Snyk documentation, "Ignore resources for drift").
 */
export function readDriftignore(content: string, file: string): IgnoreRule[] {
  return ruleLines(content).map(({ text, number }) => {
    const negated = text.startsWith('!');
    const [type = '*', id, ...segments] = splitAtDots(negated ? text.slice(1) : text);
    const path = segments.map(quoted).join('.');
    return ignoreRule({
      name: text,
      origin: `${file}:${number}`,
      types: type === '*' ? [] : [type],
      ids: id === undefined || id === '*' ? [] : [id],
      paths: path === '' || path === '*' ? [] : [path],
      negated,
    });
  });
}

/** A dot within the name of a field must not part it. */
const quoted = (segment: string): string =>
  segment.includes('.') ? `[${JSON.stringify(segment)}]` : segment;
