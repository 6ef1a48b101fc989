import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { standIn } from './stand-in.js';

const google: Setting = { actualFormat: 'gcp-cai', path: 'network' };

describe('stand-in', () => {
  it('cannot tell what a recorder replaced on one side', () => {
    expect(ruleOn(standIn, 'projects/x-PROJECT_ID/global/n', 'projects/shop/n', google)).toBe(
      'unverifiable',
    );
    expect(ruleOn(standIn, 'sales', 'x-datasetID', google)).toBe('unverifiable');
    expect(ruleOn(standIn, 'bot@shop.example', 'user@google.com', google)).toBe('unverifiable');
  });

  it('leaves values to the others where both sides hold the same word, or none', () => {
    expect(ruleOn(standIn, 'x-subnetworkID', 'x-subnetworkID-changed', google)).toBe('silent');
    expect(ruleOn(standIn, 'sales', 'sales-2', google)).toBe('silent');
    expect(ruleOn(standIn, 'x-requestID', 'x-traceID', { ...google, path: 'header_name' })).toBe(
      'silent',
    );
    expect(ruleOn(standIn, 'x-datasetID', 'sales', { ...google, actualFormat: 'k8s-live' })).toBe(
      'silent',
    );
  });
});
