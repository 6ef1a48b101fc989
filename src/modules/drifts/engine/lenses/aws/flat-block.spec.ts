import { describe, expect, it } from '@jest/globals';
import { flatBlock } from './flat-block.js';

const EXPIRATION = ['date', 'days', 'expired_object_delete_marker'];
const NONCURRENT = ['newer_noncurrent_versions', 'noncurrent_days'];

describe('flatBlock', () => {
  it('reads members under the name of the block and their own', () => {
    const live = { expirationInDays: 30, expirationDate: '2030-01-01', status: 'Enabled' };
    expect(flatBlock('expiration', [{ days: 1 }], EXPIRATION, live)?.value).toEqual([
      { days: 30, date: '2030-01-01' },
    ]);
  });

  it('takes the end of a member that repeats the name of its block', () => {
    const live = { noncurrentVersionExpirationInDays: 90 };
    const found = flatBlock('noncurrent_version_expiration', [], NONCURRENT, live);
    expect(found?.value).toEqual([{ noncurrent_days: 90 }]);
  });

  it('is empty where nobody set a number', () => {
    const live = { noncurrentVersionExpirationInDays: -1 };
    expect(flatBlock('noncurrent_version_expiration', [], NONCURRENT, live)?.value).toEqual([]);
  });

  it.each<[string, Parameters<typeof flatBlock>]>([
    [
      'the block itself is there',
      ['expiration', [{}], EXPIRATION, { expiration: {}, expirationInDays: 1 }],
    ],
    ['nothing of it is there', ['expiration', [{}], EXPIRATION, { status: 'Enabled' }]],
    ['the value is no block', ['expiration', 30, EXPIRATION, { expirationInDays: 30 }]],
    [
      'the block may stand several times',
      ['expiration', [{}, {}], EXPIRATION, { expirationInDays: 1 }],
    ],
  ])('has nothing to say where %s', (_, given) => {
    expect(flatBlock(...given)).toBeUndefined();
  });
});
