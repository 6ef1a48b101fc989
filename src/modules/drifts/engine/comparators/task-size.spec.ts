import { describe, expect, it } from '@jest/globals';
import { compareAws, paths } from '../../knowledge/testing/compare-aws.js';

const drift = (declared: string, live: string): string[] =>
  paths(compareAws('AWS::ECS::TaskDefinition', { Cpu: declared }, { Cpu: live }));

describe('task-size', () => {
  it('is silent about a size by name', () => {
    expect(drift('1 vCPU', '1024')).toEqual([]);
    expect(drift('.25 vCPU', '256')).toEqual([]);
  });

  it('speaks about another size', () => {
    expect(drift('1 vCPU', '2048')).toEqual(['confirmed Cpu']);
    expect(drift('1024', '1 GB of RAM')).toEqual(['confirmed Cpu']);
  });
});
