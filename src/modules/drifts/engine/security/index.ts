import type { Pair } from '../field.js';
import type { Finding, SecuritySense } from '../findings.js';
import { SECURITY_RULES } from './rules.js';

/** Whether a finding touches security and which way it went; null when no rule has anything to say. */
export function senseSecurity(finding: Finding, pair: Pair): SecuritySense | null {
  if (finding.verdict === 'unverifiable') return null;
  for (const rule of SECURITY_RULES) {
    const sense = rule(finding, pair);
    if (sense) return sense;
  }
  return null;
}
