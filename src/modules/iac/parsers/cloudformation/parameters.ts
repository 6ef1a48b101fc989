import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import { member, objectMember, textMember } from '../json/read-json.js';
import type { Outcome } from './outcome.js';
import { asText, known, unresolved } from './outcome.js';

const LIST_TYPE = /^(?:CommaDelimitedList|List<.*>)$/;
const STORED_TYPE = 'AWS::SSM::Parameter::Value<';
/** What `DescribeStacks` answers in place of a `NoEcho` value. */
const MASKED = /^\*+$/;

function typed(value: JsonValue, type: string): JsonValue {
  const text = asText(value);
  if (!LIST_TYPE.test(type) || text === null) return value;
  return text === '' ? [] : text.split(',').map((item) => item.trim());
}

/** The value of a template parameter: as given, otherwise its default. */
export function parameterValue(
  name: string,
  declarations: JsonObject,
  given: Readonly<Record<string, string>>,
): Outcome {
  const declaration = objectMember(declarations, name);
  const type = textMember(declaration ?? undefined, 'Type') ?? 'String';
  const noEcho = member(declaration ?? undefined, 'NoEcho');
  const sensitive = noEcho === true || noEcho === 'true';
  const what = `parameter ${name}`;
  const value: JsonValue | undefined = Object.hasOwn(given, name)
    ? given[name]
    : member(declaration ?? undefined, 'Default');
  if (value === undefined || value === null) {
    return unresolved('UNRESOLVED_PARAMETER', `${what}, which was not given`, sensitive);
  }
  if (sensitive && typeof value === 'string' && MASKED.test(value)) {
    return unresolved('UNRESOLVED_PARAMETER', `${what}, which AWS masks`, sensitive);
  }
  if (type.startsWith(STORED_TYPE)) {
    return unresolved(
      'UNRESOLVED_PARAMETER',
      `${what}, a value kept in Systems Manager`,
      sensitive,
    );
  }
  return known(typed(value, type), sensitive);
}
