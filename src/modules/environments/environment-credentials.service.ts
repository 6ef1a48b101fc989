import { EntityManager, ref } from '@mikro-orm/core';
import { Inject, Injectable } from '@nestjs/common';
import type { TenantContext } from '../../core/context/index.js';
import { KEY_RING, type KeyRing, openEnvelope, sealEnvelope } from '../../core/crypto/index.js';
import { TenantRepository } from '../../core/database/index.js';
import type { Environment } from './environment.entity.js';
import { EnvironmentCredentials } from './environment-credentials.entity.js';

/** Provider-specific fields, such as `{ accessKeyId, secretAccessKey }` or `{ kubeconfig }`. Never logged, never answered. */
export type Credentials = Readonly<Record<string, string>>;

class CredentialsRepository extends TenantRepository<EnvironmentCredentials> {
  constructor(em: EntityManager) {
    super(em, EnvironmentCredentials, 'CREDENTIALS');
  }
}

/** Seals credentials before they reach the database and opens them for one scan. */
@Injectable()
export class EnvironmentCredentialsService {
  readonly #rows: CredentialsRepository;

  constructor(
    em: EntityManager,
    @Inject(KEY_RING) private readonly keys: KeyRing,
  ) {
    this.#rows = new CredentialsRepository(em);
  }

  /** Replaces what was there; an empty object removes it. Written at the next flush. */
  async replace(
    context: TenantContext,
    environment: Environment,
    credentials: Credentials,
  ): Promise<void> {
    const existing = await this.#find(context, environment);
    const fieldNames = Object.keys(credentials).sort();
    if (fieldNames.length === 0) {
      if (existing !== null) this.#rows.remove(context, existing);
      return;
    }
    const { keyVersion, wrapped, sealed } = await sealEnvelope(
      this.keys,
      JSON.stringify(credentials),
      placeOf(context, environment),
    );
    const row = existing ?? this.#rows.create(context, { ...EMPTY, environment: ref(environment) });
    row.field_names = fieldNames;
    row.key_version = keyVersion;
    row.wrapped_key = wrapped;
    row.sealed = sealed;
  }

  async exist(context: TenantContext, environment: Environment): Promise<boolean> {
    return (await this.#find(context, environment)) !== null;
  }

  /** Null when none are set. The caller drops them after use. */
  async open(context: TenantContext, environment: Environment): Promise<Credentials | null> {
    const row = await this.#find(context, environment);
    if (row === null) return null;
    const envelope = { keyVersion: row.key_version, wrapped: row.wrapped_key, sealed: row.sealed };
    const text = await openEnvelope(this.keys, envelope, placeOf(context, environment));
    return JSON.parse(text) as Credentials;
  }

  #find(context: TenantContext, environment: Environment): Promise<EnvironmentCredentials | null> {
    return this.#rows.findOne(context, { environment });
  }
}

const EMPTY = {
  field_names: [],
  key_version: 0,
  wrapped_key: Buffer.alloc(0),
  sealed: Buffer.alloc(0),
};

/** Sealed bytes copied to another row or tenant do not open there. */
function placeOf(context: TenantContext, environment: Environment): string {
  return `${context.organizationId}/environment_credentials/${environment.id}`;
}
