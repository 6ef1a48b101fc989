import { interleave } from '../http/client/interleave.js';
import { accessCheck, type AccessCheck } from './access-check.js';
import type { ChangeHistory } from './attribution.js';
import type { CoverageStatus } from './coverage.js';
import { InventoryError, type InventoryFailure } from './inventory.errors.js';
import type { CallerIdentity, Inventory, InventoryRecord, InventoryScope } from './inventory.js';
import type { Provider } from './provider.js';
import { SeveralHistories } from './several-histories.js';

/** One of several clusters, projects or accounts that are read in one scan. */
export interface InventoryMember {
  /** As its coverage names it. */
  readonly accountId: string;
  /** Called once. @throws InventoryError when its settings can never work */
  open(): Inventory;
}

interface OpenMember {
  readonly accountId: string;
  readonly inventory: Inventory | InventoryError;
}

type Progress = Extract<InventoryRecord, { kind: 'progress' }>;

/** Members read at the same time; each has calls of its own under way. */
const CONCURRENCY = 3;

/** Several inventories as one. One that cannot be read is a gap in coverage (`*` in its account) and mutes none of the others. */
export class SeveralInventories implements Inventory {
  readonly history?: ChangeHistory;
  private readonly members: readonly OpenMember[];

  constructor(
    readonly provider: Provider,
    members: readonly InventoryMember[],
  ) {
    this.members = members.map(({ accountId, open }) => ({
      accountId,
      inventory: openedOrFailed(open),
    }));
    const kept = this.members.flatMap(({ accountId, inventory }) =>
      inventory instanceof InventoryError || inventory.history === undefined
        ? []
        : [{ accountId, history: inventory.history }],
    );
    if (kept.length > 0) this.history = new SeveralHistories(kept);
  }

  /** Of those that answer; `accountId` joins them with commas. @throws InventoryError of the first when none does */
  async identify(signal: AbortSignal): Promise<CallerIdentity> {
    const answers = await Promise.allSettled(
      this.members.map(({ inventory }) => opened(inventory).then((one) => one.identify(signal))),
    );
    const found = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const refused = answers.find((one) => one.status === 'rejected');
    if (found.length === 0 || signal.aborted) throw refused?.reason ?? signal.reason;
    const joined = (values: readonly string[]): string => [...new Set(values)].join(', ');
    return {
      provider: this.provider,
      accountId: joined(found.map(({ accountId }) => accountId)),
      principal: joined(found.map(({ principal }) => principal)),
    };
  }

  /** Of each that opens, one after the other; what each says is headed by its account. One that does not open is one check. */
  async *access(signal: AbortSignal): AsyncGenerator<AccessCheck> {
    for (const { accountId, inventory } of this.members) {
      try {
        const one = await opened(inventory);
        for await (const check of one.access?.(signal) ?? []) {
          yield { ...check, permission: `${accountId}: ${check.permission}` };
        }
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof InventoryError)) throw error;
        const { failure, message } = error;
        const facts = { permission: accountId, blinds: ['*'], without: `${accountId} is not read` };
        yield accessCheck(facts, { status: STATUS[failure] ?? 'failed', message });
      }
    }
  }

  async *list(scope: InventoryScope, signal: AbortSignal): AsyncGenerator<InventoryRecord> {
    const stopped = new AbortController();
    const combined = AbortSignal.any([signal, stopped.signal]);
    const failures: unknown[] = [];
    const steps = new Map<string, Progress>();
    const listings = this.members.map(
      (member) => () => this.one(member, scope, combined, (error) => failures.push(error)),
    );
    const cancel = (): void => stopped.abort();
    for await (const [member, record] of interleave(listings, CONCURRENCY, cancel)) {
      if (record.kind !== 'progress') yield record;
      else {
        steps.set(member.accountId, record);
        yield this.joined(steps, record.label);
      }
    }
    if (failures.length === this.members.length) throw failures[0];
  }

  async close(): Promise<void> {
    const closing = this.members.flatMap(({ inventory }) =>
      inventory instanceof InventoryError ? [] : [inventory.close()],
    );
    await Promise.all(closing);
  }

  private async *one(
    member: OpenMember,
    scope: InventoryScope,
    signal: AbortSignal,
    onFailure: (error: unknown) => void,
  ): AsyncGenerator<readonly [OpenMember, InventoryRecord]> {
    try {
      const inventory = await opened(member.inventory);
      for await (const record of inventory.list(scope, signal)) yield [member, record];
    } catch (error) {
      if (signal.aborted || !(error instanceof InventoryError)) throw error;
      onFailure(error);
      yield [member, { kind: 'coverage', coverage: this.gap(member, error) }];
    }
  }

  private gap({ accountId }: OpenMember, { failure, message }: InventoryError) {
    return {
      provider: this.provider,
      type: '*',
      accountId,
      region: null,
      status: STATUS[failure] ?? ('failed' as const),
      resources: 0,
      pages: 0,
      message: `${accountId}: ${message}`,
    };
  }

  private joined(steps: ReadonlyMap<string, Progress>, label: string): Progress {
    let done = 0;
    let total: number | null = steps.size < this.members.length ? null : 0;
    for (const step of steps.values()) {
      done += step.done;
      total = total === null || step.total === null ? null : total + step.total;
    }
    return { kind: 'progress', done, total, label };
  }
}

const STATUS: Partial<Record<InventoryFailure, CoverageStatus>> = {
  denied: 'denied',
  throttled: 'throttled',
};

function openedOrFailed(open: () => Inventory): Inventory | InventoryError {
  try {
    return open();
  } catch (error) {
    if (error instanceof InventoryError) return error;
    throw error;
  }
}

async function opened(inventory: Inventory | InventoryError): Promise<Inventory> {
  if (inventory instanceof InventoryError) throw inventory;
  return Promise.resolve(inventory);
}
