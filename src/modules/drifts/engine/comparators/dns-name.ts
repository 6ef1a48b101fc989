import type { Comparator } from '../comparator.js';

const HOSTNAME =
  /^(?:\*|[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?|\\052)(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)+\.?$/i;

const NAMES_HOST = /(dns|domain|host|zone|record|cname|nsdname|ptrdname|^name$)/i;

function canonical(value: string): string {
  return value
    .replace(/\.$/, '')
    .replace(/^\\052/, '*')
    .toLowerCase();
}

/**
 * Domain names: a trailing dot and the case of letters mean nothing (F16, F20; RFC 1034 §3.1, RFC 4343). Only for values
 * that are host names and differ in nothing else.
 */
export const dnsName: Comparator = {
  name: 'dns-name',
  rule(declared, actual, field) {
    if (typeof declared !== 'string' || typeof actual !== 'string') return undefined;
    if (field.facts.kind !== 'dns-name' && !NAMES_HOST.test(field.key)) return undefined;
    // RFC 1035 §2.3.4: a name has at most 255 octets; longer text is none, and is not worth a pattern.
    if (declared.length > 255 || actual.length > 255) return undefined;
    if (!HOSTNAME.test(declared) || !HOSTNAME.test(actual)) return undefined;
    if (canonical(declared) !== canonical(actual)) return undefined;
    return { kind: 'same', why: 'The same domain name; case and the trailing dot mean nothing.' };
  },
};
