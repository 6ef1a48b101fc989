import { EntityManager, ref } from '@mikro-orm/core';
import { Inject, Injectable } from '@nestjs/common';
import type { TenantContext } from '../../../core/context/index.js';
import { KEY_RING, type KeyRing, openEnvelope, sealEnvelope } from '../../../core/crypto/index.js';
import { TenantRepository } from '../../../core/database/index.js';
import type { IacSource } from '../iac-source.entity.js';
import { IacSourceCredentials } from './source-credentials.entity.js';

/** Fields of one source, such as `{ token }`. Never logged, never answered. */
export type SourceCredentials = Readonly<Record<string, string>>;

class CredentialsRepository extends TenantRepository<IacSourceCredentials> {
  constructor(em: EntityManager) {
    super(em, IacSourceCredentials, 'CREDENTIALS');
  }
}

/** Seals the credentials of sources before they reach the database and opens them for one reading. */
@Injectable()
export class SourceVault {
  readonly #rows: CredentialsRepository;

  constructor(
    em: EntityManager,
    @Inject(KEY_RING) private readonly keys: KeyRing,
  ) {
    this.#rows = new CredentialsRepository(em);
  }

  /** Replaces what was there. Written at the next flush. */
  async put(
    context: TenantContext,
    source: IacSource,
    credentials: SourceCredentials,
  ): Promise<void> {
    const text = JSON.stringify(credentials);
    const { keyVersion, wrapped, sealed } = await sealEnvelope(
      this.keys,
      text,
      placeOf(context, source),
    );
    const existing = await this.#rows.findOne(context, { source });
    const row = existing ?? this.#rows.create(context, { ...EMPTY, source: ref(source) });
    row.field_names = Object.keys(credentials).sort();
    row.key_version = keyVersion;
    row.wrapped_key = wrapped;
    row.sealed = sealed;
  }

  /** Written at the next flush. */
  async remove(context: TenantContext, source: IacSource): Promise<void> {
    const row = await this.#rows.findOne(context, { source });
    if (row !== null) this.#rows.remove(context, row);
  }

  /** Empty when none are set. The caller drops them after use. */
  async open(context: TenantContext, source: IacSource): Promise<SourceCredentials> {
    const row = await this.#rows.findOne(context, { source });
    if (row === null) return {};
    const envelope = { keyVersion: row.key_version, wrapped: row.wrapped_key, sealed: row.sealed };
    const text = await openEnvelope(this.keys, envelope, placeOf(context, source));
    return JSON.parse(text) as SourceCredentials;
  }
}

const EMPTY = {
  field_names: [],
  key_version: 0,
  wrapped_key: Buffer.alloc(0),
  sealed: Buffer.alloc(0),
};

/** Sealed bytes copied to another row or tenant do not open there. */
function placeOf(context: TenantContext, source: IacSource): string {
  return `${context.organizationId}/iac_source_credentials/${source.id}`;
}
