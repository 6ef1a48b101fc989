import { describe, expect, it } from '@jest/globals';
import { cloudValues, endpointOf, refuseUnnamed, regionsOf } from './cloud-places.js';

describe('regions and endpoints of several clouds', () => {
  const regions = cloudValues(['aws=all', 'gcp=europe-west3', 'gcp=eu', 'eu-west-1']);

  it('belong to the cloud that is named, else to the only one', () => {
    expect(regionsOf(regions, 'aws')).toEqual(['all']);
    expect(regionsOf(regions, 'gcp')).toEqual(['europe-west3', 'eu']);
    expect(regionsOf(regions, 'azure')).toEqual(['eu-west-1']);
    const endpoints = cloudValues(['azure=https://proxy.example/?a=b', 'http://127.0.0.1:8080']);
    expect(endpointOf(endpoints, 'azure')).toBe('https://proxy.example/?a=b');
    expect(endpointOf(endpoints, 'aws')).toBe('http://127.0.0.1:8080');
    expect(endpointOf(cloudValues(), 'aws')).toBeNull();
  });

  it('"all" narrows no other cloud than AWS', () => {
    expect(regionsOf(cloudValues(['all']), 'azure')).toEqual([]);
    expect(regionsOf(cloudValues(['all']), 'aws')).toEqual(['all']);
  });

  it('are refused when they could be anybody’s', () => {
    const none = cloudValues();
    const check = (region: string[], endpoint: string[], clouds: number) => () =>
      refuseUnnamed({ regions: cloudValues(region), endpoints: cloudValues(endpoint) }, clouds);
    expect(check(['eu-west-1'], [], 2)).toThrow(/--region aws=eu-west-1/);
    expect(check([], ['http://localhost'], 2)).toThrow(/--endpoint aws=URL/);
    expect(check(['all', 'aws=eu-west-1'], ['gcp=http://localhost'], 3)).not.toThrow();
    expect(check(['eu-west-1'], ['http://localhost'], 1)).not.toThrow();
    expect(none.plain).toEqual([]);
  });
});
