import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../core/context/index.js';
import { SensitiveValues } from '../../core/crypto/index.js';
import { TenantSql } from '../../core/database/index.js';
import { DomainError } from '../../core/errors/index.js';
import type {
  DeclaredRecord,
  DeclaredResource,
  SourceDocument,
  SourceNotice,
} from '../../core/providers/index.js';
import { AllowedPaths } from './allowed-paths.js';
import { DocumentStore } from './documents/document-store.js';
import { IacSourceRepository } from './iac-source.repository.js';
import type { IacSource } from './iac-source.entity.js';
import { loadContentHasher } from './parsers/bytes/content-hash.js';
import type { KnownElements } from './parsers/known-elements.js';
import { parseDocument } from './parsers/parse-document.js';
import { parseOptionsOf } from './parse-options-of.js';
import { type PathDocument, pathDocuments } from './path-documents.js';
import { type StoredResources, storeResources } from './store-resources.js';

/** The declared side of an environment, for whoever compares it. */
@Injectable()
export class DeclaredStateService {
  constructor(
    private readonly sources: IacSourceRepository,
    private readonly documents: DocumentStore,
    private readonly paths: AllowedPaths,
    private readonly sensitive: SensitiveValues,
    private readonly sql: TenantSql,
  ) {}

  /** In order of name. */
  sourcesOf(context: TenantContext, environmentId: string): Promise<IacSource[]> {
    return this.sources.ofEnvironment(context, environmentId);
  }

  /**
   * Reads a source in clear, for comparing. Addresses are unique in it: where two documents of a folder use the same one, the
   * later carries its file. Elements that are `known` are not parsed.
   *
   * @throws DomainError `IAC.*`, `SOURCE.*`; what was yielded before is not the whole source
   */
  async *read(
    context: TenantContext,
    source: IacSource,
    signal: AbortSignal,
    known?: KnownElements,
  ): AsyncGenerator<DeclaredRecord> {
    const options = { ...parseOptionsOf(source), known };
    const files = new Map<string, string>();
    for await (const found of this.#documents(context, source)) {
      let read = 0;
      try {
        for await (const record of parseDocument(found.document, options, signal)) {
          read += 1;
          yield record.kind === 'declared'
            ? { kind: 'declared', resource: withUniqueAddress(record.resource, files) }
            : record;
        }
      } catch (error) {
        // A folder may hold files of other kinds; one that broke half way is an error all the same.
        if (found.named || read > 0 || !(error instanceof DomainError)) throw error;
        yield { kind: 'notice', notice: skipped(found.document, error) };
      }
    }
  }

  /** Provider identifier by address, as the last scan of the environment kept them. */
  async placesOf(
    context: TenantContext,
    environmentId: string,
  ): Promise<ReadonlyMap<string, string>> {
    const rows = await this.sql.read<{ address: string; resource_id: string }>(
      context,
      `select address, resource_id from iac_resources
       where organization_id = $1 and environment_id = $2 and resource_id is not null`,
      [context.organizationId, environmentId],
    );
    return new Map(rows.map(({ address, resource_id: id }) => [address, id]));
  }

  /** Keeps what a source declares now, secrets masked. One transaction. */
  async store(
    context: TenantContext,
    source: IacSource,
    resources: Iterable<DeclaredResource>,
  ): Promise<StoredResources> {
    const { hashText } = await loadContentHasher();
    return this.sql.transaction(context, (client) =>
      storeResources(client, {
        organizationId: context.organizationId,
        environmentId: source.environment.id,
        sourceId: source.id,
        masker: this.sensitive.maskerFor(context),
        resources,
        hashText,
      }),
    );
  }

  async *#documents(context: TenantContext, source: IacSource): AsyncGenerator<PathDocument> {
    if (source.path === null) {
      yield { document: await this.documents.find(context, source), named: true };
      return;
    }
    yield* pathDocuments(await this.paths.assertAllowed(source.path), source.path);
  }
}

function withUniqueAddress(
  resource: DeclaredResource,
  files: Map<string, string>,
): DeclaredResource {
  const { address, location } = resource;
  const first = files.get(address);
  if (first === undefined) {
    files.set(address, location.file);
    return resource;
  }
  return first === location.file ? resource : renamed(resource, `${address} (${location.file})`);
}

/** A copy with all it inherits: what was read before loads its attributes only when asked. */
function renamed(resource: DeclaredResource, address: string): DeclaredResource {
  const copy = Object.create(Object.getPrototypeOf(resource) as object) as DeclaredResource;
  return Object.assign(copy, resource, { address });
}

function skipped(document: SourceDocument, error: DomainError): SourceNotice {
  return {
    level: 'warning',
    code: error.code,
    message: `${error.message} Skipped.`,
    location: { file: document.name, line: null },
  };
}
