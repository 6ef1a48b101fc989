import { describe, expect, it } from '@jest/globals';
import type { AssetSurvey } from './asset-survey.js';
import { planReadings } from './reading-plan.js';

const TOPIC = 'pubsub.googleapis.com/Topic';
const BUCKET = 'storage.googleapis.com/Bucket';
const DISK = 'compute.googleapis.com/Disk';
const denied = { status: 'denied', message: 'no', rejected: true } as const;

function survey(counts: Record<string, number>, failure: AssetSurvey['failure'] = null) {
  return { types: new Map(Object.entries(counts)), failure };
}

describe('the plan of a scan', () => {
  it('reads together what fits on one page', () => {
    const plan = planReadings(survey({ [TOPIC]: 400, [BUCKET]: 600, [DISK]: 500 }), { types: [] });
    expect(plan.batches).toEqual([[DISK, TOPIC], [BUCKET]]);
    expect(plan.policyTypes).toEqual([]);
  });

  it('gives a large type a listing of its own', () => {
    const plan = planReadings(survey({ [TOPIC]: 4000, [BUCKET]: 1 }), { types: [] });
    expect(plan.batches).toEqual([[TOPIC], [BUCKET]]);
  });

  it('asks for no more types at once than fit into an address', () => {
    const counts = Array.from({ length: 90 }, (_, n) => [`a.googleapis.com/T${n}`, 0] as const);
    const { batches } = planReadings(survey(Object.fromEntries(counts)), { types: [] });
    expect(batches.map((types) => types.length)).toEqual([40, 40, 10]);
  });

  it('lists an expected type that was not seen apart from the others, once, however it is spelled', () => {
    const expected = [TOPIC, BUCKET.toLowerCase(), TOPIC].map((type) => ({ type, region: null }));
    const plan = planReadings(survey({ [BUCKET]: 1 }), { types: [], expected });
    expect(plan.batches).toEqual([[BUCKET], [TOPIC]]);
  });

  it('reads what is asked for and what is expected, and policies of nothing else', () => {
    const expected = [{ type: DISK, region: null }];
    const seen = survey({ [BUCKET]: 1, [TOPIC]: 1, [DISK]: 1 });
    const plan = planReadings(seen, { types: [BUCKET], expected });
    expect(plan.batches).toEqual([[DISK, BUCKET]]);
    expect(plan.policyTypes).toEqual([DISK, BUCKET]);
  });

  it('asks nothing more where naming was refused', () => {
    const plan = planReadings(survey({}, denied), { types: [TOPIC] });
    expect(plan).toEqual({ batches: [], unread: [TOPIC], policyTypes: null });
  });
});
