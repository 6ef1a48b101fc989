import { ignoreRule, type IgnoreRule } from '../engine/index.js';
import { ruleLines } from './lines.js';

/** `module.a.module.b["x"].` in front of a resource address. */
const MODULES = /^(?:module\.[^.]+\.)+/;

/**
 * tfdrift's `.tfdriftignore`: a resource address with wildcards, and behind it the attribute:
 * `aws_autoscaling_group.*.desired_capacity`, `*.tags`, `aws_instance.bastion` (tfdrift README).
 */
export function readTfdriftignore(content: string, file: string): IgnoreRule[] {
  return ruleLines(content).map(({ text, number }) => {
    const modules = MODULES.exec(text)?.[0] ?? '';
    const [type = '*', ...rest] = text.slice(modules.length).split('.');
    const anyResource = type === '*' && modules === '';
    const [name, ...attribute] = anyResource ? [undefined, ...rest] : rest;
    const address = anyResource
      ? undefined
      : `${modules}${type}${name === undefined ? '' : `.${name}`}`;
    return ignoreRule({
      name: text,
      origin: `${file}:${number}`,
      addresses: address === undefined ? [] : [address],
      paths: attribute.length === 0 ? [] : [attribute.join('.')],
      // A line without an attribute is for the whole resource, and so for its loss; tfdrift knows nothing of unmanaged ones.
      silences: attribute.length === 0 ? ['modified', 'missing'] : ['modified'],
    });
  });
}
