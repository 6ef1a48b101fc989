import ipaddr from 'ipaddr.js';

/**
 * Where clouds answer for the machine itself, and hand out its credentials. Most lie in ranges that are refused anyway; named here
 * so that no allowed range opens them by accident. Sources: the instance metadata documentation of AWS, Azure (also the wire server),
 * Google, Alibaba and Oracle, and the AWS container and pod-identity credential endpoints.
 */
const METADATA_ADDRESSES = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '168.63.129.16',
  '100.100.100.200',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
]);

/** Everything that is routed on the internet (RFC 4291, RFC 3587). */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

const WORDS: Readonly<Record<string, string>> = {
  unspecified: 'the unspecified address',
  broadcast: 'a broadcast address',
  multicast: 'a multicast address',
  linkLocal: 'a link-local address',
  loopback: 'a loopback address',
  private: 'a private address',
  uniqueLocal: 'a private address',
  carrierGradeNat: 'a carrier-grade NAT address',
  ipv4Mapped: 'an IPv4 address written as IPv6',
  rfc6145: 'an IPv4 address written as IPv6',
  rfc6052: 'a NAT64 address',
  '6to4': 'a 6to4 address',
  teredo: 'a Teredo address',
};

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * An address in its canonical spelling only: four decimal numbers, or IPv6 with or without brackets. Null for everything else, also
 * for the spellings the C library reads as an address (`0x7f.1`, `2130706433`): those are names, and judged by what they resolve to.
 */
export function parseAddress(host: string): Address | null {
  const text = host.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '');
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  return ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : null;
}

export function isMetadataAddress(address: Address): boolean {
  const plain = unmapped(address);
  return [...METADATA_ADDRESSES].some((one) => {
    const metadata = ipaddr.parse(one);
    return metadata.kind() === plain.kind() && metadata.toString() === plain.toString();
  });
}

/** What kind of address it is, in words, where it is none of the public internet; null where it is. */
export function notPublic(address: Address): string | null {
  if (isMetadataAddress(address)) return 'the metadata service of a cloud machine';
  const range = address.range();
  if (range !== 'unicast') return WORDS[range] ?? 'a reserved address';
  if (address instanceof ipaddr.IPv6 && !address.match(GLOBAL_IPV6)) return 'a reserved address';
  return null;
}

/** The IPv4 address inside an IPv4-mapped one. */
function unmapped(address: Address): Address {
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()
    ? address.toIPv4Address()
    : address;
}
