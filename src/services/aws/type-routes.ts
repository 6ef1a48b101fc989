import { readFileSync } from 'node:fs';
import path from 'node:path';

/** How the live side of one resource type can be read. */
export interface TypeRoute {
  /** As the service spells it. */
  readonly type: string;
  /** AWS Config records it (not in every region, and only if its recorder includes it). */
  readonly config: boolean;
  /** AWS Config keeps facts beside the configuration. */
  readonly supplementary: boolean;
  /** Cloud Control can read one by its identifier. */
  readonly read: boolean;
  /** Cloud Control can list it: `[]` by itself, names of properties where only below a parent; null when it cannot. */
  readonly listedBelow: readonly string[] | null;
}

/** Where a type is read, everything allowed and switched on. */
export type Reader = 'aws-config' | 'cloud-control' | 'none';

/**
 * The generated catalogue (scripts/catalogues/aws-readable-types.mjs): published list of AWS Config, handlers of the registry schemas. Types it
 * does not know, such as private ones, are null. In any case of letters.
 */
export function routeOf(type: string): TypeRoute | null {
  return routes().get(type.toLowerCase()) ?? null;
}

export function allRoutes(): Iterable<TypeRoute> {
  return routes().values();
}

/** AWS Config before Cloud Control: one call answers a hundred resources, with their history, instead of one each. */
export function readerOf(route: TypeRoute | null): Reader {
  if (route?.config) return 'aws-config';
  return canListByCloudControl(route) ? 'cloud-control' : 'none';
}

export function canListByCloudControl(route: TypeRoute | null): boolean {
  return route !== null && route.read && route.listedBelow?.length === 0;
}

/** Why nobody can list the type. */
export function whyUnreadable(type: string, route: TypeRoute | null): string {
  if (route?.listedBelow && route.listedBelow.length > 0) {
    return `AWS Config does not record ${type}, and Cloud Control lists it only below its ${route.listedBelow.join(', ')}`;
  }
  return `AWS Config does not record ${type}, and Cloud Control cannot list it`;
}

let known: ReadonlyMap<string, TypeRoute> | null = null;

function routes(): ReadonlyMap<string, TypeRoute> {
  return (known ??= load());
}

function load(): ReadonlyMap<string, TypeRoute> {
  const file = path.join(import.meta.dirname, 'catalogue/readable-types.json');
  const catalogue = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  return new Map(
    Object.entries(catalogue).map(([type, text]) => {
      const words = text.split(' ');
      const list = words.find((word) => word === 'list' || word.startsWith('list:'));
      const route: TypeRoute = {
        type,
        config: words.includes('config'),
        supplementary: words.includes('supplementary'),
        read: words.includes('read'),
        listedBelow: list === undefined ? null : list.split(':').slice(1).flatMap(parents),
      };
      return [type.toLowerCase(), route];
    }),
  );
}

function parents(names: string): string[] {
  return names.split(',');
}
