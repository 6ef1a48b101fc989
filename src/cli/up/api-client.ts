import { DomainError } from '../../core/errors/index.js';
import type {
  ApiDrift,
  ApiEnvironment,
  ApiPage,
  ApiScan,
  ApiSource,
  NewEnvironment,
  NewSource,
} from './api-types.js';

const TIMEOUT_MS = 30_000;

/** The REST API as `up` uses it. Everything it knows about the service, it knows through this. */
export class ApiClient {
  private token: string | null = null;

  constructor(
    private readonly base: string,
    private readonly credentials: { readonly username: string; readonly password: string },
    private readonly signal: AbortSignal,
  ) {}

  async login(): Promise<void> {
    const { access_token } = await this.call<{ access_token: string }>(
      'POST',
      '/auth/login',
      this.credentials,
    );
    this.token = access_token;
  }

  listEnvironments(): Promise<ApiEnvironment[]> {
    return this.all<ApiEnvironment>('/environments');
  }

  createEnvironment(body: NewEnvironment): Promise<ApiEnvironment> {
    return this.call('POST', '/environments', body);
  }

  async pointEnvironment(id: string, endpoint: string): Promise<void> {
    await this.call('PATCH', `/environments/${id}`, { cloud_settings: { endpoint } });
  }

  async replaceCredentials(id: string, credentials: Record<string, string>): Promise<void> {
    await this.call('PUT', `/environments/${id}/credentials`, { credentials });
  }

  listSources(environmentId: string): Promise<ApiSource[]> {
    return this.all<ApiSource>(`/sources?environment_id=${environmentId}`);
  }

  createSource(body: NewSource): Promise<ApiSource> {
    return this.call('POST', '/sources', body);
  }

  startScan(environmentId: string): Promise<ApiScan> {
    return this.call('POST', `/environments/${environmentId}/scans`, {});
  }

  getScan(id: string): Promise<ApiScan> {
    return this.call('GET', `/scans/${id}`);
  }

  listOpenDrifts(environmentId: string): Promise<ApiDrift[]> {
    return this.all<ApiDrift>(`/drifts?resolved=false&environment=${environmentId}`);
  }

  listUsers(): Promise<{ readonly id: string; readonly username: string }[]> {
    return this.all('/users');
  }

  /** Answers the new password, to be changed at the next login. */
  async resetPassword(userId: string): Promise<string> {
    const path = `/users/${userId}/reset-password`;
    return (await this.call<{ initial_password: string }>('POST', path)).initial_password;
  }

  /** Every page of a list. */
  private async all<T>(path: string): Promise<T[]> {
    const entries: T[] = [];
    const separator = path.includes('?') ? '&' : '?';
    let cursor: string | null = null;
    do {
      const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: ApiPage<T> = await this.call('GET', `${path}${separator}page_size=200${after}`);
      entries.push(...page.data);
      cursor = page.pagination.next_cursor;
    } while (cursor !== null);
    return entries;
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.base}/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.any([this.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    // A long scan outlives its token.
    if (response.status === 401 && this.token !== null) {
      this.token = null;
      await this.login();
      return this.call(method, path, body);
    }
    if (!response.ok) throw await failedCall(method, path, response);
    return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
  }
}

/** RFC 9457, as far as it is read here. */
interface Problem {
  readonly code?: string;
  readonly detail?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

async function failedCall(method: string, path: string, response: Response): Promise<DomainError> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const code = problem.code ?? `HTTP ${response.status}`;
  return new DomainError({
    code: 'UP.API_REFUSED',
    kind: 'unavailable',
    message: `${method} ${path}: ${problem.detail ?? response.statusText} (${code})`,
    details: { ...problem.details, status: response.status, code },
  });
}
