import { describe, expect, it } from '@jest/globals';
import { FaultPlan } from './fault-plan.js';
import type { Call } from './fault-plan.js';
import { FaultRuleError, parseFaultRule } from './fault-rule.js';

const call: Call = {
  operation: 'list',
  type: 'Secret',
  region: null,
  namespace: 'shop',
  continues: false,
};

function hits(plan: FaultPlan, calls: readonly Partial<Call>[]): boolean[] {
  return calls.map((one) => plan.hit({ ...call, ...one }) !== null);
}

describe('a fault plan', () => {
  it('hits what fits every filter', () => {
    const plan = new FaultPlan();
    plan.add({ fault: 'deny', type: 'Secret', namespace: 'shop' });
    expect(hits(plan, [{}, { type: 'Pod' }, { namespace: 'billing' }])).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('lets the first pass and stops after the last', () => {
    const plan = new FaultPlan();
    plan.add({ fault: 'error', skip: 1, times: 2 });
    expect(hits(plan, [{}, {}, {}, {}])).toEqual([false, true, true, false]);
  });

  it('draws the same storm from the same seed', () => {
    const storm = (seed: number) => {
      const plan = new FaultPlan();
      plan.add({ fault: 'throttle', share: 0.5, seed });
      return hits(
        plan,
        Array.from({ length: 200 }, () => ({})),
      );
    };
    expect(storm(1)).toEqual(storm(1));
    expect(storm(1)).not.toEqual(storm(2));
    const share = storm(1).filter(Boolean).length / 200;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
  });

  it('expires only pages after the first', () => {
    const plan = new FaultPlan();
    plan.add({ fault: 'expire' });
    expect(hits(plan, [{}, { continues: true }])).toEqual([false, true]);
  });

  it('returns to the initial faults', () => {
    const plan = new FaultPlan([{ fault: 'deny', type: 'Secret' }]);
    plan.clear();
    plan.add({ fault: 'error', type: 'Pod' });
    plan.reset();
    expect(hits(plan, [{}, { type: 'Pod' }])).toEqual([true, false]);
  });
});

describe('a fault rule', () => {
  it.each([
    [[], 'JSON object'],
    [{ fault: 'melt' }, 'fault is one of'],
    [{ fault: 'deny', tpye: 'x' }, 'Unknown field tpye'],
    [{ fault: 'deny', type: 7 }, 'type is a string'],
    [{ fault: 'slow', delayMs: '7' }, 'delayMs is a number'],
  ])('%j is refused', (body, message) => {
    expect(() => parseFaultRule(body)).toThrow(FaultRuleError);
    expect(() => parseFaultRule(body)).toThrow(message);
  });
});
