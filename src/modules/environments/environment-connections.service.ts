import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../core/context/index.js';
import { OutboundGuard } from '../../core/http/outbound/index.js';
import type { InventoryConnection } from '../../core/providers/index.js';
import {
  type Credentials,
  EnvironmentCredentialsService,
} from './environment-credentials.service.js';
import type { Environment } from './environment.entity.js';
import { environmentErrors } from './environments.errors.js';
import { namedHosts } from './named-hosts.js';

/** Joins settings and decrypted credentials for one scan; the caller drops the result after use. */
@Injectable()
export class EnvironmentConnections {
  constructor(
    private readonly credentials: EnvironmentCredentialsService,
    private readonly outbound: OutboundGuard,
  ) {}

  hasCredentials(context: TenantContext, environment: Environment): Promise<boolean> {
    return this.credentials.exist(context, environment);
  }

  /** @throws DomainError `ENVIRONMENT.NO_CREDENTIALS`, `OUTBOUND.*` for an endpoint that may not be called */
  async open(context: TenantContext, environment: Environment): Promise<InventoryConnection> {
    const credentials = await this.credentials.open(context, environment);
    // Without credentials an SDK would fall back to the worker's own, which belong to no tenant.
    if (credentials === null) throw environmentErrors.noCredentials();
    return this.join(environment, credentials);
  }

  /** The same with credentials that are not kept. @throws DomainError `OUTBOUND.*` */
  async join(
    environment: Pick<Environment, 'provider' | 'cloud_settings'>,
    credentials: Credentials,
  ): Promise<InventoryConnection> {
    const { endpoint, regions, aws = null } = environment.cloud_settings;
    for (const host of namedHosts(endpoint, credentials)) await this.outbound.resolve(host);
    const options = environment.provider === 'aws' && aws !== null ? { options: { ...aws } } : {};
    const { provider } = environment;
    return { provider, endpoint, regions, credentials, outbound: this.outbound, ...options };
  }
}
