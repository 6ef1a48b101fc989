import ipaddr from 'ipaddr.js';
import { type Address, isMetadataAddress, parseAddress } from './address-rules.js';

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Labels of letters, digits, hyphens and underscores; optionally everything below a domain. */
const HOST_NAME = /^(\*\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/;

/**
 * What the operator opened besides the public internet. Entries: a range (`10.0.0.0/8`), an address, a host name
 * (`consul.internal`), every name below a domain (`*.corp.example`), or `*` for every address. A metadata service is opened by its
 * own address only.
 */
export class OutboundAllowance {
  readonly #ranges: Range[] = [];
  readonly #names = new Set<string>();
  readonly #domains: string[] = [];
  #everything = false;

  /** @throws Error naming the entry that is none */
  constructor(entries: readonly string[]) {
    for (const entry of entries) this.#add(entry.trim().toLowerCase());
  }

  #add(entry: string): void {
    const range = parseRange(entry);
    if (range !== null) this.#ranges.push(range);
    else if (entry === '*') this.#everything = true;
    else if (!HOST_NAME.test(entry)) {
      throw new Error(`${JSON.stringify(entry)} is no address, range, host name or *.domain`);
    } else if (entry.startsWith('*.')) this.#domains.push(entry.slice(1));
    else this.#names.add(entry);
  }

  allowsName(host: string): boolean {
    const name = host.toLowerCase().replace(/\.$/, '');
    return this.#names.has(name) || this.#domains.some((domain) => name.endsWith(domain));
  }

  allowsAddress(address: Address): boolean {
    const metadata = isMetadataAddress(address);
    if (this.#everything && !metadata) return true;
    return this.#ranges.some(([network, prefix]) => {
      if (network.kind() !== address.kind()) return false;
      if (metadata && prefix !== (address.kind() === 'ipv4' ? 32 : 128)) return false;
      return address instanceof ipaddr.IPv4
        ? address.match(network, prefix)
        : address.match(network, prefix);
    });
  }
}

function parseRange(entry: string): Range | null {
  const address = parseAddress(entry);
  if (address !== null) return [address, address.kind() === 'ipv4' ? 32 : 128];
  return ipaddr.isValidCIDR(entry) ? ipaddr.parseCIDR(entry) : null;
}
