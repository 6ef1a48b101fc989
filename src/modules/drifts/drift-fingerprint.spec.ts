import { describe, expect, it } from '@jest/globals';
import { differencesHash, driftFingerprint, type DriftIdentity } from './drift-fingerprint.js';

const declared: DriftIdentity = {
  environmentId: 'env-1',
  driftType: 'modified',
  sourceId: 'source-1',
  address: 'module.web.aws_instance.app["a"]',
  resourceType: 'aws_instance',
  resourceId: 'i-0123',
  accountId: '111122223333',
  region: 'eu-central-1',
};

describe('driftFingerprint', () => {
  it('stays the same when a declared resource is replaced at the provider', () => {
    expect(driftFingerprint({ ...declared, resourceId: 'i-9999' })).toBe(
      driftFingerprint(declared),
    );
  });

  it('tells apart environment, drift type, source and address', () => {
    const prints = [
      declared,
      { ...declared, environmentId: 'env-2' },
      { ...declared, driftType: 'deleted' as const },
      { ...declared, sourceId: 'source-2' },
      { ...declared, address: 'aws_instance.app' },
    ].map(driftFingerprint);
    expect(new Set(prints).size).toBe(prints.length);
  });

  it('names an undeclared resource by type, id and place', () => {
    const added: DriftIdentity = {
      ...declared,
      driftType: 'added',
      sourceId: null,
      address: null,
      resourceType: 'AWS::EC2::Instance',
    };
    expect(driftFingerprint({ ...added, resourceId: 'i-9999' })).not.toBe(driftFingerprint(added));
    expect(driftFingerprint({ ...added, region: 'us-east-1' })).not.toBe(driftFingerprint(added));
  });

  it('cannot be confused by separators inside a name', () => {
    const left = { ...declared, sourceId: 'a","b', address: 'c' };
    const right = { ...declared, sourceId: 'a', address: 'b","c' };
    expect(driftFingerprint(left)).not.toBe(driftFingerprint(right));
  });
});

describe('differencesHash', () => {
  const one = {
    propertyPath: 'tags.owner',
    changeType: 'modified' as const,
    declaredValue: 'platform',
    actualValue: { b: 1, a: [1, { d: 1, c: 2 }] },
  };
  const two = { ...one, propertyPath: 'tags.team', declaredValue: null };

  it('ignores the order of findings and of object keys', () => {
    const reordered = { ...one, actualValue: { a: [1, { c: 2, d: 1 }], b: 1 } };
    expect(differencesHash([two, reordered])).toBe(differencesHash([one, two]));
  });

  it('sees a changed value, also inside a list', () => {
    const changed = { ...one, actualValue: { b: 1, a: [{ d: 1, c: 2 }, 1] } };
    expect(differencesHash([changed])).not.toBe(differencesHash([one]));
  });
});
