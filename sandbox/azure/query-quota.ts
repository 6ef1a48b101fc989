/** The queries a caller may send in a window, told in each answer: https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests */
export class QueryQuota {
  private windowEnds = 0;
  private used = 0;

  constructor(
    private readonly limit: { readonly queries: number; readonly seconds: number } | null,
  ) {}

  /** Counts a query; seconds to wait when there is none left. */
  take(): number | null {
    if (!this.limit) return null;
    const now = Date.now();
    if (now >= this.windowEnds) {
      this.windowEnds = now + this.limit.seconds * 1000;
      this.used = 0;
    }
    this.used += 1;
    return this.used > this.limit.queries ? this.left() : null;
  }

  headers(): Record<string, string> {
    const { queries, seconds } = this.limit ?? { queries: 15, seconds: 5 };
    const used = this.limit ? this.used : 1;
    return {
      'x-ms-user-quota-remaining': String(Math.max(0, queries - used)),
      'x-ms-user-quota-resets-after': resetsAfter(this.limit ? this.left() : seconds),
    };
  }

  private left(): number {
    return Math.max(0, Math.ceil((this.windowEnds - Date.now()) / 1000));
  }
}

/** `hh:mm:ss` */
export function resetsAfter(seconds: number): string {
  const parts = [
    Math.floor(seconds / 3600),
    Math.floor(seconds / 60) % 60,
    Math.ceil(seconds) % 60,
  ];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
