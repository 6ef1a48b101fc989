import type { SecuritySense, SecuritySeverity } from '../findings.js';

/** From mild to grave. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;

/** A protection was lost or an exposure won. */
export function weakened(severity: SecuritySeverity, reason: string): SecuritySense {
  return { critical: true, direction: 'weakened', severity, reason };
}

/** Good news: it is safer than the code asks for. */
export function strengthened(severity: SecuritySeverity, reason: string): SecuritySense {
  return { critical: false, direction: 'strengthened', severity, reason };
}

/** Touches security; nobody can tell from the values which way it went. */
export function changed(severity: SecuritySeverity, reason: string): SecuritySense {
  return { critical: false, direction: 'changed', severity, reason };
}

/** Weakened or strengthened, whichever `worse` says. */
export function turned(worse: boolean, severity: SecuritySeverity, reason: string): SecuritySense {
  return worse ? weakened(severity, reason) : strengthened(severity, reason);
}

const DIRECTIONS = ['strengthened', 'changed', 'weakened'] as const;

function weight({ direction, severity }: SecuritySense): number {
  const grade = severity === null ? 0 : SEVERITIES.indexOf(severity) + 1;
  return DIRECTIONS.indexOf(direction) * 10 + grade;
}

/** One weakened setting outweighs any number of strengthened ones. */
export function gravest(senses: Iterable<SecuritySense>): SecuritySense | null {
  let worst: SecuritySense | null = null;
  for (const sense of senses) if (worst === null || weight(sense) > weight(worst)) worst = sense;
  return worst;
}
