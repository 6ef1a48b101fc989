import { randomUUIDv7 } from 'node:crypto';
import { TenantSql } from '../../../src/core/database/index.js';
import type { Coverage } from '../../../src/core/providers/index.js';
import type { Observation } from '../../../src/modules/drifts/settle/drift-draft.js';
import { type Settlement, settleScan } from '../../../src/modules/drifts/settle/settle-scan.js';
import type { TestEnvironment } from '../../factories/environment.factory.js';
import type { TestContext } from '../../support/test-context.js';

export const COMPLETE: Coverage = {
  provider: 'aws',
  type: 'AWS::S3::Bucket',
  accountId: '111122223333',
  region: 'eu-central-1',
  status: 'complete',
  resources: 1,
  pages: 1,
  message: null,
};

export interface DriftState {
  readonly id: string;
  readonly status: string;
  readonly drift_type: string;
  readonly resource_address: string | null;
  readonly seen_count: number;
  readonly reopened_count: number;
  readonly resolution_type: string | null;
  readonly resolved_by_scan_id: string | null;
  readonly changes: number;
}

/** Settles scans of one environment as a worker would, as the application role. */
export class ScanStand {
  readonly #sql: TenantSql;

  constructor(
    test: TestContext,
    readonly environment: TestEnvironment,
  ) {
    this.#sql = test.get(TenantSql);
  }

  get #context() {
    return this.environment.organization.context;
  }

  async begin(): Promise<string> {
    const id = randomUUIDv7();
    await this.#sql.transaction(this.#context, (client) =>
      client.query(
        `insert into scan_runs (organization_id, id, environment_id, status, trigger) values ($1, $2, $3, 'running', 'api')`,
        [this.#context.organizationId, id, this.environment.id],
      ),
    );
    return id;
  }

  async settle(
    scanId: string,
    observations: readonly Observation[],
    facts: {
      readonly coverage?: readonly Coverage[];
      readonly unreadSourceIds?: readonly string[];
    } = {},
  ): Promise<Settlement> {
    return this.#sql.transaction(this.#context, (client) =>
      settleScan(client, {
        organizationId: this.#context.organizationId,
        environmentId: this.environment.id,
        scanId,
        correlationId: this.#context.correlationId,
        now: new Date(),
        observations,
        coverage: facts.coverage ?? [COMPLETE],
        unreadSourceIds: facts.unreadSourceIds ?? [],
        result: () => ({
          status: 'succeeded',
          counts: {
            declared: 1,
            actual: 1,
            compared: 1,
            in_sync: 0,
            unread: 0,
            unverifiable: 0,
            suppressed: 0,
            reused: 0,
          },
          coverageScore: 1,
          notices: [],
          problems: [],
          passedOver: [],
          unusedIgnoreRules: [],
        }),
      }),
    );
  }

  /** One whole scan. Answers its settlement. */
  async scan(
    observations: readonly Observation[],
    facts: Parameters<ScanStand['settle']>[2] = {},
  ): Promise<Settlement> {
    return this.settle(await this.begin(), observations, facts);
  }

  drifts(): Promise<DriftState[]> {
    return this.#sql.read<DriftState>(
      this.#context,
      `select id, status, drift_type, resource_address, seen_count, reopened_count, resolution_type, resolved_by_scan_id,
         (select count(*)::int from drift_changes c
          where c.organization_id = d.organization_id and c.drift_event_id = d.id) as changes
       from drift_events d
       where organization_id = $1 and environment_id = $2 order by fingerprint`,
      [this.#context.organizationId, this.environment.id],
    );
  }

  /** The one drift of the environment. */
  async drift(): Promise<DriftState> {
    const [first, ...others] = await this.drifts();
    if (first === undefined || others.length > 0) throw new Error('not exactly one drift');
    return first;
  }

  async topics(): Promise<string[]> {
    const rows = await this.#sql.read<{ topic: string }>(
      this.#context,
      'select topic from outbox_events where organization_id = $1 order by created_at, topic',
      [this.#context.organizationId],
    );
    return rows.map(({ topic }) => topic);
  }

  async resolve(id: string, type: string): Promise<void> {
    await this.#sql.transaction(this.#context, (client) =>
      client.query(
        `update drift_events set status = 'resolved', resolved_at = now(), resolution_type = $3
         where organization_id = $1 and id = $2`,
        [this.#context.organizationId, id, type],
      ),
    );
  }
}
