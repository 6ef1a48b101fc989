import pg from 'pg';
import {
  type SourceDocument,
  type StateSource,
  StateSourceError,
  type StateSourceFactory,
  type StateSourceRequest,
} from '../../../core/providers/index.js';
import { BufferedDocument, type Fetched } from './transfer/buffered-document.js';
import { tooLarge } from './transfer/checked-body.js';
import { only } from './transfer/documents.js';
import { connectionFailure } from './transfer/failures.js';

const TABLE = 'states';
const CONNECT_MS = 10_000;
/** A text of JavaScript cannot be longer. */
const LONGEST_TEXT = 400 * 1024 * 1024;
const SSL_MODES = ['disable', 'require', 'verify-full'];

/**
 * Terraform's `pg` backend: table `states` of a schema, a row per workspace. `workspace=*` reads all of them. It reads in a read-only
 * transaction and takes none of the backend's advisory locks.
 */
export const pgSource: StateSourceFactory = {
  location: 'pg',
  form: 'pg://HOST/database',
  parameters: ['schema', 'workspace', 'sslmode'],
  credentials: ['username', 'password', 'ca'],
  matches: (scheme) => ['pg', 'postgres', 'postgresql'].includes(scheme),
  open(request): StateSource {
    const { url } = request;
    const database = decodeURIComponent(url.pathname.slice(1));
    const workspace = url.searchParams.get('workspace') ?? 'default';
    const source = `pg://${url.host}/${database}`;
    const sslMode = url.searchParams.get('sslmode') ?? 'verify-full';
    if (url.hostname === '' || database === '' || !SSL_MODES.includes(sslMode)) {
      throw new StateSourceError(
        'url-invalid',
        source,
        `it is written pg://host:port/database, and sslmode is one of ${SSL_MODES.join(', ')}.`,
      );
    }
    const states = new StatesTable(request, source, database, sslMode);
    return {
      description: `${source} workspace ${workspace}`,
      documents: (signal) =>
        workspace === '*' ? states.all(signal) : only(states.document(workspace)),
    };
  },
};

interface StateRow {
  readonly data: string;
  readonly version: string;
}

class StatesTable {
  readonly #table: string;

  constructor(
    private readonly request: StateSourceRequest,
    private readonly source: string,
    private readonly database: string,
    private readonly sslMode: string,
  ) {
    const schema = request.url.searchParams.get('schema') ?? 'terraform_remote_state';
    this.#table = `${pg.escapeIdentifier(schema)}.${TABLE}`;
  }

  document(workspace: string): SourceDocument {
    const name = `${this.source} workspace ${workspace}`;
    return new BufferedDocument(
      name,
      (signal) => this.#inTransaction(signal, (client) => this.#fetch(client, name, workspace)),
      { kind: 'terraform-state' },
    );
  }

  async *all(signal: AbortSignal): AsyncGenerator<SourceDocument> {
    const rows = await this.#inTransaction(signal, async (client) => {
      const answer = await client.query<{ name: string }>(
        `select name from ${this.#table} order by name`,
      );
      return answer.rows;
    });
    if (rows.length === 0) {
      throw new StateSourceError('missing', this.source, 'the table holds no workspace.');
    }
    for (const { name } of rows) yield this.document(name);
  }

  async #fetch(client: pg.Client, name: string, workspace: string): Promise<Fetched> {
    const limit = Math.min(this.request.access.maxBytes, LONGEST_TEXT);
    const sizes = await client.query<{ bytes: string }>(
      `select octet_length(data) as bytes from ${this.#table} where name = $1`,
      [workspace],
    );
    const [size] = sizes.rows;
    if (size === undefined) {
      throw new StateSourceError('missing', name, 'there is no such workspace in the table.');
    }
    if (Number(size.bytes) > limit) throw tooLarge(name, limit);
    const { rows } = await client.query<StateRow>(
      `select data, md5(data) as version from ${this.#table} where name = $1`,
      [workspace],
    );
    return { content: Buffer.from(rows[0]?.data ?? ''), version: rows[0]?.version ?? null };
  }

  async #inTransaction<T>(
    signal: AbortSignal,
    work: (client: pg.Client) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const { source } = this;
    let client: pg.Client | undefined;
    const stop = (): void => void client?.end().catch(() => undefined);
    try {
      client = await this.#connect();
      signal.addEventListener('abort', stop, { once: true });
      // Size and content are those of one moment.
      await client.query('begin isolation level repeatable read read only');
      return await work(client);
    } catch (error) {
      throw pgFailure(source, error, signal);
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
    }
  }

  async #connect(): Promise<pg.Client> {
    const { url, credentials, access } = this.request;
    // The address that was checked is the one that is called; the certificate is that of the name.
    const [address] = await access.outbound.resolve(url.hostname);
    const client = new pg.Client({
      host: address?.address ?? url.hostname,
      port: Number(url.port || '5432'),
      database: this.database,
      user: credentials.username ?? 'postgres',
      ...(credentials.password === undefined ? {} : { password: credentials.password }),
      ssl:
        this.sslMode === 'disable'
          ? false
          : {
              servername: url.hostname,
              rejectUnauthorized: this.sslMode === 'verify-full',
              ...(credentials.ca === undefined ? {} : { ca: credentials.ca }),
            },
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: access.idleMs,
      application_name: 'driftguard',
    });
    // Otherwise a connection that breaks while nobody asks anything ends the process.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }
}

const NEEDS = 'USAGE on the schema and SELECT on its table states';

function pgFailure(source: string, error: unknown, signal: AbortSignal): Error {
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const fail = (failure: 'denied' | 'missing' | 'url-invalid', message: string): Error =>
    new StateSourceError(failure, source, message);
  if (signal.aborted || error instanceof StateSourceError) {
    return connectionFailure(source, error, signal);
  }
  if (code === '28P01' || code === '28000') {
    return fail('denied', `the user or password is not accepted. It takes ${NEEDS}.`);
  }
  if (code === '42501') return fail('denied', `permission denied. It takes ${NEEDS}.`);
  if (code === '3D000') return fail('missing', 'there is no such database.');
  if (code === '42P01' || code === '3F000') {
    return fail('missing', 'there is no table of states in this schema. Name it: ?schema=….');
  }
  if (error instanceof Error && error.message.includes('does not support SSL')) {
    return fail(
      'url-invalid',
      'the server speaks no TLS. Where that is meant, say ?sslmode=disable.',
    );
  }
  return connectionFailure(source, error, signal);
}
