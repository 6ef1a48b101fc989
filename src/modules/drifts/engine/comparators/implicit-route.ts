import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import type { Field } from '../field.js';
import { isDeepEmpty, isObject } from '../values.js';
import { first } from './security-group-atoms.js';
import { canonicalCidr } from './cidr-spelling.js';

const text = (route: JsonObject, ...names: string[]): string => {
  const value = first(route, ...names);
  return typeof value === 'string' ? value : '';
};

function destination(route: JsonObject): string {
  const range = text(
    route,
    'destinationCidrBlock',
    'DestinationCidrBlock',
    'destination_cidr_block',
    'cidr_block',
    'destinationIpv6CidrBlock',
    'DestinationIpv6CidrBlock',
    'destination_ipv6_cidr_block',
    'ipv6_cidr_block',
  );
  const list = [
    'destinationPrefixListId',
    'DestinationPrefixListId',
    'destination_prefix_list_id',
  ] as const;
  return range === '' ? text(route, ...list) : (canonicalCidr(range) ?? range);
}

/**
 * Routes no code writes: the one to the VPC itself ("Every route table contains a local route"), those of gateway
 * endpoints ("we automatically add a route"), and what a virtual private gateway propagates (Amazon VPC User Guide,
 * "Route table concepts", "Gateway endpoints").
 */
function isImplicit(route: JsonObject): boolean {
  const origin = text(route, 'origin', 'Origin');
  const gateway = text(route, 'gatewayId', 'GatewayId');
  if (gateway === 'local') return origin === '' || origin === 'CreateRouteTable';
  return gateway.startsWith('vpce-') || origin === 'EnableVgwRoutePropagation';
}

/** Destinations that `aws_route` and `AWS::EC2::Route` beside the table send somewhere; compared where they are declared. */
function separateRoutes({ pair }: Field): ReadonlySet<string> {
  const table = new Set([pair.actual.id, pair.declared.id]);
  const routes = ['aws_route', 'AWS::EC2::Route'].flatMap((type) =>
    pair.scan.estate.declaredOfType(type),
  );
  return new Set(
    routes
      .filter(({ attributes }) => table.has(text(attributes, 'route_table_id', 'RouteTableId')))
      .map(({ attributes }) => destination(attributes)),
  );
}

/** Routes of a route table that AWS or a resource of its own put there (F57, F58). */
export const implicitRoute: Comparator = {
  name: 'implicit-route',
  rule(declared, actual, field) {
    if (!/^[Rr]outes?$/.test(field.key) || !isDeepEmpty(declared)) return undefined;
    const routes: readonly JsonValue[] = Array.isArray(actual) ? actual : [actual ?? null];
    if (routes.length === 0 || !routes.every((route) => isObject(route) && destination(route)))
      return undefined;
    const separate = separateRoutes(field);
    const rest = routes.filter(
      (route) => isObject(route) && !isImplicit(route) && !separate.has(destination(route)),
    );
    if (rest.length === 0) {
      const why = 'AWS itself or a resource of its own put these routes there.';
      return { kind: 'same', why };
    }
    if (!Array.isArray(actual) || separate.size === 0) return undefined;
    const why = 'The code declares the routes of this table apart, and this is none of them.';
    if (rest.length === actual.length) return { kind: 'differs', verdict: 'confirmed', why };
    return {
      kind: 'view',
      declared: [],
      actual: rest,
      why: 'Routes that AWS itself or resources of their own put there are set aside.',
    };
  },
};
