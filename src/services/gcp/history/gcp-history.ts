import { InventoryError } from '../../../core/providers/index.js';
import type {
  ChangedResource,
  ChangeEvent,
  ChangeHistory,
  InventoryFailure,
  SourceNotice,
} from '../../../core/providers/index.js';
import type { GcpApi } from '../gcp.api.js';
import { AssetHistory } from './asset-history.js';
import { auditRecords, type AuditRecord } from './audit-record.js';
import { auditSubject } from './audit-subject.js';
import { auditedChanges } from './audited-changes.js';

/** Runs calls with a client that is closed afterwards; failures are an `InventoryError`. */
type Asking = <T>(signal: AbortSignal, ask: (api: GcpApi) => Promise<T>) => Promise<T>;

/** Failures that the next resource of the project would meet as well. */
const CLOSING: readonly string[] = ['denied', 'connection-invalid', 'unauthenticated'];

const REASONS: Partial<Record<InventoryFailure, string>> = {
  denied:
    'may not be read: grant logging.logEntries.list (roles/logging.viewer) and enable logging.googleapis.com.',
  throttled: 'still throttle after all retries (logging.logEntries.list).',
  unreachable: 'do not answer (logging.googleapis.com).',
};

/**
 * When and what by the asset history, who by Cloud Audit Logs. Each works without the other: what one of them refuses is told once a project,
 * and the other answers alone.
 */
export class GcpHistory implements ChangeHistory {
  readonly days: number;
  private readonly assets: AssetHistory;
  /** Projects whose logs may not be read. */
  private readonly closed = new Set<string>();

  constructor(private readonly ask: Asking) {
    this.assets = new AssetHistory(ask);
    this.days = this.assets.days;
  }

  async eventsOf(
    resource: ChangedResource,
    since: Date,
    signal: AbortSignal,
    tell: (notice: SourceNotice) => void = () => undefined,
  ): Promise<ChangeEvent[]> {
    const [changes, calls] = await Promise.allSettled([
      this.assets.eventsOf(resource, since, signal),
      this.callsOn(resource, since, signal),
    ]);
    signal.throwIfAborted();
    if (calls.status === 'rejected') {
      tell(this.withoutAuditLogs(resource, calls.reason));
      if (changes.status === 'fulfilled') return changes.value;
    }
    if (changes.status === 'rejected') {
      if (calls.status === 'rejected' || !(changes.reason instanceof InventoryError)) {
        throw changes.reason;
      }
      tell(withoutHistory(resource, changes.reason));
    }
    return auditedChanges(
      changes.status === 'fulfilled' ? changes.value : [],
      calls.status === 'fulfilled' ? calls.value : [],
    );
  }

  private async callsOn(
    resource: ChangedResource,
    since: Date,
    signal: AbortSignal,
  ): Promise<readonly AuditRecord[]> {
    const subject = auditSubject(resource);
    const project = resource.scope.accountId;
    if (subject === null || this.closed.has(project ?? '')) return [];
    const entries = await this.ask(signal, (api) => api.auditEntries(subject, project, since));
    return auditRecords(entries).filter(({ resourceName }) => subject.matches(resourceName));
  }

  private withoutAuditLogs({ scope }: ChangedResource, error: unknown): SourceNotice {
    if (!(error instanceof InventoryError)) throw error;
    if (CLOSING.includes(error.failure)) this.closed.add(scope.accountId ?? '');
    const place = `gcp ${scope.accountId ?? ''}`.trim();
    return {
      level: 'warning',
      code: `ATTRIBUTION.AUDIT_LOGS_${error.failure.toUpperCase().replaceAll('-', '_')}`,
      message: `Cloud Audit Logs of ${place} ${REASONS[error.failure] ?? 'cannot be read.'} When and what was changed is known, not who.`,
      location: { file: place, line: null },
    };
  }
}

function withoutHistory({ scope }: ChangedResource, { failure, message }: InventoryError) {
  const place = `gcp ${scope.accountId ?? ''}`.trim();
  return {
    level: 'warning' as const,
    code: `ATTRIBUTION.ASSET_HISTORY_${failure.toUpperCase().replaceAll('-', '_')}`,
    message: `The asset history of ${place} is not read, so which property a call changed is only guessed from its parameters: ${message}`,
    location: { file: place, line: null },
  };
}
