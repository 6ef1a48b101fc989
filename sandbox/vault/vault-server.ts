import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { JsonObject } from '../json.js';
import {
  type Answer,
  answer,
  badRequest,
  NO_CONTENT,
  noRoute,
  permissionDenied,
  unsupportedOperation,
  VaultError,
} from './answer.js';
import { DatabaseEngine, type DatabaseRole } from './database-engine.js';
import { Leases } from './leases.js';
import { allows, DEFAULT_POLICY, parsePolicy, type Policy } from './policy.js';
import { authOf, remainingSeconds, type Token, Tokens } from './tokens.js';
import { TransitEngine } from './transit.js';

export interface AuthRole {
  /** HCL of its policies, by name; `default` is always among them. */
  readonly policies: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly ttl: number;
  readonly maxTtl: number;
}

export interface VaultSandboxOptions {
  /** By role id. */
  readonly appRoles: Readonly<Record<string, AuthRole & { readonly secretId: string }>>;
  /** By name of the role; `jwt` is the token it accepts. */
  readonly kubernetesRoles?: Readonly<Record<string, AuthRole & { readonly jwt: string }>>;
  /** Derived keys of the transit engine. */
  readonly transitKeys?: readonly string[];
  /** Secrets of the KV engine at `secret/`, by path without `data/`. */
  readonly secrets?: Readonly<Record<string, JsonObject>>;
  readonly database?: {
    /** A URL of PostgreSQL with the right to create roles. */
    readonly adminUrl: string;
    readonly roles: Readonly<Record<string, DatabaseRole>>;
  };
}

const METHODS: Readonly<Record<string, string>> = { GET: 'read', POST: 'update', PUT: 'update' };
const SWEEP_MS = 50;
const VERSION = '1.18.3';

/** A small Vault: its published HTTP API as far as DriftGuard uses it, with policies enforced. In memory. */
export class VaultSandbox {
  readonly transit = new TransitEngine();
  /** `METHOD path` of every request. */
  readonly requests: string[] = [];
  readonly #leases = new Leases();
  readonly #tokens = new Tokens((token) => this.#leases.revokeOf(token));
  readonly #database: DatabaseEngine | null;
  readonly #http: Server;
  readonly #clock: NodeJS.Timeout;
  #isSealed = false;
  #url = '';

