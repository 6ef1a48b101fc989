import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { codeExpression } from './code-expression.js';

const code: Setting = { declaredFormat: 'terraform-hcl-json', actualFormat: 'gcp-cai' };
const block = [{ network: '${google_compute_network.main.id}' }];

describe('code-expression', () => {
  it('cannot tell what a block of expressions would be', () => {
    expect(ruleOn(codeExpression, block, undefined, code)).toBe('unverifiable');
  });

  it('leaves to the walk what holds a value, or has something to be compared with', () => {
    expect(ruleOn(codeExpression, [{ ...block[0], mode: 'AUTO' }], undefined, code)).toBe('silent');
    expect(ruleOn(codeExpression, block, {}, code)).toBe('silent');
  });
});
