import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { compareAws, paths } from '../../knowledge/testing/compare-aws.js';
import { ruleOn } from '../testing/rule-on.js';
import { capacityBand } from './capacity-band.js';

const group = (DesiredCapacity: string): JsonObject => ({
  MinSize: '1',
  MaxSize: '5',
  DesiredCapacity,
});
const policy = {
  type: 'AWS::AutoScaling::ScalingPolicy',
  attributes: { AutoScalingGroupName: 'live' },
};

const service = (DesiredCount: number): JsonObject => ({ DesiredCount });
const target = {
  type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  attributes: {
    ResourceId: 'service/live',
    ScalableDimension: 'ecs:service:DesiredCount',
    MinCapacity: 2,
    MaxCapacity: 6,
  },
};

describe('capacity-band', () => {
  it('is silent inside the limits of a declared autoscaler', () => {
    expect(
      paths(
        compareAws('AWS::AutoScaling::AutoScalingGroup', group('2'), group('4'), {
          beside: [policy],
        }),
      ),
    ).toEqual([]);
    expect(
      paths(compareAws('AWS::ECS::Service', service(2), service(5), { beside: [target] })),
    ).toEqual([]);
  });

  it('speaks outside them', () => {
    expect(
      paths(
        compareAws('AWS::AutoScaling::AutoScalingGroup', group('2'), group('9'), {
          beside: [policy],
        }),
      ),
    ).toEqual(['confirmed DesiredCapacity']);
    expect(
      paths(compareAws('AWS::ECS::Service', service(2), service(1), { beside: [target] })),
    ).toEqual(['confirmed DesiredCount']);
  });

  it('takes a pool that scales by itself at its own limits', () => {
    const pool = { enableAutoScaling: true, minCount: 2, maxCount: 8 };
    const on = (declaredParent: JsonObject, actual: number): string =>
      ruleOn(capacityBand, 3, actual, { path: 'agentPoolProfiles[0].count', declaredParent });
    expect(on(pool, 7)).toBe('expected');
    expect(on(pool, 9)).toBe('differs');
    expect(on({ ...pool, enableAutoScaling: false }, 7)).toBe('silent');
  });

  it('speaks where no autoscaler is declared', () => {
    expect(paths(compareAws('AWS::AutoScaling::AutoScalingGroup', group('2'), group('4')))).toEqual(
      ['confirmed DesiredCapacity'],
    );
  });
});
