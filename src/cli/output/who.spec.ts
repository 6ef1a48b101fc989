import { describe, expect, it } from '@jest/globals';
import type { Attribution } from '../../core/providers/index.js';
import { whoText } from './who.js';

const NOW = new Date('2026-05-04T12:00:00Z');

const known: Attribution = {
  source: 'aws-cloudtrail',
  actor: 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0a1b/ana@example.com',
  client: 'console',
  at: '2026-05-04T09:50:00Z',
  action: 'ModifyDBInstance',
  confidence: 'high',
  candidates: 1,
};

describe('who made a drift, in a line', () => {
  it.each<[string, Partial<Attribution>, string | null]>([
    ['a person', {}, 'by ana@example.com (console, 2 h ago)'],
    [
      'a role',
      { actor: 'arn:aws:sts::111122223333:assumed-role/deploy/i-0abc', client: 'cli' },
      'by i-0abc as deploy (cli, 2 h ago)',
    ],
    ['a user', { actor: 'arn:aws:iam::111122223333:user/ops/lee' }, 'by lee (console, 2 h ago)'],
    ['the root user', { actor: 'arn:aws:iam::111122223333:root' }, 'by root (console, 2 h ago)'],
    ['a guess', { confidence: 'medium' }, 'probably by ana@example.com (console, 2 h ago)'],
    [
      'a weak guess',
      { confidence: 'low', client: 'unknown' },
      'perhaps by ana@example.com (2 h ago)',
    ],
    ['only a time', { actor: null, at: '2026-05-01T12:00:00Z' }, 'changed 3 days ago'],
    ['nothing', { actor: null, at: null }, null],
    ['hostile names', { actor: 'a\u001b[31mb\u202e', at: null }, 'by ab\\u202e (console)'],
  ])('%s', (_what, fields, text) => {
    expect(whoText({ ...known, ...fields }, NOW)).toBe(text);
  });
});
