import { describe, expect, it } from '@jest/globals';
import type {
  ActualResource,
  Coverage,
  DeclaredResource,
} from '../../../../core/providers/index.js';
import { openKnowledge } from '../../knowledge/index.js';
import { DriftDetector } from '../detect.js';
import { fieldOf } from '../testing/rule-on.js';
import { whyNotDeleted } from './coverage-lookup.js';

const knowledge = openKnowledge();
const SCOPE = { accountId: '1', region: 'eu-west-1', namespace: null };
const bucket: DeclaredResource = {
  ...fieldOf({ type: 'aws_s3_bucket' }).pair.declared,
  provider: 'aws',
  id: 'b',
  scope: SCOPE,
};
const policy: DeclaredResource = { ...bucket, type: 'aws_s3_bucket_policy' };
const deployment: DeclaredResource = {
  ...fieldOf({ type: 'Deployment', declaredFormat: 'k8s-manifest' }).pair.declared,
  provider: 'kubernetes',
  id: 'apps/v1/Deployment/shop/web',
};
const complete: Coverage = {
  provider: 'aws',
  type: 'AWS::S3::Bucket',
  accountId: '1',
  region: 'eu-west-1',
  status: 'complete',
  resources: 3,
  pages: 1,
  message: null,
};
const apps: Coverage = {
  ...complete,
  provider: 'kubernetes',
  type: 'apps/v1/Deployment',
  accountId: null,
  region: null,
};
const failed = (entry: Coverage, type: string): Coverage => ({
  ...entry,
  type,
  status: 'failed',
  message: 'no answer',
});
const why = (resource: DeclaredResource, ...coverage: Coverage[]) =>
  whyNotDeleted(resource, coverage, knowledge);

describe('what was read completely and is not there', () => {
  it('is deleted', () => {
    expect(why(bucket, complete)).toBeNull();
    expect(why(deployment, apps)).toBeNull();
  });

  it('is deleted with the resource it is a part of', () => {
    expect(why(policy, complete)).toBeNull();
  });

  it('is not deleted where the listing of its region failed', () => {
    expect(why(bucket, complete, failed(complete, '*'))).toBe('not everything was read: no answer');
    expect(why(bucket, complete, { ...failed(complete, '*'), region: 'us-east-1' })).toBeNull();
    expect(why(bucket, complete, failed(apps, '*'))).toBeNull();
  });

  it('is not deleted where its group could not be asked', () => {
    expect(why(deployment, apps, failed(apps, 'apps/v1/*'))).not.toBeNull();
    expect(why(deployment, apps, failed(apps, 'batch/v1/*'))).toBeNull();
    expect(why(deployment, apps, failed(apps, 'v1/*'))).toBeNull();
    const config = { ...deployment, type: 'ConfigMap', id: 'v1/ConfigMap/shop/web' };
    expect(why(config, { ...apps, type: 'v1/ConfigMap' }, failed(apps, 'v1/*'))).not.toBeNull();
  });
});

it('what the provider records as deleted is deleted, whatever else was read', () => {
  const record: ActualResource = {
    ...fieldOf({ actualFormat: 'aws-config' }).pair.actual,
    provider: 'aws',
    type: 'AWS::S3::Bucket',
    id: 'b',
  };
  const detections = (deleted: readonly ActualResource[]) => [
    ...new DriftDetector({ declared: [bucket], knowledge, deleted }).finish([]),
  ];
  expect(detections([record])).toMatchObject([{ kind: 'missing' }]);
  expect(detections([{ ...record, id: 'c' }])).toMatchObject([{ kind: 'unread' }]);
});
