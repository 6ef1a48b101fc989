import { Injectable } from '@nestjs/common';
import { NumberList, TextIndex } from '../../core/collections/index.js';
import type { TenantContext } from '../../core/context/index.js';
import { SensitiveValues } from '../../core/crypto/index.js';
import { cursorRows, TenantSql } from '../../core/database/index.js';
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
import type { LastRead } from './iac-choices.js';
import type { IacSource } from './iac-source.entity.js';
import { loadContentHasher } from './parsers/bytes/content-hash.js';
import type { KnownElements } from './parsers/known-elements.js';
import { parseDocument } from './parsers/parse-document.js';
import { parseOptionsOf } from './parse-options-of.js';
import { RemoteSources } from './remote/remote-sources.js';
import { type LocalDocument, localDocuments } from './sources/local-documents.js';
import { type StoredResources, storeResources } from './store-resources.js';

const MAX_NOTED = 100;

/** The declared side of an environment, for whoever compares it. */
@Injectable()
export class DeclaredStateService {
  constructor(
    private readonly sources: IacSourceRepository,
    private readonly documents: DocumentStore,
    private readonly paths: AllowedPaths,
    private readonly remote: RemoteSources,
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
    const addresses = new FirstFiles();
    const documents: SourceDocument[] = [];
    for await (const found of this.#documents(context, source, signal)) {
      let read = 0;
      try {
        for await (const record of parseFound(source, found.document, signal, known)) {
          read += 1;
          yield record.kind === 'declared'
            ? { kind: 'declared', resource: addresses.unique(record.resource) }
            : record;
        }
        documents.push(found.document);
        for (const notice of found.document.notices ?? []) yield { kind: 'notice', notice };
      } catch (error) {
        // A folder may hold files of other kinds; one that broke half way is an error all the same.
        if (found.named || read > 0 || !(error instanceof DomainError)) throw error;
        yield { kind: 'notice', notice: skipped(found.document, error) };
      }
    }
    if (source.url !== null) {
      const read = { at: new Date().toISOString(), documents: readFacts(documents) };
      await this.sources.noteReading(context, source.id, read);
    }
  }

  /** Tells each address and provider identifier that the last scan of the environment kept. */
  async visitPlaces(
    context: TenantContext,
    environmentId: string,
    visit: (address: string, id: string) => void,
  ): Promise<void> {
    await this.sql.transaction(context, async (client) => {
      const rows = cursorRows<readonly [address: string, id: string]>(
        client,
        `select address, resource_id from iac_resources
         where organization_id = $1 and environment_id = $2 and resource_id is not null`,
        [context.organizationId, environmentId],
      );
      for await (const [address, id] of rows) visit(address, id);
    });
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

  async *#documents(
    context: TenantContext,
    source: IacSource,
    signal: AbortSignal,
  ): AsyncGenerator<LocalDocument> {
    if (source.url !== null) {
      for await (const document of this.remote.documents(context, source, signal)) {
        yield { document, named: document.named !== false };
      }
      return;
    }
    if (source.path === null) {
      yield { document: await this.documents.find(context, source), named: true };
      return;
    }
    yield* localDocuments(await this.paths.assertAllowed(source.path), source.path);
  }
}

/** What a store knows about a document may only be known once it is open. */
async function* parseFound(
  source: IacSource,
  document: SourceDocument,
  signal: AbortSignal,
  known?: KnownElements,
): AsyncGenerator<DeclaredRecord> {
  if (source.url === null) {
    yield* parseDocument(document, { ...parseOptionsOf(source), known }, signal);
    return;
  }
  const stream = await document.open(signal);
  const opened = { name: document.name, size: document.size, open: () => Promise.resolve(stream) };
  yield* parseDocument(opened, { ...parseOptionsOf(source, document.facts), known }, signal);
}

function readFacts(documents: readonly SourceDocument[]): LastRead['documents'] {
  return documents.slice(0, MAX_NOTED).map(({ name, version = null, size, workspace }) => ({
    name,
    version,
    size,
    ...(workspace ? { workspace } : {}),
  }));
}

/** Makes addresses unique where several files of a source use the same one. */
class FirstFiles {
  readonly #addresses = new TextIndex();
  /** By number of the address: of the file it was first seen in. */
  readonly #files = new NumberList();
  readonly #names = new Map<string, number>();

  unique(resource: DeclaredResource): DeclaredResource {
    const { address, location } = resource;
    const file = this.#names.get(location.file) ?? this.#names.size;
    this.#names.set(location.file, file);
    const number = this.#addresses.add(address);
    if (number === this.#files.length) this.#files.push(file);
    return this.#files.at(number) === file
      ? resource
      : renamed(resource, `${address} (${location.file})`);
  }
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
