import type { ChangeHistory, Provider, SourceNotice } from '../../core/providers/index.js';
import {
  attributeDrifts,
  type AttributedDrift,
  type UnattributedDrift,
} from '../../modules/drifts/attribution/attribute-drifts.js';
import type { DriftDraft } from '../../modules/drifts/settle/drift-draft.js';
import type { Progress } from '../output/progress.js';
import { count } from '../output/text.js';
import { whoText } from '../output/who.js';
import type { DetailedResult } from './detect-drift.js';
import { showDraft } from './show-draft.js';

/** A person waits: two lookups a second is what AWS answers. */
const MAX_DRIFTS = 100;
const MAX_TIME_MS = 60_000;

interface Asking {
  /** By provider; the clouds that keep a log. */
  readonly histories: ReadonlyMap<Provider, ChangeHistory>;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/**
 * The result with who made each drift, as far as the change logs say within a minute. No earlier scan tells when the change can have been
 * made, so a lone write that does not name the property is `medium`.
 */
export async function askWho(result: DetailedResult, asking: Asking): Promise<DetailedResult> {
  const { histories, progress, signal } = asking;
  const now = new Date();
  const known = new Map<string, AttributedDrift>();
  const notices: SourceNotice[] = [];
  const unknown = result.drafts.filter(
    (draft) => draft.attribution === null && draft.resource_id !== null,
  );
  const asked = unknown.filter(({ provider }) => histories.has(provider)).sort(worstFirst);
  for (const [provider, history] of histories) {
    const drifts = asked
      .slice(0, MAX_DRIFTS)
      .filter((draft) => draft.provider === provider)
      .map(toAsk);
    const until = new Date(now.getTime() + MAX_TIME_MS);
    const notice = (one: SourceNotice): unknown => notices.push(one);
    const run = { history, window: { after: null, before: now }, until, signal, notice };
    for await (const drift of attributeDrifts(drifts, run)) {
      known.set(drift.id, drift);
      progress.update(`Asking who: ${known.size} of ${count(asked.length, 'drift')}`);
    }
  }
  const drafts = result.drafts.map((draft) => withWho(draft, known.get(draft.id)));
  return {
    ...result,
    drafts,
    drifts: drafts.map((draft) => ({
      ...showDraft(draft),
      who: whoText(draft.attribution, now),
    })),
    notices: [...result.notices, ...notices],
  };
}

function withWho(draft: DriftDraft, known: AttributedDrift | undefined): DriftDraft {
  if (known === undefined) return draft;
  const changes = draft.changes.map((change) => ({
    ...change,
    attribution: known.changes.get(change.id) ?? change.attribution,
  }));
  return { ...draft, attribution: known.attribution, changes };
}

function toAsk(draft: DriftDraft): UnattributedDrift {
  const { actual_state: state, metadata } = draft;
  const arn = state?.arn ?? state?.Arn;
  return {
    id: draft.id,
    driftType: draft.drift_type,
    resource: {
      provider: draft.provider,
      type: draft.native_type ?? draft.resource_type,
      id: draft.resource_id ?? '',
      name: typeof metadata.name === 'string' ? metadata.name : null,
      aliases: typeof arn === 'string' ? [arn] : [],
      scope: {
        accountId: draft.account_id,
        region: draft.region,
        namespace: draft.namespace,
      },
    },
    changes: draft.changes,
  };
}

function worstFirst(left: DriftDraft, right: DriftDraft): number {
  return (
    Number(right.is_security_critical) - Number(left.is_security_critical) ||
    right.severity_score - left.severity_score
  );
}
