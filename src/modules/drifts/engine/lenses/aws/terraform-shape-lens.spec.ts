import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../../core/providers/index.js';
import { compareAws } from '../../../knowledge/testing/compare-aws.js';

function drift(
  type: string,
  declared: JsonObject,
  actual: JsonObject,
  facts: JsonObject = {},
): string[] {
  return compareAws(type, declared, actual, { facts }).findings.map(
    ({ verdict, path }) => `${verdict} ${path}`,
  );
}

describe('hashicorp/aws on both sides', () => {
  it('knows sets from lists', () => {
    const vpc = (...ids: string[]): JsonObject => ({ vpc_config: [{ subnet_ids: ids }] });
    expect(
      drift('aws_lambda_function', vpc('subnet-b', 'subnet-a'), vpc('subnet-a', 'subnet-b')),
    ).toEqual([]);
    expect(
      drift('aws_lambda_function', { layers: ['a', 'b'] }, { layers: ['b', 'a'] }),
    ).toHaveLength(2);
  });

  it('accepts a name made from the prefix, and no other', () => {
    expect(
      drift(
        'aws_s3_bucket',
        { bucket_prefix: 'app-' },
        { bucket_prefix: 'app-', bucket: 'app-2026' },
      ),
    ).toEqual([]);
    expect(
      drift('aws_s3_bucket', { bucket_prefix: 'app-' }, { bucket_prefix: 'app-', bucket: 'other' }),
    ).toEqual(['confirmed bucket']);
  });

  it('takes tags_all apart into own, provider and foreign tags', () => {
    const facts = { providerDefaultTags: { Env: 'prod' } };
    const tags = { Name: 'x' };
    expect(
      drift('aws_instance', { tags }, { tags, tags_all: { Name: 'x', Env: 'prod' } }, facts),
    ).toEqual([]);
    expect(
      drift('aws_instance', { tags }, { tags, tags_all: { Name: 'x', Owner: 'eve' } }, facts),
    ).toEqual(['confirmed tags_all']);
  });

  it('cannot tell a secret that is not returned, and does not show it', () => {
    const report = compareAws('aws_db_instance', { password: 'hunter2' }, { id: 'live' });
    expect(report.findings.map(({ verdict, path }) => `${verdict} ${path}`)).toEqual([
      'unverifiable password',
    ]);
    expect(JSON.stringify(report)).not.toContain('hunter2');
  });
});
