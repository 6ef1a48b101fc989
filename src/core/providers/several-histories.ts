import type { ChangedResource, ChangeEvent, ChangeHistory } from './attribution.js';
import type { SourceNotice } from './declared-resource.js';
import { InventoryError } from './inventory.errors.js';

export interface HistoryMember {
  readonly accountId: string;
  readonly history: ChangeHistory;
}

/**
 * The change logs of several inventories as one. A resource is asked for where its account is; where no member is called so (a project below
 * one of several folders), each is asked until one knows it.
 */
export class SeveralHistories implements ChangeHistory {
  readonly days: number;

  constructor(private readonly members: readonly HistoryMember[]) {
    this.days = Math.min(...members.map(({ history }) => history.days));
  }

  async eventsOf(
    resource: ChangedResource,
    since: Date,
    signal: AbortSignal,
    tell?: (notice: SourceNotice) => void,
  ): Promise<ChangeEvent[]> {
    const own = this.members.filter(({ accountId }) => accountId === resource.scope.accountId);
    const asked = own.length > 0 ? own : this.members;
    const failures: InventoryError[] = [];
    for (const { history } of asked) {
      try {
        const events = await history.eventsOf(resource, since, signal, tell);
        if (events.length > 0) return events;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof InventoryError)) throw error;
        failures.push(error);
      }
    }
    const [failure] = failures;
    if (failure !== undefined && failures.length === asked.length) throw failure;
    return [];
  }
}
