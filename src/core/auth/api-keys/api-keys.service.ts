import { Injectable } from '@nestjs/common';
import {
  type Permission,
  permissionsOf,
  type Role,
  type TenantContext,
} from '../../context/index.js';
import { authErrors } from '../auth.errors.js';
import { hashOf } from '../sessions/refresh-token.js';
import { SessionStore } from '../sessions/session-store.js';
import { ApiKeyStore, type KeyOwner, type ListedApiKey, MAX_API_KEYS } from './api-key-store.js';
import { newApiKeySecret, writeApiKey } from './api-key-token.js';

export interface ApiKeyRequest {
  readonly name: string;
  readonly scopes: readonly Permission[];
  /** The one source whose calls it is good for; null for all calls of its scopes. */
  readonly sourceId: string | null;
  readonly days: number;
}

export interface IssuedApiKey {
  readonly key: ListedApiKey;
  /** Shown this once. */
  readonly token: string;
}

@Injectable()
export class ApiKeysService {
  constructor(
    private readonly store: ApiKeyStore,
    private readonly sessions: SessionStore,
  ) {}

  /** A key of the caller's own. @throws DomainError `API_KEY.SCOPE_NOT_HELD`, `API_KEY.TOO_MANY` */
  async createOwnKey(
    context: TenantContext,
    sessionId: string,
    request: ApiKeyRequest,
  ): Promise<IssuedApiKey> {
    const session = await this.sessions.find(context.organizationId, sessionId);
    if (session === null) throw authErrors.required();
    return this.#create(context, ownerOf(context), context.role, request, session.method);
  }

  /**
   * A key of a service account, which the caller has looked up.
   *
   * @throws DomainError `API_KEY.SCOPE_NOT_HELD`, `API_KEY.TOO_MANY`
   */
  createServiceAccountKey(
    context: TenantContext,
    account: { readonly id: string; readonly role: Role },
    request: ApiKeyRequest,
  ): Promise<IssuedApiKey> {
    const owner = { kind: 'service_account', id: account.id } as const;
    return this.#create(context, owner, account.role, request, null);
  }

  /** Those that can be used, the newest first. */
  listKeys(context: TenantContext, owner: KeyOwner): Promise<ListedApiKey[]> {
    return this.store.list(context, owner);
  }

  /** Takes effect with the next request. @throws DomainError `API_KEY.NOT_FOUND`, also for a key of somebody else */
  async revokeKey(context: TenantContext, owner: KeyOwner, id: string): Promise<void> {
    const revoked = UUID.test(id) && (await this.store.revoke(context, owner, id));
    if (!revoked) throw authErrors.apiKeyNotFound();
  }

  /** Answers how many there were. */
  revokeAllKeys(context: TenantContext, owner: KeyOwner): Promise<number> {
    return this.store.revokeAllOf(context, owner);
  }

  async #create(
    context: TenantContext,
    owner: KeyOwner,
    role: Role,
    request: ApiKeyRequest,
    sessionMethod: string | null,
  ): Promise<IssuedApiKey> {
    const ofOwner = permissionsOf(role);
    const missing = request.scopes.filter(
      (one) => !ofOwner.has(one) || !context.permissions.has(one),
    );
    if (missing.length > 0) throw authErrors.scopeNotHeld(missing);
    const secret = newApiKeySecret();
    const { name, sourceId, days } = request;
    const key = await this.store.insert(context, {
      owner,
      name,
      scopes: request.scopes.toSorted(),
      sourceId,
      secretHash: hashOf(secret),
      days,
      sessionMethod,
    });
    if (key === null) throw authErrors.tooManyApiKeys(MAX_API_KEYS);
    const { organizationId } = context;
    return { key, token: writeApiKey({ id: key.id, organizationId, secret }) };
  }
}

/** The caller as the owner of keys. */
export function ownerOf({ actor }: TenantContext): KeyOwner {
  if (actor.id === null || actor.kind === 'system') throw new Error('the system has no API keys');
  return { kind: actor.kind, id: actor.id };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
