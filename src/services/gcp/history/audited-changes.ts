import type { ChangeEvent } from '../../../core/providers/index.js';
import { type AuditRecord, eventOf } from './audit-record.js';

/** The inventory notes a change a while after the call that made it; clocks differ a little. */
const LATE_MS = 10 * 60_000;
const AHEAD_MS = 60_000;

/**
 * What changed and when, by the asset history, joined with who called, by the audit logs. A change whose time fits the calls of one caller is
 * theirs. Where several called, the one whose parameters name what changed; where that does not tell either, the history's word is
 * left out and each call stands for itself, so that nobody is named more surely than is known. Both oldest first or not; answers newest first.
 */
export function auditedChanges(
  changes: readonly ChangeEvent[],
  calls: readonly AuditRecord[],
): ChangeEvent[] {
  const events: ChangeEvent[] = [];
  const joined = new Set<AuditRecord>();
  const ordered = [...changes].sort(byTime);
  for (const [index, change] of ordered.entries()) {
    const near = callsNear(change, ordered[index - 1], calls);
    const naming = near.filter((call) => namesAny(call, change.paths ?? []));
    const likely = naming.length > 0 ? naming : near;
    const callers = new Set(likely.map(({ actor, client }) => `${client} ${actor ?? ''}`));
    const latest = [...likely].sort(byTime).at(-1);
    if (latest === undefined) events.push(change);
    else if (callers.size === 1) {
      const { byParameters: _, ...call } = eventOf(latest);
      events.push({ ...call, paths: change.paths });
      for (const call of likely) joined.add(call);
    }
  }
  const alone = calls.filter((call) => !joined.has(call)).map(eventOf);
  return [...events, ...alone].sort(byTime).reverse();
}

function callsNear(
  { at }: ChangeEvent,
  before: ChangeEvent | undefined,
  calls: readonly AuditRecord[],
): readonly AuditRecord[] {
  const time = Date.parse(at ?? '');
  if (Number.isNaN(time)) return [];
  const calledIn = (from: number, to: number): readonly AuditRecord[] =>
    calls.filter(({ at: called }) => Date.parse(called) > from && Date.parse(called) <= to);
  // Calls before the change that came before are its own, unless there is no other.
  const since = Date.parse(before?.at ?? '') || 0;
  const [found = []] = [
    calledIn(Math.max(since, time - LATE_MS), time),
    calledIn(time - LATE_MS, time),
    calledIn(time, time + AHEAD_MS),
  ].filter((some) => some.length > 0);
  return found;
}

function namesAny({ parameters }: AuditRecord, paths: readonly string[]): boolean {
  const said = new Set((parameters ?? []).flatMap(words));
  return paths.flatMap(words).some((word) => said.has(word));
}

/** First steps only, in the spelling both share: `labels.team`, `update_mask`. */
function words(path: string): string[] {
  const [first = ''] = path.split(/[.[]/);
  return [first.replaceAll('_', '').toLowerCase()].filter((word) => word !== '');
}

function byTime(left: { readonly at: string | null }, right: { readonly at: string | null }) {
  return (left.at ?? '').localeCompare(right.at ?? '');
}
