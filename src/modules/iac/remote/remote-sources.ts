import { Inject, Injectable, Optional } from '@nestjs/common';
import { Config } from '../../../core/config/index.js';
import type { TenantContext } from '../../../core/context/index.js';
import { withDeadline } from '../../../core/http/client/index.js';
import { OutboundGuard } from '../../../core/http/outbound/index.js';
import {
  RATE_LIMITER,
  type RateLimiter,
  type SourceDocument,
  STATE_SOURCE_FACTORIES,
  type StateSourceAccess,
  type StateSourceFactory,
  type WorkspaceFacts,
} from '../../../core/providers/index.js';
import type { IacSource } from '../iac-source.entity.js';
import { parseOptionsOf } from '../parse-options-of.js';
import { probeDocument } from '../parsers/probe-document.js';
import { readable } from '../sources/retried-document.js';
import { type RecognisedSource, StateSources } from '../sources/state-sources.js';
import { connectionFailure } from '../sources/transfer/failures.js';
import { sourceErrors } from '../sources.errors.js';
import { type SourceCredentials, SourceVault } from './source-vault.js';

/** Longest time somebody waits for a look at a store. */
const PROBE_MS = 60_000;

/** What was found where a source points. */
export interface ProbedDocument {
  readonly name: string;
  readonly version: string | null;
  readonly size: number | null;
  readonly workspace: WorkspaceFacts | null;
}

/** Sources behind a URL, with the credentials of their tenant and within the limits of this installation. */
@Injectable()
export class RemoteSources {
  #kinds: Promise<StateSources> | null = null;
  readonly #access: StateSourceAccess;

  constructor(
    config: Config,
    private readonly outbound: OutboundGuard,
    private readonly vault: SourceVault,
    @Optional()
    @Inject(STATE_SOURCE_FACTORIES)
    private readonly further: readonly StateSourceFactory[] | null,
    @Optional()
    @Inject(RATE_LIMITER)
    limits: RateLimiter | null,
  ) {
    this.#access = {
      outbound,
      localCredentials: false,
      maxBytes: config.get('UPLOAD_LIMIT_BYTES'),
      idleMs: config.get('REQUEST_TIMEOUT_MS'),
      ...(limits === null ? {} : { limits }),
    };
  }

  /** Where the credentials of a URL go. @throws DomainError `SOURCE.URL_INVALID` */
  async audienceOf(url: string): Promise<string> {
    return (await this.#sources()).recognise(url).audience;
  }

  /** @throws DomainError `SOURCE.URL_INVALID`, `OUTBOUND.*` for a host that may not be called */
  async recognise(url: string): Promise<RecognisedSource> {
    const recognised = (await this.#sources()).recognise(url);
    for (const host of recognised.hosts) await this.outbound.resolve(host);
    // Whatever else is wrong with the URL is said now rather than at the first scan.
    recognised.validate(this.#access);
    return recognised;
  }

  /**
   * The documents of a source; open each before asking for the next.
   *
   * @throws DomainError `SOURCE.*`, `OUTBOUND.*`
   */
  async *documents(
    context: TenantContext,
    source: IacSource,
    signal: AbortSignal,
  ): AsyncGenerator<SourceDocument> {
    const credentials = await this.vault.open(context, source);
    yield* this.#documents(source, credentials, signal);
  }

  /**
   * Really reads the beginning of the first document with these credentials.
   *
   * @throws DomainError `SOURCE.*`, `OUTBOUND.*`, or `IAC.*` when what is there is no declared state
   */
  async probe(
    source: IacSource,
    credentials: SourceCredentials,
    signal: AbortSignal,
  ): Promise<ProbedDocument> {
    const shown = source.name;
    try {
      return await withDeadline(PROBE_MS, signal, (bounded) =>
        this.#probe(source, credentials, bounded),
      );
    } catch (error) {
      throw connectionFailure(shown, error, signal);
    }
  }

  /** With the client libraries of all stores, so only where a source has a URL. */
  #sources(): Promise<StateSources> {
    this.#kinds ??= import('../sources/catalogue.js').then(
      ({ STATE_SOURCES }) => new StateSources([...(this.further ?? []), ...STATE_SOURCES]),
    );
    return this.#kinds;
  }

  async #probe(
    source: IacSource,
    credentials: SourceCredentials,
    signal: AbortSignal,
  ): Promise<ProbedDocument> {
    for await (const document of this.#documents(source, credentials, signal)) {
      await probeDocument(document, () => parseOptionsOf(source, document.facts).kind, signal);
      const { name, version = null, size, workspace = null } = document;
      return { name, version, size, workspace };
    }
    throw sourceErrors.contentMissing(source.name);
  }

  async *#documents(
    source: IacSource,
    credentials: SourceCredentials,
    signal: AbortSignal,
  ): AsyncGenerator<SourceDocument> {
    if (source.url === null) throw sourceErrors.notRemote(source.name);
    const kinds = await this.#sources();
    const place = kinds.recognise(source.url).open(credentials, this.#access);
    try {
      for await (const document of place.documents(signal)) yield readable(document);
    } finally {
      await place.close?.();
    }
  }
}
