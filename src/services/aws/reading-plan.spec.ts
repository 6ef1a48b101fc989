import { describe, expect, it } from '@jest/globals';
import type { RecorderFinding } from './configuration-recorder.js';
import { planReadings } from './reading-plan.js';
import type { Reading } from './reading-plan.js';
import type { CountedType, RegionSurvey } from './region-survey.js';

const ROLE = 'AWS::IAM::Role';
const QUEUE = 'AWS::SQS::Queue';
const working: RecorderFinding = { present: true, caveat: null, records: () => true };
const stopped: RecorderFinding = { present: true, caveat: 'stopped', records: () => true };
const everything = { types: [], cloudControl: false };

function survey(region: string, types: CountedType[], recorder = working): RegionSurvey {
  return { region, recorder, types, failure: null };
}

function failed(region: string): RegionSurvey {
  const failure = { status: 'denied', message: 'no' } as const;
  return { region, recorder: working, types: null, failure };
}

function roles(count: number): CountedType {
  return { type: ROLE, global: true, count };
}

function queues(count: number): CountedType {
  return { type: QUEUE, global: false, count };
}

function inShort(readings: readonly Reading[]): string[] {
  return readings.map(
    ({ type, region, global, how }) => `${type} ${global ? 'global' : region} ${how.kind}`,
  );
}

describe('the plan of a scan', () => {
  it('has one reading for each type and region', () => {
    const plan = planReadings(
      [survey('a', [queues(2)]), survey('b', [queues(1), queues(0)])],
      everything,
    );
    expect(inShort(plan)).toEqual([`${QUEUE} a list`, `${QUEUE} b list`]);
  });

  it('reads a global type once, where a working recorder knows most', () => {
    const surveys = [
      survey('a', [roles(3)]),
      survey('b', [roles(9)], stopped),
      survey('c', [roles(5)]),
    ];
    const plan = planReadings(surveys, { types: [ROLE], cloudControl: false });
    expect(plan).toMatchObject([{ type: ROLE, region: 'c', global: true }]);
  });

  it('takes the word of a region that answers before that of one that does not', () => {
    const plan = planReadings([failed('a'), survey('b', [])], {
      types: [ROLE],
      cloudControl: false,
    });
    expect(plan).toMatchObject([{ region: 'b', how: { kind: 'prove-absence' } }]);
  });

  it('says once for a failed region that nothing is known, or once for each named type', () => {
    expect(inShort(planReadings([failed('a')], everything))).toEqual(['* a failed']);
    const expected = [{ type: QUEUE, region: 'a' }];
    expect(
      inShort(planReadings([failed('a')], { types: [], expected, cloudControl: false })),
    ).toEqual([`${QUEUE} a failed`]);
  });

  it('looks for an expected type only where it is expected, however it is spelled', () => {
    const expected = [
      { type: 'aws::sqs::queue', region: 'b' },
      { type: QUEUE, region: 'b' },
    ];
    const plan = planReadings([survey('a', []), survey('b', [])], {
      types: [],
      expected,
      cloudControl: false,
    });
    expect(inShort(plan)).toEqual([`${QUEUE} b prove-absence`]);
  });
});
