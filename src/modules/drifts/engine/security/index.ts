import type { Pair } from '../field.js';
import type { Finding, SecuritySense } from '../findings.js';
import { publishedSense } from './published.js';
import { SECURITY_RULES } from './rules/index.js';
import { gravest, SEVERITIES } from './sense.js';
import { type Turn, turnsOf } from './turn.js';

export { senseMissing, senseUnmanaged } from './whole-resources.js';

function byMeaning(turn: Turn, pair: Pair): SecuritySense | undefined {
  for (const rule of SECURITY_RULES) {
    const sense = rule(turn, pair);
    if (sense) return sense;
  }
  return undefined;
}

/** A published check knows the setting itself, so it decides the way; a rule that agrees may find it graver in this place. */
function senseTurn(turn: Turn, pair: Pair): SecuritySense | undefined {
  const published = publishedSense(turn, pair);
  const meant = byMeaning(turn, pair);
  if (published === undefined || meant?.direction !== published.direction)
    return published ?? meant;
  const grade = (sense: SecuritySense): number =>
    sense.severity === null ? -1 : SEVERITIES.indexOf(sense.severity);
  const graver = grade(meant) > grade(published) ? meant.severity : published.severity;
  return { ...published, severity: graver, reason: `${meant.reason} ${published.reason}` };
}

/** Whether a finding touches security and which way it went; null when no rule has anything to say. Pure. */
export function senseSecurity(finding: Finding, pair: Pair): SecuritySense | null {
  if (finding.verdict === 'unverifiable' || finding.change === 'moved') return null;
  const senses: SecuritySense[] = [];
  for (const turn of turnsOf(finding, pair)) {
    const sense = senseTurn(turn, pair);
    if (sense) senses.push(sense);
  }
  return gravest(senses);
}
