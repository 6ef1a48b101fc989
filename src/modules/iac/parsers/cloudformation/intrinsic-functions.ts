import type { JsonValue } from '../../../../core/providers/index.js';
import { isObject, member } from '../json/read-json.js';
import { cidrBlocks } from './cidr.js';
import type { EvaluationScope, Outcome } from './outcome.js';
import { asText, invalid, known, MAX_TEXT, NO_VALUE, unresolved } from './outcome.js';
import { substitute } from './substitute.js';

type IntrinsicFunction = (argument: JsonValue, scope: EvaluationScope) => Outcome;

function items(argument: JsonValue): readonly JsonValue[] {
  return Array.isArray(argument) ? argument : [argument];
}

/** Evaluates an argument and goes on with its value; anything else is passed through. */
function using(
  scope: EvaluationScope,
  node: JsonValue | undefined,
  next: (value: JsonValue, sensitive: boolean) => Outcome,
): Outcome {
  const outcome = scope.evaluate(node ?? null);
  return outcome.kind === 'value' ? next(outcome.value, outcome.sensitive) : outcome;
}

const ref: IntrinsicFunction = (argument, scope) =>
  typeof argument === 'string' ? scope.reference(argument) : invalid('Ref without a name');

/** `[LogicalId, Attribute]` or `LogicalId.Attribute`; the attribute may itself be a function. */
const getAtt: IntrinsicFunction = (argument, scope) => {
  const text = asText(argument) ?? '';
  const dot = text.indexOf('.');
  const [logicalId, attribute] = Array.isArray(argument)
    ? argument
    : [text.slice(0, Math.max(dot, 0)), text.slice(dot + 1)];
  if (typeof logicalId !== 'string' || logicalId === '') return invalid('Fn::GetAtt');
  return using(scope, attribute, (name) => scope.attribute(logicalId, asText(name) ?? ''));
};

const join: IntrinsicFunction = (argument, scope) => {
  const [delimiter, list] = items(argument);
  return using(scope, list, (value, sensitive) => {
    if (typeof delimiter !== 'string' || !Array.isArray(value)) return invalid('Fn::Join');
    const texts = value.map(asText);
    if (texts.includes(null)) return invalid('Fn::Join of values that are no text');
    const length = texts.reduce((sum, text) => sum + (text?.length ?? 0) + delimiter.length, 0);
    return length > MAX_TEXT
      ? invalid('Fn::Join with a result beyond 4 MiB')
      : known(texts.join(delimiter), sensitive);
  });
};

const split: IntrinsicFunction = (argument, scope) => {
  const [delimiter, source] = items(argument);
  return using(scope, source, (value, sensitive) => {
    const text = asText(value);
    if (typeof delimiter !== 'string' || delimiter === '' || text === null) {
      return invalid('Fn::Split');
    }
    return known(text.split(delimiter), sensitive);
  });
};

const select: IntrinsicFunction = (argument, scope) => {
  const [position, list] = items(argument);
  return using(scope, position, (value) => {
    const index = Number(asText(value) ?? NaN);
    // A literal list is not evaluated as a whole: its other items may be unknown.
    if (Array.isArray(list)) {
      const item = list[index];
      return item === undefined ? invalid('Fn::Select beyond its list') : scope.evaluate(item);
    }
    return using(scope, list, (found, sensitive) => {
      const item = Array.isArray(found) ? found[index] : undefined;
      return item === undefined ? invalid('Fn::Select beyond its list') : known(item, sensitive);
    });
  });
};

const findInMap: IntrinsicFunction = (argument, scope) => {
  const [map, first, second, extra] = items(argument);
  return using(scope, [map ?? null, first ?? null, second ?? null], (keys) => {
    const [name, top, inner] = items(keys).map(asText);
    if (!name || !top || !inner) return invalid('Fn::FindInMap');
    const found = scope.mapping(name, top, inner);
    if (found !== undefined) return known(found);
    const fallback = member(extra, 'DefaultValue');
    if (fallback !== undefined) return scope.evaluate(fallback);
    return unresolved('UNRESOLVED_FUNCTION', `Fn::FindInMap of ${name}, which has no such entry`);
  });
};

const base64: IntrinsicFunction = (argument, scope) =>
  using(scope, argument, (value, sensitive) => {
    const text = asText(value);
    return text === null
      ? invalid('Fn::Base64')
      : known(Buffer.from(text).toString('base64'), sensitive);
  });

const cidr: IntrinsicFunction = (argument, scope) =>
  using(scope, argument, (value) => {
    const [block, count, bits] = items(value).map((item) => asText(item) ?? '');
    const blocks = cidrBlocks(block ?? '', Number(count), bits === undefined ? 8 : Number(bits));
    return blocks === null ? invalid('Fn::Cidr') : known(blocks);
  });

const length: IntrinsicFunction = (argument, scope) =>
  using(scope, argument, (value) =>
    Array.isArray(value) ? known(value.length) : invalid('Fn::Length'),
  );

const toJsonString: IntrinsicFunction = (argument, scope) =>
  using(scope, argument, (value, sensitive) => known(JSON.stringify(value), sensitive));

const importValue: IntrinsicFunction = (argument, scope) => {
  const name = scope.evaluate(argument);
  const spelled = name.kind === 'value' ? ` ${asText(name.value) ?? ''}` : '';
  return unresolved('UNRESOLVED_IMPORT', `Fn::ImportValue${spelled}`);
};

const sub: IntrinsicFunction = (argument, scope) => {
  const [template, variables] = items(argument);
  const given = isObject(variables) ? variables : {};
  return typeof template === 'string' ? substitute(template, given, scope) : invalid('Fn::Sub');
};

/** `Fn::If` whose condition is unknown still has a value when both branches agree. */
const undecidedIf = (
  name: string,
  branches: readonly JsonValue[],
  scope: EvaluationScope,
): Outcome => {
  const [yes = NO_VALUE, no = NO_VALUE] = branches.map((branch) => scope.evaluate(branch));
  const agree = JSON.stringify(yes) === JSON.stringify(no) && yes.kind !== 'unresolved';
  return agree ? yes : unresolved('UNRESOLVED_CONDITION', `condition ${name}`);
};

const ifFunction: IntrinsicFunction = (argument, scope) => {
  const [name, yes = null, no = null] = items(argument);
  if (typeof name !== 'string') return invalid('Fn::If');
  const holds = scope.condition(name);
  if (holds === null) return undecidedIf(name, [yes, no], scope);
  return scope.evaluate(holds ? yes : no);
};

const outside =
  (name: string): IntrinsicFunction =>
  () =>
    unresolved('UNRESOLVED_FUNCTION', name);

/** Every function that can stand in properties, by its full name. */
export const INTRINSIC_FUNCTIONS: ReadonlyMap<string, IntrinsicFunction> = new Map([
  ['Ref', ref],
  ['Fn::GetAtt', getAtt],
  ['Fn::Join', join],
  ['Fn::Split', split],
  ['Fn::Select', select],
  ['Fn::FindInMap', findInMap],
  ['Fn::Base64', base64],
  ['Fn::Cidr', cidr],
  ['Fn::Length', length],
  ['Fn::ToJsonString', toJsonString],
  ['Fn::ImportValue', importValue],
  ['Fn::Sub', sub],
  ['Fn::If', ifFunction],
  ['Fn::GetAZs', outside('Fn::GetAZs')],
  ['Fn::Transform', outside('Fn::Transform')],
  ['Fn::GetStackOutput', outside('Fn::GetStackOutput')],
]);
