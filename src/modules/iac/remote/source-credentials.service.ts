import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../../core/context/index.js';
import { IacSourceRepository, type SourceRow } from '../iac-source.repository.js';
import { sourceErrors } from '../sources.errors.js';
import { type ProbedDocument, RemoteSources } from './remote-sources.js';
import { type SourceCredentials, SourceVault } from './source-vault.js';

export interface CheckedSource {
  readonly source: SourceRow;
  readonly document: ProbedDocument;
}

/** Credentials of sources are tried before they are kept. */
@Injectable()
export class SourceCredentialsService {
  constructor(
    private readonly em: EntityManager,
    private readonly sources: IacSourceRepository,
    private readonly remote: RemoteSources,
    private readonly vault: SourceVault,
  ) {}

  /**
   * What does not open the state is not kept, and what was there stays.
   *
   * @throws DomainError `SOURCE.*`, `OUTBOUND.*`, `IAC.*`
   */
  async replace(
    context: TenantContext,
    id: string,
    credentials: SourceCredentials,
    signal: AbortSignal,
  ): Promise<CheckedSource> {
    const source = await this.sources.getById(context, id);
    if (source.url === null) throw sourceErrors.notRemote(source.name);
    const document = await this.remote.probe(source, credentials, signal);
    await this.vault.put(context, source, credentials);
    await this.em.flush();
    return { source: await this.sources.getRow(context, id), document };
  }

  async delete(context: TenantContext, id: string): Promise<void> {
    const source = await this.sources.getById(context, id);
    await this.vault.remove(context, source);
    await this.em.flush();
  }
}
