import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from './json.js';
import { PropertyPathError, parsePropertyPath, setProperty } from './property-path.js';

function resource(): JsonObject {
  return {
    spec: { containers: [{ image: 'a' }, { image: 'b' }] },
    metadata: { labels: { 'a.b/c': 'x' } },
  };
}

describe('a property path', () => {
  it('takes dots, indexes and quoted keys', () => {
    expect(parsePropertyPath('metadata.labels["a.b/c"].x[10]')).toEqual([
      'metadata',
      'labels',
      'a.b/c',
      'x',
      10,
    ]);
    expect(parsePropertyPath('["a\\"b"]')).toEqual(['a"b']);
  });

  it.each(['', 'a[b]', 'a["b', 'a..b'])('%j cannot be read', (path) => {
    expect(() => parsePropertyPath(path)).toThrow(PropertyPathError);
  });
});

describe('setting a property', () => {
  it.each([
    ['spec.containers[1].image', 'c', { spec: { containers: [{ image: 'a' }, { image: 'c' }] } }],
    ['spec.replicas', 3, { spec: { replicas: 3 } }],
    [
      'spec.containers[2]',
      { image: 'z' },
      { spec: { containers: [{ image: 'a' }, { image: 'b' }, { image: 'z' }] } },
    ],
    ['status.conditions[0].type', 'Ready', { status: { conditions: [{ type: 'Ready' }] } }],
    ['metadata.labels["a.b/c"]', 'y', { metadata: { labels: { 'a.b/c': 'y' } } }],
  ])('%s', (path, value, expected) => {
    const changed = resource();
    setProperty(changed, path, value);
    expect(changed).toMatchObject(expected);
  });

  it('to nothing removes it', () => {
    const changed = resource();
    setProperty(changed, 'spec.containers[0]', undefined);
    setProperty(changed, 'metadata.labels["a.b/c"]', undefined);
    expect(changed).toEqual({ spec: { containers: [{ image: 'b' }] }, metadata: { labels: {} } });
  });

  it.each([
    'spec[0]',
    'spec.containers.image',
    'spec.containers[9]',
    'spec.containers[0].image.tag',
  ])('%s does not fit', (path) => {
    expect(() => setProperty(resource(), path, 1)).toThrow(PropertyPathError);
  });
});
