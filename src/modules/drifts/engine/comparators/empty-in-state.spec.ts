import { describe, expect, it } from '@jest/globals';
import { compareAws, paths } from '../../knowledge/testing/compare-aws.js';

const format = 'aws-describe';

describe('empty-in-state', () => {
  it('is not sure who owns a policy the state does not have', () => {
    const live = { Policy: '{"Statement":[{"Effect":"Allow","Action":"sqs:*","Resource":"*"}]}' };
    expect(paths(compareAws('aws_sqs_queue', { policy: '' }, live, { format }))).toEqual([
      'potential policy',
    ]);
  });

  it('is sure of a plain value the state has empty', () => {
    expect(
      paths(
        compareAws('aws_sqs_queue', { kms_master_key_id: '' }, { KmsMasterKeyId: 'k' }, { format }),
      ),
    ).toEqual(['confirmed kms_master_key_id']);
  });
});
