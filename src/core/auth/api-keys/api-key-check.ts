import { Injectable } from '@nestjs/common';
import { IdentityDirectory } from '../identity-directory.js';
import { mustProveTwoFactor, type Principal } from '../principal.js';
import { hashMatches } from '../sessions/refresh-token.js';
import { ApiKeyStore, type UsableApiKey } from './api-key-store.js';
import { readApiKey } from './api-key-token.js';

type Owner = Omit<Principal, 'organizationId' | 'sessionId' | 'apiKey' | 'steppedUp'>;

/** Asked at every request with an API key: may it still be used, and whose is it? */
@Injectable()
export class ApiKeyCheck {
  constructor(
    private readonly store: ApiKeyStore,
    private readonly directory: IdentityDirectory,
  ) {}

  /** Null refuses it: it is none, it is revoked or expired, or the owner or the organization is not active. */
  async principalOf(text: string): Promise<Principal | null> {
    const token = readApiKey(text);
    if (token === null) return null;
    const { organizationId, id } = token;
    const key = await this.store.findUsable(organizationId, id);
    if (key === null || !hashMatches(token.secret, key.secretHash)) return null;
    const owner = await this.#owner(organizationId, key);
    if (owner === null) return null;
    if (key.useIsNews) await this.store.noteUse(organizationId, id);
    const { scopes, sourceId } = key;
    const apiKey = { id, scopes, sourceId };
    return { ...owner, organizationId, sessionId: null, apiKey, steppedUp: false };
  }

  async #owner(
    organizationId: string,
    { owner, sessionMethod }: UsableApiKey,
  ): Promise<Owner | null> {
    if (owner.kind === 'service_account') {
      const account = await this.directory.findServiceAccount(organizationId, owner.id);
      if (account === null) return null;
      return {
        actor: { kind: 'service_account', id: owner.id, name: account.name },
        role: account.role,
        mustChangePassword: false,
        hasTwoFactor: false,
        mustProveTwoFactor: false,
      };
    }
    const user = await this.directory.findStanding(organizationId, owner.id);
    if (user === null) return null;
    return {
      actor: { kind: 'user', id: owner.id, name: user.username },
      role: user.role,
      mustChangePassword: user.mustChangePassword,
      hasTwoFactor: user.hasTwoFactor,
      mustProveTwoFactor: mustProveTwoFactor(user, sessionMethod ?? '', true),
    };
  }
}
