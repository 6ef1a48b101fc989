import { describe, expect, it } from '@jest/globals';
import { ruleOn } from '../testing/rule-on.js';
import { googleScope } from './google-scope.js';

const url = 'https://www.googleapis.com/auth/devstorage.read_only';
const google = { actualFormat: 'gcp-cai' } as const;

describe('google-scope', () => {
  it('reads a short name as its URL', () => {
    expect(ruleOn(googleScope, 'storage-ro', url, google)).toBe('same');
  });

  it('does not excuse a wider scope', () => {
    expect(ruleOn(googleScope, 'storage-full', url, google)).toBe('silent');
    expect(ruleOn(googleScope, 'anything', 'anything else', google)).toBe('silent');
  });

  it('expects the scope GKE adds by itself, on its own resources only', () => {
    const added = 'https://www.googleapis.com/auth/monitoring';
    const nodes = { ...google, path: 'node_config[0].oauth_scopes[2]' };
    const cluster = { ...nodes, type: 'google_container_cluster' };
    expect(ruleOn(googleScope, undefined, added, cluster)).toBe('expected');
    expect(ruleOn(googleScope, undefined, added, nodes)).toBe('silent');
    expect(ruleOn(googleScope, undefined, url, cluster)).toBe('silent');
  });
});
