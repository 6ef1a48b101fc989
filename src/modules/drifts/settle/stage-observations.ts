import type { ClientBase } from 'pg';
import { copyRows, type CopyValue } from '../../../core/database/index.js';
import type { JsonValue } from '../../../core/providers/index.js';
import type { Observation } from './drift-draft.js';

export const STAGE = 'stage_drifts';

/** Column and type of each staged fact, in the order of COPY; the drift's own columns carry the names of the table. */
const COLUMNS = {
  position: 'int',
  fingerprint: 'text',
  is_drift: 'boolean',
  id: 'uuid',
  drift_type: 'text',
  verdict: 'text',
  source_id: 'uuid',
  provider: 'text',
  resource_type: 'text',
  native_type: 'text',
  resource_id: 'text',
  resource_address: 'text',
  account_id: 'text',
  region: 'text',
  namespace: 'text',
  actual_state: 'json',
  declared_state: 'json',
  differences_hash: 'text',
  is_security_critical: 'boolean',
  severity_score: 'numeric(3,2)',
  confidence_score: 'numeric(3,2)',
  risk_assessment: 'jsonb',
  tags: 'jsonb',
  metadata: 'jsonb',
  attribution: 'jsonb',
  changes: 'json',
} as const;

const NAMES = Object.keys(COLUMNS);

/** What a drift takes over from the stage each time its differences are new. */
export const TAKEN_OVER = NAMES.filter(
  (name) => !['position', 'is_drift', 'id', 'fingerprint', 'changes'].includes(name),
);

/** Loads observations into a temporary table of this transaction; of two with one fingerprint the first counts. */
export async function stageObservations(
  client: ClientBase,
  observations: AsyncIterable<Observation> | Iterable<Observation>,
): Promise<void> {
  const columns = Object.entries(COLUMNS).map(([name, type]) => `${name} ${type}`);
  await client.query(`create temporary table ${STAGE} (${columns.join(', ')}) on commit drop`);
  await copyRows(client, STAGE, NAMES, stagedRows(observations));
  await client.query(`create index on ${STAGE} (fingerprint)`);
  await client.query(`
    delete from ${STAGE} later using ${STAGE} earlier
    where later.fingerprint = earlier.fingerprint
      and (later.is_drift < earlier.is_drift
        or (later.is_drift = earlier.is_drift and later.position > earlier.position))`);
  await client.query(`analyze ${STAGE}`);
}

async function* stagedRows(
  observations: AsyncIterable<Observation> | Iterable<Observation>,
): AsyncGenerator<readonly CopyValue[]> {
  let position = 0;
  for await (const observation of observations) {
    position += 1;
    if (observation.kind === 'unseen') {
      const rest = NAMES.slice(3).map(() => null);
      yield [position, observation.fingerprint, false, ...rest];
      continue;
    }
    if (observation.kind === 'known') {
      const { drift } = observation;
      const facts = new Map<string, CopyValue>(
        Object.entries({ ...drift, position, is_drift: true }),
      );
      yield NAMES.map((name) => facts.get(name) ?? null);
      continue;
    }
    const { draft } = observation;
    yield [
      position,
      draft.fingerprint,
      true,
      draft.id,
      draft.drift_type,
      draft.verdict,
      draft.source_id,
      draft.provider,
      draft.resource_type,
      draft.native_type,
      draft.resource_id,
      draft.resource_address,
      draft.account_id,
      draft.region,
      draft.namespace,
      jsonText(draft.actual_state),
      jsonText(draft.declared_state),
      draft.differences_hash,
      draft.is_security_critical,
      draft.severity_score,
      draft.confidence_score,
      jsonText(draft.risk_assessment),
      jsonText(draft.tags),
      jsonText(draft.metadata),
      jsonText(draft.attribution),
      jsonText(draft.changes),
    ];
  }
}

/** PostgreSQL keeps no NUL, not even escaped in jsonb; the replacement character shows that something was there. */
function jsonText(value: unknown): string | null {
  if (value === null) return null;
  const text = JSON.stringify(value);
  if (!text.includes('\\u0000')) return text;
  return JSON.stringify(JSON.parse(text, withoutNul));
}

function withoutNul(_key: string, value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.replaceAll('\0', '\uFFFD');
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key.replaceAll('\0', '\uFFFD'), child]),
  );
}
