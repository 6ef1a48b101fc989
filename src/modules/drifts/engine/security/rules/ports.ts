import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { SecuritySeverity } from '../../findings.js';
import { isObject } from '../../values.js';
import { readAny, textsOf } from '../values.js';

/** Administration, databases, caches, file shares and cluster APIs (IANA service names); nothing of this is for everybody. */
const SENSITIVE = [
  20, 21, 22, 23, 135, 139, 389, 445, 636, 1433, 1434, 1521, 2049, 2375, 2376, 2379, 2380, 2483,
  3306, 3389, 4333, 5432, 5500, 5601, 5900, 5985, 5986, 6379, 6443, 7000, 7199, 8020, 8888, 9042,
  9090, 9092, 9160, 9200, 9300, 10250, 10255, 11211, 27017, 27018, 27019, 50070,
];
const WEB = new Set([80, 443]);

export interface PortRange {
  readonly from: number;
  readonly to: number;
}
const EVERY_PORT: PortRange = { from: 0, to: 65_535 };

function rangeOf(text: string): PortRange | undefined {
  if (text === '*' || text === '-1' || text.toLowerCase() === 'all') return EVERY_PORT;
  const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(text.trim()) ?? [];
  return from === undefined ? undefined : { from: Number(from), to: Number(to ?? from) };
}

function numberAt(object: JsonObject, names: readonly string[]): number | undefined {
  const [text = ''] = textsOf(readAny(object, names));
  return /^-?\d+$/.test(text) ? Number(text) : undefined;
}

/** Ports one rule object speaks of; undefined when it says nothing about ports. */
function portsOf(rule: JsonObject): PortRange[] | undefined {
  const protocol = textsOf(readAny(rule, ['protocol', 'ip_protocol']))[0]?.toLowerCase();
  if (protocol === '-1' || protocol === 'all' || protocol === '*') return [EVERY_PORT];
  const from = numberAt(rule, ['from_port', 'port_from']);
  const to = numberAt(rule, ['to_port', 'port_to']);
  if (from === -1) return [EVERY_PORT];
  if (from !== undefined || to !== undefined)
    return [{ from: from ?? to ?? 0, to: to ?? from ?? 65_535 }];
  const range = readAny(rule, ['port_range']);
  if (isObject(range)) {
    return [{ from: numberAt(range, ['from']) ?? 0, to: numberAt(range, ['to']) ?? 65_535 }];
  }
  const listed = ['ports', 'destination_port_range', 'destination_port_ranges', 'port'].flatMap(
    (name) => textsOf(readAny(rule, [name])),
  );
  const ranges = listed.map(rangeOf).filter((one) => one !== undefined);
  if (ranges.length > 0) return ranges;
  // A Google firewall keeps ports one level down, in `allow` or `allowed`.
  const allowed: JsonValue | undefined = readAny(rule, ['allow', 'allowed']);
  if (Array.isArray(allowed)) {
    const inside = allowed.filter(isObject).map((one) => portsOf(one) ?? [EVERY_PORT]);
    if (inside.length > 0) return inside.flat();
  }
  return undefined;
}

/** Ports of the innermost object that names any. */
export function portsAround(around: readonly JsonObject[]): PortRange[] | undefined {
  for (const object of around) {
    const ports = portsOf(object);
    if (ports) return ports;
  }
  return undefined;
}

/** How bad it is that everybody reaches these ports. */
export function exposure(ports: readonly PortRange[] | undefined): SecuritySeverity {
  if (ports === undefined) return 'high';
  if (ports.some(({ from, to }) => SENSITIVE.some((port) => port >= from && port <= to)))
    return 'critical';
  return ports.every(({ from, to }) => from === to && WEB.has(from)) ? 'medium' : 'high';
}

export function spell(ports: readonly PortRange[] | undefined): string {
  if (ports === undefined) return '';
  if (ports.some(({ from, to }) => from <= 0 && to >= 65_535)) return ' on every port';
  const names = ports
    .slice(0, 4)
    .map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`));
  return ` on port ${names.join(', ')}`;
}
