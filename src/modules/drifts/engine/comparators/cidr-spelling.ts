import type { Comparator } from '../comparator.js';

function ipv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function ipv6(text: string): bigint | undefined {
  if (!/^[0-9a-f:.]*$/i.test(text)) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const [head = [], tail] = groups;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [
    ...head,
    ...Array<string>(tail === undefined ? 0 : missing).fill('0'),
    ...(tail ?? []),
  ];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

/** `<family>:<network number>/<prefix>`; a bare address is its own prefix. Undefined when it is no address. */
export function canonicalCidr(value: string): string | undefined {
  const [address = '', prefix, ...rest] = value.trim().split('/');
  if (rest.length > 0 || (prefix !== undefined && !/^\d{1,3}$/.test(prefix))) return undefined;
  const four = ipv4(address);
  const number = four ?? (address.includes(':') ? ipv6(address) : undefined);
  if (number === undefined) return undefined;
  const bits = four === undefined ? 128 : 32;
  const length = prefix === undefined ? bits : Number(prefix);
  if (length > bits) return undefined;
  const host = BigInt(bits - length);
  return `${bits}:${(number >> host) << host}/${length}`;
}

/** The same network, spelled differently: IPv6 zeros and case, host bits behind the prefix (F29; RFC 5952, RFC 4632). */
export const cidrSpelling: Comparator = {
  name: 'cidr-spelling',
  rule(declared, actual) {
    if (typeof declared !== 'string' || typeof actual !== 'string') return undefined;
    if (!/[.:]/.test(declared) || declared.length > 60 || actual.length > 60) return undefined;
    const left = canonicalCidr(declared);
    if (left === undefined || left !== canonicalCidr(actual)) return undefined;
    return { kind: 'same', why: 'The same address range in another spelling.' };
  },
};
