import { describe, expect, it } from '@jest/globals';
import { count, displayWidth, printable, truncate, wrap } from './text.js';

describe('printable', () => {
  it('keeps a terminal from obeying names that come from a cloud', () => {
    expect(printable('a\u001B[31mred\u001B[0m')).toBe('ared');
    expect(printable('bell\u0007 and line\nbreak')).toBe('bell\\u0007 and line\\u000abreak');
    expect(printable('right\u202Eleft')).toBe('right\\u202eleft');
  });

  it('leaves ordinary text of any language alone', () => {
    expect(printable('größe 日本語 → ok')).toBe('größe 日本語 → ok');
  });
});

describe('wrap', () => {
  it('breaks after the coarsest separator that fits', () => {
    expect(wrap('module.network.aws_security_group.api', 24)).toEqual([
      'module.network.',
      'aws_security_group.api',
    ]);
  });

  it('breaks a long piece after finer separators, and cuts what has none', () => {
    expect(wrap('aws_s3_bucket_public_access_block', 16)).toEqual([
      'aws_s3_bucket_',
      'public_access_',
      'block',
    ]);
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('loses nothing but blanks at line ends', () => {
    const text = 'User scanner is not authorized to perform config:SelectResourceConfig';
    for (let width = 8; width < 80; width++) {
      const lines = wrap(text, width);
      expect(lines.every((line) => displayWidth(line) <= width)).toBe(true);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }
  });
});

it('measures and cuts wide characters by the columns they take', () => {
  expect(displayWidth('日本')).toBe(4);
  expect(truncate('日本語', 5)).toBe('日本…');
  expect(truncate('fits', 4)).toBe('fits');
});

it('counts in words', () => {
  expect(count(1, 'drift')).toBe('1 drift');
  expect(count(1234, 'drift')).toBe('1,234 drifts');
});
