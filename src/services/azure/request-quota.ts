/**
 * Milliseconds until the identity may send another query, as each answer of Resource Graph says; 0 while some are left:
 * https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests
 */
export function quotaPause(headers: { get(name: string): string | undefined }): number {
  const remaining = headers.get('x-ms-user-quota-remaining');
  if (remaining === undefined || Number(remaining) > 0) return 0;
  return parseResetsAfter(headers.get('x-ms-user-quota-resets-after')) ?? 0;
}

/** Milliseconds of `hh:mm:ss`; null when absent or unreadable. */
export function parseResetsAfter(header: string | undefined): number | null {
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(header ?? '') ?? [];
  if (seconds === undefined) return null;
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}
