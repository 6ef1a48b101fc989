import { describe, expect, it } from '@jest/globals';
import { keyedList } from './keyed-list.js';
import { sameWords } from './name-words.js';

describe('names made of the same words', () => {
  const plan = { words: ['backup', 'plan'], of: 'type' } as const;

  it('leaves aside the words of the type, and those that say what kind of value it is', () => {
    expect(sameWords('target_vault_name', 'TargetBackupVault', plan)).toBe(true);
    expect(sameWords('schedule', 'ScheduleExpression', plan)).toBe(true);
    expect(sameWords('start_window', 'StartWindowMinutes', plan)).toBe(true);
    expect(sameWords('kms_key_arn', 'KmsKey', plan)).toBe(true);
  });

  it('does not take a name for an id, nor a number in one unit for one in another', () => {
    expect(sameWords('user_name', 'UserId', plan)).toBe(false);
    expect(sameWords('limit_seconds', 'LimitMinutes', plan)).toBe(false);
    expect(sameWords('schedule', 'ScheduleExpressionTimezone', plan)).toBe(false);
    expect(sameWords('name', 'BackupPlanId', plan)).toBe(false);
  });
});

describe('a map under the own names of users', () => {
  it('is the list of blocks that the provider makes of it', () => {
    const routes = [{ route_key: 'GET /a', burst: 5 }];
    expect(keyedList(routes, { 'GET /a': { Burst: 5 } })).toEqual([
      { route_key: 'GET /a', Burst: 5 },
    ]);
    expect(keyedList([{ name: 'timeout', value: '1' }], { timeout: '2' })).toEqual([
      { name: 'timeout', value: '2' },
    ]);
    expect(keyedList(routes, {})).toEqual([]);
  });

  it('is not the block itself', () => {
    expect(keyedList([{ name: 'a', size: 1 }], { Name: 'a', Size: 1 })).toBeUndefined();
  });
});
