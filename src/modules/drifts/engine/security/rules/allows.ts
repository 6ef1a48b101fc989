import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { Turn } from '../turn.js';
import { readAny, textsOf } from '../values.js';

function says(around: readonly JsonObject[], names: readonly string[], word: RegExp): boolean {
  return around.some((object) => {
    const value: JsonValue | undefined = readAny(object, names);
    return typeof value === 'string' && word.test(value);
  });
}

const around = ({ beforeIn, afterIn }: Turn): readonly JsonObject[] => [...afterIn, ...beforeIn];

/** True inside a rule or statement that refuses: what grants elsewhere restricts here. */
export function refuses(turn: Turn): boolean {
  return (
    says(around(turn), ['effect', 'access', 'rule_action', 'action'], /^(deny|block|drop)$/i) ||
    /(^|\.)(deny|denied|blocked|disallowed)(\.|$)/.test(turn.path)
  );
}

/** True for traffic that leaves. */
export function isOutbound(turn: Turn): boolean {
  if (/(^|[._])(egress|outbound|ip_permissions_egress)([._]|$)/.test(turn.path)) return true;
  const objects = around(turn);
  return (
    says(objects, ['direction', 'type'], /^(egress|outbound)$/i) ||
    objects.some((object) => readAny(object, ['egress', 'is_egress']) === true)
  );
}

/** Conditions narrow a grant; what a named account or organization may do is not open to everybody. */
export function isConditional(turn: Turn): boolean {
  return turn.afterIn.some(
    (object) => textsOf(readAny(object, ['effect'])).length > 0 && hasCondition(object),
  );
}

function hasCondition(statement: JsonObject): boolean {
  const condition = readAny(statement, ['condition']);
  return typeof condition === 'object' && condition !== null && Object.keys(condition).length > 0;
}
