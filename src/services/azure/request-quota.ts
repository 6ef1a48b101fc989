import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The queries an identity may still send, as each answer of Resource Graph says:
 * https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests
 * One for all queries of a scan: with none left, the next one waits instead of being refused.
 */
export class RequestQuota {
  private renewedAt = 0;

  constructor(private readonly maxDelayMs: number) {}

  observe(headers: { get(name: string): string | undefined }): void {
    const remaining = headers.get('x-ms-user-quota-remaining');
    const resets = parseResetsAfter(headers.get('x-ms-user-quota-resets-after'));
    if (remaining === undefined || Number(remaining) > 0 || resets === null) return;
    this.renewedAt = Date.now() + Math.min(resets, this.maxDelayMs);
  }

  /** Resolves when a query may be sent; rejects when `signal` aborts. */
  async turn(signal: AbortSignal): Promise<void> {
    for (let left = this.left(); left > 0; left = this.left()) {
      await sleep(left, undefined, { signal });
    }
  }

  private left(): number {
    return this.renewedAt - Date.now();
  }
}

/** Milliseconds of `hh:mm:ss`; null when absent or unreadable. */
export function parseResetsAfter(header: string | undefined): number | null {
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(header ?? '') ?? [];
  if (seconds === undefined) return null;
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}
