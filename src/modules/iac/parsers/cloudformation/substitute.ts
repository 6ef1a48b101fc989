import type { JsonObject } from '../../../../core/providers/index.js';
import type { EvaluationScope, Outcome } from './outcome.js';
import { asText, invalid, known, MAX_TEXT } from './outcome.js';

const VARIABLE = /\$\{(!?)([^{}]*)\}/g;

function variable(name: string, given: JsonObject, scope: EvaluationScope): Outcome {
  if (Object.hasOwn(given, name)) return scope.evaluate(given[name] ?? null);
  const dot = name.indexOf('.');
  if (dot < 0) return scope.reference(name);
  return scope.attribute(name.slice(0, dot), name.slice(dot + 1));
}

/** `Fn::Sub`: `${Name}`, `${Resource.Attribute}`, and `${!Literal}`, which stays `${Literal}`. */
export function substitute(template: string, given: JsonObject, scope: EvaluationScope): Outcome {
  let text = '';
  let from = 0;
  let sensitive = false;
  for (const match of template.matchAll(VARIABLE)) {
    const [whole, bang, inner = ''] = match;
    text += template.slice(from, match.index);
    from = match.index + whole.length;
    if (bang === '!') {
      text += `\${${inner}}`;
      continue;
    }
    const outcome = variable(inner.trim(), given, scope);
    if (outcome.kind === 'unresolved') return outcome;
    const value = outcome.kind === 'value' ? asText(outcome.value) : null;
    if (outcome.kind !== 'value' || value === null) {
      return invalid(`Fn::Sub with ${inner.trim()}, which is no text`);
    }
    text += value;
    sensitive ||= outcome.sensitive;
    if (text.length > MAX_TEXT) return invalid('Fn::Sub with a result beyond 4 MiB');
  }
  return known(text + template.slice(from), sensitive);
}
