import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import type { Finding } from '../findings.js';
import { NO_KNOWLEDGE, type Knowledge } from '../knowledge.js';
import { senseSecurity } from '../security/index.js';
import { fieldOf } from './rule-on.js';

export interface SenseSetting {
  readonly type?: string;
  readonly provider?: 'aws' | 'gcp' | 'azure' | 'kubernetes';
  readonly knowledge?: Knowledge;
  /** The whole resource, where the objects around the setting matter. */
  readonly declared?: JsonObject;
  readonly actual?: JsonObject;
}

/** `weakened:high`, `strengthened:low`, … for a setting that went from one value to another; `neutral` when no rule speaks. */
export function senseOf(
  path: string,
  before: unknown,
  after: unknown,
  setting: SenseSetting = {},
): string {
  const { pair } = fieldOf({
    path,
    type: setting.type ?? 'example_type',
    declaredParent: setting.declared ?? {},
    actualParent: setting.actual ?? {},
  });
  const finding: Finding = {
    address: pair.declared.address,
    path,
    actualPath: path,
    verdict: 'confirmed',
    change: before === undefined ? 'added' : after === undefined ? 'removed' : 'modified',
    declared: (before ?? null) as JsonValue,
    actual: (after ?? null) as JsonValue,
    rule: null,
    explanation: '',
    sensitive: false,
    security: null,
  };
  const sense = senseSecurity(finding, {
    ...pair,
    declared: { ...pair.declared, provider: setting.provider ?? 'other' },
    knowledge: setting.knowledge ?? NO_KNOWLEDGE,
  });
  return sense === null ? 'neutral' : `${sense.direction}:${sense.severity ?? 'unrated'}`;
}
