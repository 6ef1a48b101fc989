import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, TestContext } from '../support/test-context.js';
import type { SandboxCluster } from '../support/sandbox-cluster.js';

const POLL_MS = 50;

export interface ScanBody {
  readonly id: string;
  readonly status: string;
  readonly attempts: number;
  readonly progress: { readonly label: string; readonly done: number };
  readonly counts: Readonly<Record<string, number>>;
  readonly coverage_score: number | null;
  readonly problems: readonly { readonly code: string }[];
  readonly coverage: readonly { readonly resource_type: string; readonly status: string }[];
}

export interface DriftBody {
  readonly id: string;
  readonly drift_type: string;
  readonly status: string;
  readonly resource_type: string;
  readonly resource_address: string | null;
  readonly seen_count: number;
  readonly changes: readonly { readonly property_path: string }[];
}

/** What a platform team would do over the API: an environment, its manifests, scans. */
export class ScanStory {
  private constructor(
    private readonly test: TestContext,
    private readonly token: string,
    readonly environmentId: string,
    readonly organizationId: string,
  ) {}

  static async begin(test: TestContext, cluster: SandboxCluster, manifests: string) {
    const organization = await test.newOrganization();
    const token = await (await test.newUser(organization)).login();
    const environment = await test.request(token, 'POST', '/api/v1/environments', {
      name: 'staging',
      provider: 'kubernetes',
      credentials: { server: cluster.endpoint, token: cluster.token, clusterName: 'test' },
    });
    const story = new ScanStory(test, token, String(environment.body.id), organization.id);
    await story.#declare(manifests);
    return story;
  }

  call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<Answer> {
    return this.test.request(this.token, method, `/api/v1/${path}`, body);
  }

  async requestScan(): Promise<string> {
    const answer = await this.call('POST', `environments/${this.environmentId}/scans`);
    if (answer.status !== 202) throw new Error(`no scan: ${answer.text}`);
    return String(answer.body.id);
  }

  async scan(id: string): Promise<ScanBody> {
    return (await this.call('GET', `scans/${id}`)).body as unknown as ScanBody;
  }

  async until(id: string, reached: (scan: ScanBody) => boolean): Promise<ScanBody> {
    for (;;) {
      const scan = await this.scan(id);
      if (reached(scan)) return scan;
      await sleep(POLL_MS);
    }
  }

  finished(id: string): Promise<ScanBody> {
    return this.until(id, ({ status }) => status !== 'queued' && status !== 'running');
  }

  async drifts(query = ''): Promise<DriftBody[]> {
    const answer = await this.call('GET', `drifts?environment=${this.environmentId}&${query}`);
    return (answer.body.data ?? []) as DriftBody[];
  }

  async #declare(manifests: string): Promise<void> {
    const source = await this.call('POST', 'sources', {
      environment_id: this.environmentId,
      name: 'manifests',
      kind: 'kubernetes_manifests',
    });
    const answer = await this.test.app.inject({
      method: 'PUT',
      url: `/api/v1/sources/${String(source.body.id)}/content`,
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/octet-stream',
      },
      payload: manifests,
    });
    if (answer.statusCode !== 200) throw new Error(`the manifests were refused: ${answer.body}`);
  }
}
