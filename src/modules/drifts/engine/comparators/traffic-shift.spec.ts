import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { compareAws, paths } from '../../knowledge/testing/compare-aws.js';

const rule = (...targets: [string, number][]): JsonObject => ({
  Actions: [
    {
      Type: 'forward',
      ForwardConfig: {
        TargetGroups: targets.map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight })),
      },
    },
  ],
});
const service = (type: string) => ({
  type: 'AWS::ECS::Service',
  attributes: {
    DeploymentController: { Type: type },
    LoadBalancers: [{ ContainerName: 'web', ContainerPort: 80, TargetGroupArn: 'blue' }],
  },
});

function drift(live: JsonObject, beside: { type: string; attributes: JsonObject }[]): string[] {
  const declared = rule(['blue', 100], ['green', 0]);
  return paths(compareAws('AWS::ElasticLoadBalancingV2::ListenerRule', declared, live, { beside }));
}

describe('traffic-shift', () => {
  it('is silent while a blue/green deployment moves traffic between the declared targets', () => {
    expect(drift(rule(['blue', 0], ['green', 100]), [service('CODE_DEPLOY')])).toEqual([]);
  });

  it('speaks where nothing in the code moves it', () => {
    expect(drift(rule(['blue', 0], ['green', 100]), [])).not.toEqual([]);
    expect(drift(rule(['blue', 0], ['green', 100]), [service('ECS')])).not.toEqual([]);
  });

  it('speaks about another target', () => {
    expect(drift(rule(['blue', 0], ['rogue', 100]), [service('CODE_DEPLOY')])).not.toEqual([]);
  });
});
