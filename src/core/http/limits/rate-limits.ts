import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import ipaddr from 'ipaddr.js';
import { Config } from '../../config/index.js';
import { DomainError } from '../../errors/index.js';
import { Logger } from '../../logging/index.js';
import { type RequestLimit, RequestLimiter } from './request-limiter.js';

/** Whoever has one IPv6 address has as many as they like of its /64. */
const IPV6_PREFIX_PARTS = 4;

/** How much one address and one organization may ask of the API. Logins have narrower limits of their own. */
@Injectable()
export class RateLimits {
  constructor(
    private readonly config: Config,
    private readonly limiter: RequestLimiter,
    private readonly logger: Logger,
  ) {}

  /** @throws DomainError `REQUEST.TOO_MANY` */
  async takeOfAddress(ip: string, reply: FastifyReply): Promise<void> {
    const perMinute = this.config.get('RATE_LIMIT_ADDRESS');
    await this.#take({ name: 'address', who: networkOf(ip), perMinute }, reply);
  }

  /** @throws DomainError `REQUEST.TOO_MANY` */
  async takeOfOrganization(organizationId: string, reply: FastifyReply): Promise<void> {
    const perMinute = this.config.get('RATE_LIMIT_ORGANIZATION');
    await this.#take({ name: 'organization', who: organizationId, perMinute }, reply);
  }

  async #take(limit: RequestLimit, reply: FastifyReply): Promise<void> {
    const state = await this.limiter.take(limit).catch((error: unknown) => {
      // Without Redis nothing is counted: an outage of it must not become one of the API. Logins refuse, by their own limits.
      this.logger.write('warn', 'requests are not limited: Redis does not answer', { error });
      return null;
    });
    if (state === null) return;
    append(reply, 'ratelimit-policy', `"${limit.name}";q=${limit.perMinute};w=60`);
    append(reply, 'ratelimit', `"${limit.name}";r=${state.remaining};t=${state.resetSeconds}`);
    if (state.allowed) return;
    void reply.header('retry-after', state.retrySeconds);
    throw new DomainError({
      code: 'REQUEST.TOO_MANY',
      kind: 'tooMany',
      message: `Too many requests of this ${limit.name}; try again in ${state.retrySeconds} s.`,
      details: { retry_after_seconds: state.retrySeconds },
    });
  }
}

/** Lists of draft-ietf-httpapi-ratelimit-headers: one member per limit. */
function append(reply: FastifyReply, header: string, member: string): void {
  const before = reply.getHeader(header);
  void reply.header(header, typeof before === 'string' ? `${before}, ${member}` : member);
}

export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (!(address instanceof ipaddr.IPv6)) return address.toString();
  return address.parts.slice(0, IPV6_PREFIX_PARTS).join(':');
}
