import { describe, expect, it } from '@jest/globals';
import { compareAws, paths } from '../../knowledge/testing/compare-aws.js';

const live = {
  name: 'live',
  BucketVersioningConfiguration: { status: 'Suspended', isMfaDeleteEnabled: null },
};
const versioning = {
  type: 'aws_s3_bucket_versioning',
  attributes: { bucket: 'live', versioning_configuration: [{ status: 'Enabled' }] },
};

describe('part-owner', () => {
  const drift = (beside: (typeof versioning)[]): string[] =>
    paths(
      compareAws('aws_s3_bucket', { versioning: [{ enabled: true }] }, live, {
        format: 'aws-config',
        actualType: 'AWS::S3::Bucket',
        beside,
      }),
    );

  it('leaves a change to the resource that declares the part', () => {
    expect(drift([versioning])).toEqual([]);
  });

  it('speaks where no resource of its own declares the part, or one of another bucket does', () => {
    const other = { ...versioning, attributes: { ...versioning.attributes, bucket: 'other' } };
    expect(drift([])).toEqual(['unverifiable versioning[0].enabled']);
    expect(drift([other])).toEqual(['unverifiable versioning[0].enabled']);
  });

  it('does the same where a refresh tells both', () => {
    const refreshed = (beside: (typeof versioning)[]): string[] =>
      paths(
        compareAws(
          'aws_s3_bucket',
          { versioning: [{ enabled: true }] },
          { versioning: [{ enabled: false }] },
          { beside },
        ),
      );
    expect(refreshed([versioning])).toEqual([]);
    expect(refreshed([])).toEqual(['confirmed versioning[0].enabled']);
  });
});
