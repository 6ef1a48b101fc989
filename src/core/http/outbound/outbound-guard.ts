import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { notPublic, parseAddress } from './address-rules.js';
import { OutboundAllowance } from './outbound-allowance.js';
import { outboundErrors } from './outbound.errors.js';

/** All addresses of a name; asked once per connection, which then goes to what was checked. */
export type Resolver = (host: string) => Promise<readonly LookupAddress[]>;

/**
 * Keeps what a tenant names (endpoints, state hosts, webhooks) away from the network the workers stand in. A name is resolved once,
 * every address it has is checked, and the connection is made to exactly those addresses, so a name server that changes its answer
 * gains nothing. Redirects are connections like any other and pass here again.
 */
export class OutboundGuard {
  readonly #allowance: OutboundAllowance;

  constructor(
    allow: readonly string[] = [],
    private readonly resolver: Resolver = resolveAll,
    private readonly restricted = true,
  ) {
    this.#allowance = new OutboundAllowance(allow);
  }

  /** For the command line, where whoever names the host owns the machine. */
  static unrestricted(): OutboundGuard {
    return new OutboundGuard([], resolveAll, false);
  }

  /** @throws DomainError `OUTBOUND.HOST_FORBIDDEN` when the host is an address that is not allowed; names pass, see `resolve` */
  checkLiteral(host: string): void {
    if (!this.restricted) return;
    const address = parseAddress(host);
    if (address === null || this.#allowance.allowsAddress(address)) return;
    const what = notPublic(address);
    if (what !== null) throw outboundErrors.hostForbidden(host, what);
  }

  /**
   * The addresses a connection to this host may use, at least one.
   *
   * @throws DomainError `OUTBOUND.HOST_FORBIDDEN`, `OUTBOUND.HOST_UNKNOWN`
   */
  async resolve(host: string): Promise<readonly LookupAddress[]> {
    this.checkLiteral(host);
    const literal = parseAddress(host);
    if (literal !== null) {
      return [{ address: literal.toString(), family: literal.kind() === 'ipv4' ? 4 : 6 }];
    }
    let found: readonly LookupAddress[];
    try {
      found = await this.resolver(host);
    } catch {
      throw outboundErrors.hostUnknown(host);
    }
    if (found.length === 0) throw outboundErrors.hostUnknown(host);
    for (const { address } of found) this.#checkResolved(host, address);
    return found;
  }

  /** In the shape of `net.connect`'s option. It is not called for hosts that are addresses: `checkLiteral` those. */
  readonly lookup: LookupFunction = (host, options, callback) => {
    this.resolve(host).then(
      (all) => {
        const wanted = all.filter(({ family }) => !options.family || options.family === family);
        const [first] = wanted;
        if (first === undefined) callback(outboundErrors.hostUnknown(host), '', 0);
        else if (options.all === true) callback(null, [...wanted]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error as Error, '', 0),
    );
  };

  #checkResolved(host: string, resolved: string): void {
    if (!this.restricted) return;
    const address = parseAddress(resolved);
    if (address === null) throw outboundErrors.hostUnknown(host);
    if (this.#allowance.allowsAddress(address)) return;
    const what = notPublic(address);
    if (what === null) return;
    // A name the operator trusts may lead into the network, but to no metadata service.
    if (this.#allowance.allowsName(host) && !what.startsWith('the metadata')) return;
    throw outboundErrors.hostForbidden(host, what);
  }
}

function resolveAll(host: string): Promise<readonly LookupAddress[]> {
  return new Promise((resolve, reject) => {
    systemLookup(host, { all: true, order: 'verbatim' }, (error, addresses) => {
      if (error) reject(error);
      else resolve(addresses);
    });
  });
}
