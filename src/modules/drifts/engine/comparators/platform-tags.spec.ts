import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { compareAws, paths } from '../../knowledge/testing/compare-aws.js';

const tag = (Key: string, Value: string): JsonObject => ({ Key, Value });
const STACK = tag('aws:cloudformation:stack-name', 's');

function drift(declared: JsonObject, actual: JsonObject, facts: JsonObject = {}): string[] {
  return paths(compareAws('AWS::SNS::Topic', declared, actual, { facts }));
}

describe('platform-tags', () => {
  it('is silent about tags AWS reserves for itself, declared beside others or not at all', () => {
    expect(drift({ Tags: [tag('a', '1')] }, { Tags: [STACK, tag('a', '1')] })).toEqual([]);
    expect(drift({}, { Tags: [STACK] })).toEqual([]);
  });

  it('is silent about stack tags with exactly the stack value', () => {
    expect(drift({}, { Tags: [tag('team', 'x')] }, { stackTags: { team: 'x' } })).toEqual([]);
  });

  it('speaks about a stack tag with another value', () => {
    expect(drift({}, { Tags: [tag('team', 'y')] }, { stackTags: { team: 'x' } })).toEqual([
      'not-compared Tags',
    ]);
    expect(
      drift(
        { Tags: [tag('a', '1')] },
        { Tags: [tag('a', '1'), tag('team', 'y')] },
        { stackTags: { team: 'x' } },
      ),
    ).toEqual(['confirmed Tags.team']);
  });

  it('speaks about a changed, an added and a removed tag', () => {
    expect(drift({ Tags: [tag('a', '1')] }, { Tags: [STACK, tag('a', '2')] })).toEqual([
      'confirmed Tags[0].Value',
    ]);
    expect(
      drift({ Tags: [tag('a', '1')] }, { Tags: [tag('a', '1'), tag('owner', 'eve')] }),
    ).toEqual(['confirmed Tags.owner']);
    expect(drift({ Tags: [tag('a', '1')] }, { Tags: [STACK] })).toEqual(['confirmed Tags[0]']);
  });

  describe('of a state with default tags in the provider block', () => {
    const state = { tags: { Name: 'a' }, tags_all: { Name: 'a', Owner: 'x' } };
    const live = (tags: JsonObject): string[] =>
      paths(compareAws('aws_vpc', state, { tags }, { format: 'aws-describe' })).filter(
        (line) => !line.startsWith('not-compared'),
      );

    it('is silent when the live tags are all of them', () => {
      expect(live({ Name: 'a', Owner: 'x' })).toEqual([]);
      expect(live({ Name: 'a', Owner: 'x', 'aws:cloud9': 'y' })).toEqual([]);
    });

    it('speaks about another value, one too few and one too many', () => {
      expect(live({ Name: 'a', Owner: 'y' })).toEqual(['confirmed tags.Owner']);
      expect(live({ Name: 'a' })).toEqual(['confirmed tags.Owner']);
      expect(live({ Name: 'a', Owner: 'x', Team: 'z' })).toEqual(['confirmed tags.Team']);
    });
  });

  it('is silent about the mark of a cluster, and speaks about what only looks like it', () => {
    const live = (key: string, value: string): string[] =>
      drift({ Tags: [tag('a', '1')] }, { Tags: [tag('a', '1'), tag(key, value)] });
    expect(live('kubernetes.io/cluster/prod', 'shared')).toEqual([]);
    expect(live('kubernetes.io/cluster/prod', 'mine')).toHaveLength(1);
    expect(live('kubernetes.io/role/elb', '1')).toHaveLength(1);
  });
});
