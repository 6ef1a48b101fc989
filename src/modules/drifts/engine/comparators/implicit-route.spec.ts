import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { compareAws, paths } from '../../knowledge/testing/compare-aws.js';

const local = {
  destinationCidrBlock: '10.0.0.0/16',
  gatewayId: 'local',
  origin: 'CreateRouteTable',
};
const endpoint = { destinationPrefixListId: 'pl-1', gatewayId: 'vpce-1', origin: 'CreateRoute' };
const route = (range: string, gatewayId = 'igw-1'): JsonObject => ({
  destinationCidrBlock: range,
  gatewayId,
  origin: 'CreateRoute',
});
const declared = (range: string): JsonObject => ({ cidr_block: range, gateway_id: 'igw-1' });

function drift(own: JsonObject[], routes: JsonObject[], separate: string[] = []): string[] {
  const beside = separate.map((range) => ({
    type: 'aws_route',
    attributes: { route_table_id: 'live', destination_cidr_block: range },
  }));
  return paths(
    compareAws('aws_route_table', { route: own }, { routes }, { format: 'aws-config', beside }),
  );
}

describe('implicit-route', () => {
  it('is silent about the route to the VPC and that of a gateway endpoint', () => {
    expect(drift([declared('0.0.0.0/0')], [local, route('0.0.0.0/0'), endpoint])).toEqual([]);
    expect(drift([], [local, endpoint])).toEqual([]);
  });

  it('is silent about a route that has a resource of its own', () => {
    expect(drift([], [local, route('0.0.0.0/0')], ['0.0.0.0/0'])).toEqual([]);
    expect(
      drift([declared('10.9.0.0/16')], [route('10.9.0.0/16'), route('0.0.0.0/0')], ['0.0.0.0/0']),
    ).toEqual([]);
  });

  it('speaks about one that nobody declared', () => {
    expect(
      drift([declared('0.0.0.0/0')], [local, route('0.0.0.0/0'), route('10.9.0.0/16')]),
    ).toEqual(['confirmed route[2]']);
    expect(drift([], [local, route('0.0.0.0/0'), route('10.9.0.0/16')], ['0.0.0.0/0'])).toEqual([
      'confirmed route',
    ]);
    expect(drift([], [local, route('10.9.0.0/16')])).toEqual(['potential route']);
  });

  it('speaks about traffic of the VPC sent elsewhere', () => {
    expect(
      drift([declared('0.0.0.0/0')], [route('10.0.0.0/16', 'igw-2'), route('0.0.0.0/0')]),
    ).not.toEqual([]);
  });
});