  private constructor(private readonly options: VaultSandboxOptions) {
    const { database } = options;
    this.#database =
      database === undefined
        ? null
        : new DatabaseEngine(database.adminUrl, database.roles, this.#leases);
    for (const key of options.transitKeys ?? []) this.transit.create(key);
    this.#http = createServer((message, response) => void this.#serve(message, response));
    this.#clock = setInterval(() => {
      this.#tokens.sweep();
      this.#leases.sweep();
    }, SWEEP_MS).unref();
  }

  static async start(options: VaultSandboxOptions, port = 0): Promise<VaultSandbox> {
    const vault = new VaultSandbox(options);
    await new Promise<void>((resolve) => vault.#http.listen(port, '127.0.0.1', resolve));
    const bound = vault.#http.address();
    if (typeof bound !== 'object' || bound === null) throw new Error('Vault does not listen');
    vault.#url = `http://127.0.0.1:${bound.port}`;
    return vault;
  }

  get url(): string {
    return this.#url;
  }

  get leases(): readonly string[] {
    return this.#leases.live;
  }

  get liveTokens(): number {
    return this.#tokens.live;
  }

  seal(): void {
    this.#isSealed = true;
  }

  unseal(): void {
    this.#isSealed = false;
  }

  /** As `vault lease revoke -prefix`: resolves when the roles are dropped. */
  revokeLeases(prefix = ''): Promise<void> {
    return this.#leases.revoke(prefix);
  }

  /** Every token, and the leases they took. */
  async revokeTokens(): Promise<void> {
    this.#tokens.revokeAll();
    await this.#leases.settled();
  }

  async close(): Promise<void> {
    clearInterval(this.#clock);
    this.#tokens.revokeAll();
    await this.#leases.settled();
    await this.#database?.close();
    await new Promise<void>((resolve) => {
      this.#http.close(() => resolve());
      this.#http.closeAllConnections();
    });
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = message.method ?? 'GET';
    const path = new URL(message.url ?? '/', 'http://vault').pathname.replace(/^\/v1\//, '');
    this.requests.push(`${method} ${path}`);
    const { status, body } = await this.#answer(method, path, message).catch((error: unknown) =>
      error instanceof VaultError
        ? { status: error.status, body: { errors: [...error.errors] } }
        : { status: 500, body: { errors: [String(error)] } },
    );
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(body === null ? undefined : JSON.stringify(body));
  }

  async #answer(method: string, path: string, message: IncomingMessage): Promise<Answer> {
    const content = await text(message);
    if (path === 'sys/health') return this.#health();
    if (path === 'sys/seal-status') return { status: 200, body: this.#sealStatus() };
    if (this.#isSealed) throw new VaultError(503, ['Vault is sealed']);
    const capability = METHODS[method];
    if (capability === undefined) throw unsupportedOperation();
    const body = parsed(content);
    if (path === 'auth/approle/login') return this.#appRoleLogin(body);
    if (path === 'auth/kubernetes/login') return this.#kubernetesLogin(body);
    const header = message.headers['x-vault-token'];
    const token = typeof header === 'string' ? this.#tokens.find(header) : null;
    if (token === null) throw new VaultError(403, ['permission denied', 'invalid token']);
    if (!allows(token.policies, path, capability)) throw permissionDenied();
    return this.#authorized(method, path, body, token);
  }

  #authorized(
    method: string,
    path: string,
    body: JsonObject,
    token: Token,
  ): Answer | Promise<Answer> {
    const [mount = ''] = path.split('/');
    if (mount === 'transit') {
      return this.transit.handle(method, path.slice('transit/'.length), body);
    }
    if (path.startsWith('secret/data/') && method === 'GET') {
      return this.#secret(path.slice('secret/data/'.length));
    }
    if (path.startsWith('database/creds/') && method === 'GET' && this.#database !== null) {
      return this.#database.credentials(path.slice('database/creds/'.length), token);
    }
    if (path === 'auth/token/lookup-self') return lookup(token);
    if (path === 'auth/token/renew-self') {
      this.#tokens.renew(token);
      return answer({ auth: authOf(token) });
    }
    if (path === 'auth/token/revoke-self') {
      this.#tokens.revoke(token);
      return this.#leases.settled().then(() => NO_CONTENT);
    }
    if (path === 'sys/leases/renew') {
      return this.#leases
        .renew(body.lease_id, body.increment)
        .then((lease) => answer({ ...lease }));
    }
    if (path === 'sys/leases/revoke' && typeof body.lease_id === 'string') {
      return this.#leases.revoke(body.lease_id).then(() => NO_CONTENT);
    }
    throw noRoute(path);
  }

  #appRoleLogin(body: JsonObject): Answer {
    const role = typeof body.role_id === 'string' ? this.options.appRoles[body.role_id] : undefined;
    if (role === undefined || body.secret_id !== role.secretId)
      throw badRequest('invalid role or secret ID');
    return this.#login(role);
  }

  #kubernetesLogin(body: JsonObject): Answer {
    const { kubernetesRoles = {} } = this.options;
    const role = typeof body.role === 'string' ? kubernetesRoles[body.role] : undefined;
    if (role === undefined) throw badRequest('invalid role name');
    if (body.jwt !== role.jwt) throw permissionDenied();
    return this.#login(role);
  }

  #login(role: AuthRole): Answer {
    const policies: Policy[] = [DEFAULT_POLICY, ...Object.values(role.policies)].map(parsePolicy);
    const policyNames = ['default', ...Object.keys(role.policies)];
    const { ttl, maxTtl } = role;
    return answer({ auth: authOf(this.#tokens.issue({ policies, policyNames, ttl, maxTtl })) });
  }

  #secret(path: string): Answer {
    const data = this.options.secrets?.[path];
    if (data === undefined) throw new VaultError(404, []);
    const metadata = {
      created_time: '2026-01-01T00:00:00.000000000Z',
      custom_metadata: null,
      deletion_time: '',
      destroyed: false,
      version: 1,
    };
    return answer({ data: { data, metadata } });
  }

  /** https://developer.hashicorp.com/vault/api-docs/system/health */
  #health(): Answer {
    return {
      status: this.#isSealed ? 503 : 200,
      body: {
        initialized: true,
        sealed: this.#isSealed,
        standby: false,
        performance_standby: false,
        replication_performance_mode: 'disabled',
        replication_dr_mode: 'disabled',
        server_time_utc: Math.floor(Date.now() / 1000),
        version: VERSION,
        cluster_name: 'sandbox',
        cluster_id: randomUUID(),
      },
    };
  }

  #sealStatus(): JsonObject {
    const sealed = this.#isSealed;
    return { type: 'shamir', initialized: true, sealed, t: 1, n: 1, progress: 0, version: VERSION };
  }
}

function lookup(token: Token): Answer {
  return answer({
    data: {
      accessor: token.accessor,
      policies: [...token.policyNames],
      ttl: remainingSeconds(token.expiresAt),
      renewable: true,
      type: 'service',
    },
  });
}

function parsed(content: string): JsonObject {
  if (content === '') return {};
  try {
    return JSON.parse(content) as JsonObject;
  } catch {
    throw badRequest('failed to parse JSON input: invalid character');
  }
}
