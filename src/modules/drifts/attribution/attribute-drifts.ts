import type {
  Attribution,
  ChangedResource,
  ChangeHistory,
  SourceNotice,
} from '../../../core/providers/index.js';
import { InventoryError } from '../../../core/providers/index.js';
import type { DriftType } from '../drift-choices.js';
import { latestOf } from './attribute-by-state.js';
import { chooseAttribution, type ChangeWindow } from './choose-attribution.js';

/** A drift nobody is known for. */
export interface UnattributedDrift {
  readonly id: string;
  readonly driftType: DriftType;
  readonly resource: ChangedResource;
  readonly changes: readonly {
    readonly id: string;
    readonly property_path: string;
    readonly actual_path: string;
  }[];
}

export interface AttributedDrift {
  readonly id: string;
  /** Of the drift as a whole; null when the log holds no write that fits. */
  readonly attribution: Attribution | null;
  /** By id of the change; the others stay unknown. */
  readonly changes: ReadonlyMap<string, Attribution>;
}

export interface AttributionRun {
  readonly history: ChangeHistory;
  readonly window: ChangeWindow;
  /** No further drift is begun after this. */
  readonly until: Date;
  readonly signal: AbortSignal;
  readonly notice: (notice: SourceNotice) => void;
}

/** The service calls a window older than it keeps a mistake. */
const MARGIN_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** What several drifts of one resource share is asked once; different resources side by side. */
const AT_ONCE = 4;

/**
 * Asks a change log about each drift, as far as time allows. An account whose log refuses or throttles is asked no further and told
 * of once. Throws only when the signal aborts.
 */
export async function* attributeDrifts(
  drifts: readonly UnattributedDrift[],
  run: AttributionRun,
): AsyncGenerator<AttributedDrift> {
  const closed = new Set<string>();
  const byResource = Map.groupBy(drifts, ({ resource }) => JSON.stringify(resource));
  const groups = [...byResource.values()];
  for (let from = 0; from < groups.length; from += AT_ONCE) {
    run.signal.throwIfAborted();
    if (Date.now() > run.until.getTime()) {
      run.notice(outOfTime(groups.length - from));
      return;
    }
    const batch = groups.slice(from, from + AT_ONCE);
    const done = await Promise.all(batch.map((group) => attributeGroup(group, run, closed)));
    yield* done.flat();
  }
}

async function attributeGroup(
  drifts: readonly UnattributedDrift[],
  { history, window, signal, notice }: AttributionRun,
  closed: Set<string>,
): Promise<AttributedDrift[]> {
  const [first] = drifts;
  if (first === undefined) return [];
  const { provider, scope } = first.resource;
  const place = `${provider} ${scope.accountId ?? ''}`.trim();
  if (closed.has(place)) return [];
  const kept = window.before.getTime() - history.days * DAY_MS + MARGIN_MS;
  const since = new Date(Math.max(kept, window.after?.getTime() ?? 0));
  try {
    const events = await history.eventsOf(first.resource, since, signal, (told) => {
      const key = JSON.stringify(told);
      if (!closed.has(key)) notice(told);
      closed.add(key);
    });
    return drifts.map((drift) => attributed(drift, events, window));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof InventoryError)) throw error;
    if (!closed.has(place)) notice(unanswered(place, error));
    closed.add(place);
    return [];
  }
}

function attributed(
  { id, driftType, changes }: UnattributedDrift,
  events: Parameters<typeof chooseAttribution>[0],
  window: ChangeWindow,
): AttributedDrift {
  const ofChanges = new Map<string, Attribution>();
  for (const change of changes) {
    const paths = [change.actual_path, change.property_path].filter((path) => path !== '');
    const chosen = chooseAttribution(events, { driftType, paths }, window);
    if (chosen !== null) ofChanges.set(change.id, chosen);
  }
  const whole = chooseAttribution(events, { driftType, paths: [] }, window);
  const attribution = changes.length === 0 ? whole : surestLatest([...ofChanges.values()]);
  return { id, attribution, changes: ofChanges };
}

/** A certain answer about one property says more of the drift than a later guess about another. */
function surestLatest(known: readonly Attribution[]): Attribution | null {
  for (const wanted of ['high', 'medium', 'low'] as const) {
    const latest = latestOf(known.filter(({ confidence }) => confidence === wanted));
    if (latest !== null) return latest;
  }
  return null;
}

function unanswered(place: string, { failure, message }: InventoryError): SourceNotice {
  return {
    level: 'warning',
    code: `ATTRIBUTION.${failure.toUpperCase().replaceAll('-', '_')}`,
    message: `Who changed resources of ${place} is not known: ${message}`,
    location: { file: place, line: null },
  };
}

function outOfTime(resources: number): SourceNotice {
  return {
    level: 'info',
    code: 'ATTRIBUTION.OUT_OF_TIME',
    message: `Who changed ${resources} further resources was not asked: the time for it was over.`,
    location: { file: 'attribution', line: null },
  };
}
