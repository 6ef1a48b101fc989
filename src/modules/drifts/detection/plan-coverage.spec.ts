import { describe, expect, it } from '@jest/globals';
import type { SourceNotice } from '../../../core/providers/index.js';
import { fieldOf } from '../engine/testing/rule-on.js';
import { hasPlans, needsLook, planCoverage } from './plan-coverage.js';

const { declared: template, actual } = fieldOf({ type: 'thing' }).pair;
const thing = (address: string, file = 'plan.json') => ({
  ...template,
  address,
  location: { file, line: null },
});
const says = (code: string, file = 'plan.json'): SourceNotice => ({
  level: 'info',
  code,
  message: code,
  location: { file, line: null },
});
const resources = [thing('changed'), thing('same'), thing('elsewhere', 'terraform.tfstate')];
const refreshed = new Map([['changed', actual]]);

describe('what plans looked at', () => {
  it('is everything of a whole plan: only what it found changed needs a look, and what it does not hold', () => {
    const side = { resources, refreshed, notices: [says('PLAN.REFRESHED')] };
    expect(resources.filter(needsLook(side)).map(({ address }) => address)).toEqual([
      'changed',
      'elsewhere',
    ]);
    expect(planCoverage(side)).toMatchObject([{ type: 'thing', status: 'complete', resources: 1 }]);
  });

  it.each(['PLAN.ERRORED', 'PLAN.INCOMPLETE', 'PLAN.NO_DRIFT_DATA'])(
    'is uncertain of a plan that says %s, with drift or without',
    (code) => {
      const notices = [says(code), says('PLAN.REFRESHED')];
      for (const found of [refreshed, new Map<string, null>()]) {
        const side = { resources, refreshed: found, notices };
        expect(resources.filter(needsLook(side))).toHaveLength(3);
        expect(planCoverage(side)).toMatchObject([{ status: 'partial', message: code }]);
      }
    },
  );

  it('is told by the plan also when nothing has changed', () => {
    const none = new Map<string, null>();
    expect(hasPlans({ resources, refreshed: none, notices: [says('PLAN.REFRESHED')] })).toBe(true);
    expect(hasPlans({ resources, refreshed: none, notices: [] })).toBe(false);
  });
});
