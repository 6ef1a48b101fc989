import { describe, expect, it } from '@jest/globals';
import {
  driftSeverity,
  type EnvironmentCriticality,
  severityLevel,
  type SeverityFacts,
} from './drift-severity.js';

const harmless = { security: null } as const;
const opened = { security: { critical: true, direction: 'weakened' } } as const;
const closed = { security: { critical: false, direction: 'strengthened' } } as const;
const changed = { security: { critical: false, direction: 'changed' } } as const;

function facts(
  changes: SeverityFacts['changes'],
  more: Partial<SeverityFacts> = {},
): SeverityFacts {
  return {
    driftType: 'modified',
    verdict: 'confirmed',
    environment: { criticality: 'medium' },
    changes,
    ...more,
  };
}
const score = (changes: SeverityFacts['changes'], more: Partial<SeverityFacts> = {}): number =>
  driftSeverity(facts(changes, more)).score;

describe('driftSeverity', () => {
  it('orders drift types by what they cost', () => {
    const scores = (['moved', 'added', 'modified', 'deleted'] as const).map((driftType) =>
      score([harmless], { driftType }),
    );
    expect(scores).toEqual([...scores].sort((left, right) => left - right));
    expect(new Set(scores).size).toBe(4);
  });

  it('rates the same setting by its direction', () => {
    expect(score([opened])).toBeGreaterThan(score([changed]));
    expect(score([changed])).toBeGreaterThan(score([harmless]));
    expect(score([closed])).toBeLessThan(score([harmless]));
  });

  it('rates a weakened setting by the grade of its check', () => {
    const graded = (['low', 'medium', 'high', 'critical'] as const).map((severity) =>
      driftSeverity(facts([{ security: { critical: true, direction: 'weakened', severity } }])),
    );
    expect(graded.map(({ level }) => level)).toEqual(['low', 'medium', 'high', 'critical']);
    expect(score([opened])).toBe(graded[2]?.score);
  });

  it('counts what the loss of a whole resource means', () => {
    const security = { critical: true, direction: 'weakened', severity: 'critical' } as const;
    const lost = driftSeverity(facts([], { driftType: 'deleted', security }));
    expect(lost.level).toBe('critical');
    expect(lost.score).toBeGreaterThan(score([], { driftType: 'deleted' }));
  });

  it('is not diluted by harmless changes beside a weakened setting', () => {
    const many = Array.from({ length: 10 }, () => harmless);
    expect(score([opened, ...many])).toBeGreaterThanOrEqual(score([opened]));
    expect(score([opened, closed])).toBe(score([opened]));
  });

  it('rises with the criticality of the environment', () => {
    const scores = (['low', 'medium', 'high', 'critical'] as EnvironmentCriticality[]).map(
      (criticality) => score([opened], { environment: { criticality } }),
    );
    expect(scores).toEqual([...scores].sort((left, right) => left - right));
  });

  it('weighs an unproven drift less than a proven one', () => {
    expect(score([opened], { verdict: 'potential' })).toBeLessThan(score([opened]));
    expect(score([opened], { verdict: 'unverifiable' })).toBeLessThan(
      score([opened], { verdict: 'potential' }),
    );
  });

  it('explains its score: the factors add up to it', () => {
    const severity = driftSeverity(facts([opened], { verdict: 'potential' }));
    const sum = severity.factors.reduce((total, { points }) => total + points, 0);
    expect(sum).toBeCloseTo(severity.score, 1);
    expect(severity.factors.map(({ factor }) => factor)).toContain('security_weakened:high');
  });

  it('calls an opened security setting in a critical environment critical', () => {
    const severity = driftSeverity(facts([opened], { environment: { criticality: 'critical' } }));
    expect(severity.level).toBe('critical');
  });

  it('stays within 0 and 1', () => {
    expect(
      score([opened, ...Array.from({ length: 9 }, () => harmless)], {
        driftType: 'deleted',
        environment: { criticality: 'critical' },
      }),
    ).toBe(1);
    expect(score([closed], { driftType: 'moved', environment: { criticality: 'low' } })).toBe(0);
    expect(severityLevel(0)).toBe('low');
  });
});
