import { describe, expect, it } from '@jest/globals';
import { ruleOn } from '../testing/rule-on.js';
import { maintainedByService } from './maintained-by-service.js';

describe('maintained-by-service', () => {
  it('expects a read-only field to move by itself', () => {
    expect(
      ruleOn(maintainedByService, 'W/"1"', 'W/"2"', { path: 'etag', facts: { readOnly: true } }),
    ).toBe('expected');
  });

  it('says nothing of a field code can set', () => {
    expect(ruleOn(maintainedByService, 'a', 'b', { path: 'etag' })).toBe('silent');
  });
});
