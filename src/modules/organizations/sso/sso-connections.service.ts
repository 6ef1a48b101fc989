import { Injectable } from '@nestjs/common';
import { noteValuesBefore, type TenantContext } from '../../../core/context/index.js';
import { OrganizationRepository } from '../organization.repository.js';
import { UserRepository } from '../user.repository.js';
import { OidcClient } from './oidc-client.js';
import type { SsoConnection } from './sso-connection.entity.js';
import { SsoConnectionRepository } from './sso-connection.repository.js';
import { SsoIdentityRepository } from './sso-identity.repository.js';
import { ssoErrors } from './sso.errors.js';

export type SsoSettings = Pick<
  SsoConnection,
  | 'is_active'
  | 'issuer'
  | 'client_id'
  | 'token_auth_method'
  | 'scopes'
  | 'groups_claim'
  | 'role_mapping'
  | 'default_role'
  | 'allowed_domains'
  | 'jit_users'
  | 'second_factor_values'
  | 'enforced'
  | 'break_glass_user'
>;

const NO_SECRET = {
  key_version: 0,
  wrapped_key: Buffer.alloc(0),
  sealed: Buffer.alloc(0),
};

/** What administrators set. */
@Injectable()
export class SsoConnectionsService {
  constructor(
    private readonly connections: SsoConnectionRepository,
    private readonly identities: SsoIdentityRepository,
    private readonly organizations: OrganizationRepository,
    private readonly users: UserRepository,
    private readonly oidc: OidcClient,
  ) {}

  /** @throws DomainError `ORGANIZATION.NOT_FOUND`, `SSO.NOT_CONFIGURED` */
  async getConnection(context: TenantContext, organizationId: string): Promise<SsoConnection> {
    await this.organizations.getById(context, organizationId);
    const found = await this.connections.findOfOrganization(context);
    if (found === null) throw ssoErrors.notConfigured();
    return found;
  }

  /**
   * Saves the settings once the provider answered to them. `secret` null keeps the one that is there.
   *
   * @throws DomainError `SSO.SECRET_NEEDED`, `SSO.BREAK_GLASS_NEEDED`, and what `OidcClient.tryDiscovery` throws
   */
  async replaceConnection(
    context: TenantContext,
    organizationId: string,
    settings: SsoSettings,
    secret: string | null,
  ): Promise<SsoConnection> {
    await this.organizations.getById(context, organizationId);
    const existing = await this.connections.findOfOrganization(context);
    const client_secret = secret ?? (await this.#keptSecret(existing, settings));
    if (settings.enforced) await this.#requireBreakGlass(context, settings);
    // The provider is asked before anything is changed: no transaction waits for it.
    await this.oidc.tryDiscovery({ ...settings, client_secret });
    if (existing !== null) noteValuesBefore(settingsOf(existing));
    const connection = existing ?? this.connections.create(context, { ...settings, ...NO_SECRET });
    Object.assign(connection, settings);
    await this.connections.sealSecret(connection, client_secret);
    await this.connections.flush();
    return connection;
  }

  /** Links to the provider stay, for the case that it comes back. */
  async deleteConnection(context: TenantContext, organizationId: string): Promise<void> {
    const connection = await this.getConnection(context, organizationId);
    noteValuesBefore(settingsOf(connection));
    this.connections.remove(context, connection);
    await this.connections.flush();
  }

  /** Never for another issuer or client: its settings may have been changed by who wants to read the secret. */
  async #keptSecret(existing: SsoConnection | null, settings: SsoSettings): Promise<string> {
    const same =
      existing !== null &&
      existing.issuer === settings.issuer &&
      existing.client_id === settings.client_id;
    if (!same) throw ssoErrors.secretNeeded();
    return this.connections.openSecret(existing);
  }

  async #requireBreakGlass(context: TenantContext, settings: SsoSettings): Promise<void> {
    const id = settings.break_glass_user;
    const user = id === null ? null : await this.users.findById(context, id);
    const linked =
      user !== null &&
      (await this.identities.findOfUser(context, settings.issuer, user.id)) !== null;
    if (user === null || linked || user.role !== 'admin' || !user.is_active) {
      throw ssoErrors.breakGlassNeeded();
    }
  }
}

function settingsOf(connection: SsoConnection): SsoSettings {
  return {
    is_active: connection.is_active,
    issuer: connection.issuer,
    client_id: connection.client_id,
    token_auth_method: connection.token_auth_method,
    scopes: connection.scopes,
    groups_claim: connection.groups_claim,
    role_mapping: connection.role_mapping,
    default_role: connection.default_role,
    allowed_domains: connection.allowed_domains,
    jit_users: connection.jit_users,
    second_factor_values: connection.second_factor_values,
    enforced: connection.enforced,
    break_glass_user: connection.break_glass_user,
  };
}
