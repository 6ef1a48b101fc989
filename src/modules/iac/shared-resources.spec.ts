import { describe, expect, it } from '@jest/globals';
import type { DeclaredResource } from '../../core/providers/index.js';
import { SharedResources } from './shared-resources.js';

function bucket(changes: Partial<DeclaredResource> = {}): DeclaredResource {
  return {
    address: 'aws_s3_bucket.logs',
    type: 'aws_s3_bucket',
    format: 'terraform-state-attributes',
    provider: 'aws',
    id: 'logs',
    name: 'logs',
    attributes: {},
    sensitivePaths: [],
    unresolvedPaths: [],
    ignoredPaths: [],
    previousAddress: null,
    scope: { accountId: '1', region: 'eu-west-1', namespace: null },
    location: { file: 'a.tfstate', line: 1 },
    contentHash: null,
    ...changes,
  };
}

describe('a resource in two states', () => {
  it('is named with both', () => {
    const shared = new SharedResources();
    expect(shared.observe(bucket(), 'network')).toBeUndefined();
    const notice = shared.observe(bucket({ address: 'module.old.aws_s3_bucket.b' }), 'legacy');
    expect(notice).toMatchObject({ level: 'warning', code: 'SOURCE.RESOURCE_IN_TWO_STATES' });
    expect(notice?.message).toContain(
      'as aws_s3_bucket.logs in network and as module.old.aws_s3_bucket.b in legacy',
    );
  });

  it.each([
    ['another identifier', bucket({ id: 'media' })],
    [
      'another account',
      bucket({ scope: { accountId: '2', region: 'eu-west-1', namespace: null } }),
    ],
    ['another type', bucket({ type: 'aws_s3_bucket_policy' })],
    ['no identifier yet', bucket({ id: null })],
  ])('is not one with %s', (_case, other) => {
    const shared = new SharedResources();
    shared.observe(bucket(), 'network');
    expect(shared.observe(other, 'legacy')).toBeUndefined();
  });

  it('is not one that a source declares twice itself', () => {
    const shared = new SharedResources();
    shared.observe(bucket(), 'network');
    expect(shared.observe(bucket({ address: 'aws_s3_bucket.again' }), 'network')).toBeUndefined();
  });
});
