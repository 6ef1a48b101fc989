import { EntityManager, ref, UniqueConstraintViolationException } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { noteValuesBefore, type TenantContext } from '../../core/context/index.js';
import { isSecretKey } from '../../core/privacy/index.js';
import { EnvironmentRepository } from '../environments/index.js';
import type { SourceKind, SourceOptions } from './iac-choices.js';
import { IacSourceRepository, type SourceFilter, type SourceRow } from './iac-source.repository.js';
import type { IacSource } from './iac-source.entity.js';
import { AllowedPaths } from './allowed-paths.js';
import { RemoteSources } from './remote/remote-sources.js';
import { SourceVault } from './remote/source-vault.js';
import { sourceErrors } from './sources.errors.js';

export interface NewSource {
  readonly environmentId: string;
  readonly name: string;
  readonly kind: SourceKind;
  /** A file or folder of the server. Without path and URL the content is uploaded. */
  readonly path: string | null;
  /** Where a store keeps it. */
  readonly url: string | null;
  readonly options: SourceOptions;
}

/** What is undefined stays as it is. */
export interface SourceChange {
  readonly name: string | undefined;
  readonly kind: SourceKind | undefined;
  readonly path: string | undefined;
  /** Where another host gets them, the credentials are removed. */
  readonly url: string | undefined;
  readonly options: SourceOptions | undefined;
}

@Injectable()
export class SourcesService {
  constructor(
    private readonly em: EntityManager,
    private readonly sources: IacSourceRepository,
    private readonly environments: EnvironmentRepository,
    private readonly paths: AllowedPaths,
    private readonly remote: RemoteSources,
    private readonly vault: SourceVault,
  ) {}

  async list(context: TenantContext, filter: SourceFilter): Promise<SourceRow[]> {
    if (filter.environmentId !== null) {
      await this.environments.getById(context, filter.environmentId);
    }
    return this.sources.list(context, filter);
  }

  get(context: TenantContext, id: string): Promise<SourceRow> {
    return this.sources.getRow(context, id);
  }

  async create(context: TenantContext, request: NewSource): Promise<SourceRow> {
    const environment = await this.environments.getById(context, request.environmentId);
    assertNoSecretParameter(request.options);
    if (request.path !== null && request.url !== null) throw sourceErrors.pathAndUrl();
    if (request.path !== null) await this.paths.assertAllowed(request.path);
    const place = request.url === null ? null : await this.remote.recognise(request.url);
    const source = this.sources.create(context, {
      environment: ref(environment),
      name: request.name,
      kind: request.kind,
      location: place?.location ?? (request.path === null ? 'upload' : 'path'),
      path: request.path,
      url: request.url,
      options: request.options,
    });
    await this.#flush(source);
    return this.sources.getRow(context, source.id);
  }

  async change(context: TenantContext, id: string, change: SourceChange): Promise<SourceRow> {
    const source = await this.sources.getById(context, id);
    noteValuesBefore(auditedValues(source));
    if (change.path !== undefined) {
      if (source.location !== 'path') throw sourceErrors.notAPath(source.name);
      await this.paths.assertAllowed(change.path);
      source.path = change.path;
    }
    if (change.url !== undefined) await this.#move(context, source, change.url);
    if (change.options !== undefined) {
      assertNoSecretParameter(change.options);
      source.options = change.options;
    }
    source.name = change.name ?? source.name;
    source.kind = change.kind ?? source.kind;
    await this.#flush(source);
    return this.sources.getRow(context, id);
  }

  /** Also removes its content and resources; its open drifts are resolved by the next scan. */
  async delete(context: TenantContext, id: string): Promise<void> {
    const source = await this.sources.getById(context, id);
    noteValuesBefore(auditedValues(source));
    this.sources.remove(context, source);
    await this.em.flush();
  }

  /** Whoever may edit a source must not learn its credentials by pointing it at a host of their own. */
  async #move(context: TenantContext, source: IacSource, url: string): Promise<void> {
    if (source.url === null) throw sourceErrors.notRemote(source.name);
    const next = await this.remote.recognise(url);
    if (next.audience !== (await this.remote.audienceOf(source.url)))
      await this.vault.remove(context, source);
    source.url = url;
    source.location = next.location;
    source.last_read = null;
  }

  async #flush(source: IacSource): Promise<void> {
    try {
      await this.em.flush();
    } catch (error) {
      if (error instanceof UniqueConstraintViolationException) {
        throw sourceErrors.nameTaken(source.name);
      }
      throw error;
    }
  }
}

/** Options are kept readable; a parameter that is secret must not get there. */
function assertNoSecretParameter({ parameters = {} }: SourceOptions): void {
  const secret = Object.keys(parameters).find(isSecretKey);
  if (secret !== undefined) throw sourceErrors.secretParameter(secret);
}

function auditedValues({ name, kind, location, path, url, options }: IacSource) {
  return { name, kind, location, path, url, options };
}
