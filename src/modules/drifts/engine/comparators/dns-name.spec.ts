import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { dnsName } from './dns-name.js';

describe('dns-name', () => {
  it.each<[string, unknown, unknown, Setting]>([
    ['a trailing dot', 'example.com', 'example.com.', { path: 'AliasTarget.DNSName' }],
    ['case', 'MyApp.Example.com.', 'myapp.example.com.', { path: 'AliasTarget.DNSName' }],
    ['the octal star', '*.example.com', '\\052.example.com.', { path: 'AliasTarget.DNSName' }],
  ])('is silent about %s', (_, declared, actual, setting) => {
    expect(ruleOn(dnsName, declared as never, actual as never, setting)).toBe('same');
  });

  it.each<[string, unknown, unknown, Setting]>([
    ['another name', 'example.com', 'example.org.', { path: 'AliasTarget.DNSName' }],
    ['a key that names no host', 'File.TXT', 'file.txt', { path: 'Key' }],
    ['free text', 'Hello World.', 'hello world', { path: 'AliasTarget.DNSName' }],
  ])('speaks about %s', (_, declared, actual, setting) => {
    expect(ruleOn(dnsName, declared as never, actual as never, setting)).toBe('silent');
  });
});
