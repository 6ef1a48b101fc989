import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import { read } from '../values.js';

/** IANA protocol numbers EC2 accepts for names (EC2 API reference, "IpPermission"; IANA "Protocol Numbers"). */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '1': 'icmp',
    '6': 'tcp',
    '17': 'udp',
    '58': 'icmpv6',
    all: '-1',
  }),
);

/** `6` and `TCP` are `tcp`, `all` is `-1`; undefined for what is no protocol. */
export function canonicalProtocol(value: JsonValue | undefined): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).toLowerCase();
  return NAMES.get(text) ?? (/^(-1|tcp|udp|icmp|icmpv6|\d{1,3})$/.test(text) ? text : undefined);
}

const protocolOf = (parent: JsonObject | undefined): string | undefined =>
  parent &&
  canonicalProtocol(
    read(parent, 'IpProtocol') ?? read(parent, 'protocol') ?? read(parent, 'Protocol'),
  );

/** Protocol numbers and names, and the ports of rules whose protocol has none (`-1`: EC2 keeps -1 or nothing there). */
export const ipProtocol: Comparator = {
  name: 'ip-protocol',
  rule(declared, actual, field) {
    if (/protocol$/i.test(field.key)) {
      const left = canonicalProtocol(declared);
      if (left === undefined || left !== canonicalProtocol(actual)) return undefined;
      return { kind: 'same', why: 'The same protocol by number and by name.' };
    }
    if (!/^(from|to)_?port$/i.test(field.key)) return undefined;
    const none =
      protocolOf(field.declaredParent) === '-1' && protocolOf(field.actualParent) === '-1';
    return none
      ? { kind: 'same', why: 'The rule is for all protocols; ports mean nothing in it.' }
      : undefined;
  },
};
