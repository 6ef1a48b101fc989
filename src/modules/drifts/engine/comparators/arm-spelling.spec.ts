import { describe, expect, it } from '@jest/globals';
import { ruleOn, type Setting } from '../testing/rule-on.js';
import { armSpelling } from './arm-spelling.js';

const azure: Setting = { declaredFormat: 'azapi', actualFormat: 'azure-resource-graph' };
const plan = '/subscriptions/0/resourceGroups/RG/providers/Microsoft.Web/serverFarms/p';

describe('arm-spelling', () => {
  it.each([
    ['a resource id in another case', plan, plan.toLowerCase(), 'properties.serverFarmId'],
    ['a region by display name', 'westus2', 'West US 2', 'location'],
    ['an enum in another case', 'https', 'HTTPS', 'properties.protocol'],
    ['flags spaced differently', 'logging,metrics', 'Logging, Metrics', 'properties.bypass'],
  ])('takes %s for the same', (_, declared, actual, path) => {
    expect(ruleOn(armSpelling, declared, actual, { ...azure, path })).toBe('same');
  });

  it.each([
    ['another resource', plan, plan.replace('/p', '/other'), 'properties.serverFarmId'],
    ['another region', 'westus2', 'East US', 'location'],
    ['the case of a tag, which the user chose', 'Prod', 'prod', 'tags.env'],
    ['the case of free text', 'Hello World', 'hello world', 'properties.description'],
  ])('does not excuse %s', (_, declared, actual, path) => {
    expect(ruleOn(armSpelling, declared, actual, { ...azure, path })).toBe('silent');
  });

  it('says nothing outside Azure', () => {
    expect(ruleOn(armSpelling, 'https', 'HTTPS', { path: 'protocol' })).toBe('silent');
  });
});
