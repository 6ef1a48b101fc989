import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { envReferences } from './env-references.js';

const at: Setting = {
  path: 'spec.containers[0].env',
  declaredFormat: 'k8s-manifest',
  actualFormat: 'k8s-live',
};
const host = { name: 'HOST', value: 'db' };
const url = { name: 'URL', value: 'pg://$(HOST)/shop' };
const escaped = { name: 'HELP', value: 'use $$(HOST)' };

describe('env-references', () => {
  it('speaks when a variable comes to stand before the one it refers to', () => {
    expect(ruleOn(envReferences, [host, url], [url, host], at)).toBe('differs');
  });

  it('has nothing to say of any other order', () => {
    expect(ruleOn(envReferences, [url, host], [host, url], at)).toBe('silent');
    expect(ruleOn(envReferences, [host, escaped], [escaped, host], at)).toBe('silent');
    expect(
      ruleOn(
        envReferences,
        [host, { name: 'A', value: '1' }],
        [{ name: 'A', value: '1' }, host],
        at,
      ),
    ).toBe('silent');
  });

  it('leaves changed values and other lists to the walk', () => {
    expect(ruleOn(envReferences, [host, url], [{ ...url, value: 'x' }, host], at)).toBe('silent');
    expect(ruleOn(envReferences, [host, url], [host], at)).toBe('silent');
    expect(ruleOn(envReferences, [host, url], [url, host], { ...at, path: 'spec.other' })).toBe(
      'silent',
    );
    expect(ruleOn(envReferences, [host, url], undefined, at)).toBe('silent');
  });
});
