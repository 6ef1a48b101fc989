import type { Job } from 'bull';

type JobJson = ReturnType<Job['toJSON']>;

/** What a board may know of a job. Whatever else a payload, a message or a trace holds may be a tenant's, and stays out. */
export type ShownJob = Omit<JobJson, 'data'> & { readonly data: Readonly<Record<string, unknown>> };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]{8,15}Z$/;
/** `SCAN.ORGANIZATION_INACTIVE`, or what Bull itself says of a job whose workers died. */
const KNOWN_REASON = /^(?:[A-Z][A-Z_]*(?:\.[A-Z][A-Z_]*)?|job stalled more than allowable limit)$/;
/** `at JobWorker.run (file:///app/dist/src/core/queue/job-worker.js:90:21)` */
const FRAME =
  /^\s+at (?:(?:async |new )?[\w.#<>$ [\]]{1,120} \()?(?:file:\/\/|node:|\/)[^()\s]{1,300}\)?$/;
const HIDDEN = '[hidden]';
const SEE_LOG = 'The log of the workers says more, under the correlation id of the job.';

/** Ids, numbers and moments are shown; every other text is not. Names of people stay out, their ids lead to them. */
export function shownJob(job: JobJson): ShownJob {
  const { organization_id, correlation_id, actor, role, payload } = fieldsOf(job.data);
  const { kind, id } = fieldsOf(actor);
  return {
    ...job,
    data: {
      organization_id: shownValue(organization_id),
      correlation_id: shownValue(correlation_id),
      actor: { kind: KINDS.has(kind) ? kind : HIDDEN, id: shownValue(id) },
      role: ROLES.has(role) ? role : HIDDEN,
      payload: shownFields(payload),
    },
    returnvalue: null,
    progress: typeof job.progress === 'number' ? job.progress : 0,
    stacktrace: (job.stacktrace ?? []).map(shownTrace),
    ...(job.failedReason === undefined
      ? {}
      : { failedReason: shownReason(String(job.failedReason)) }),
  };
}

const KINDS = new Set<unknown>(['user', 'service_account', 'system']);
const ROLES = new Set<unknown>(['viewer', 'editor', 'admin']);

function shownFields(value: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fieldsOf(value)).map(([name, one]) => [
      /^[a-z_]{1,40}$/.test(name) ? name : HIDDEN,
      shownValue(one),
    ]),
  );
}

function shownValue(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(shownValue);
  if (typeof value === 'object') return shownFields(value);
  return typeof value === 'string' && (UUID.test(value) || INSTANT.test(value)) ? value : HIDDEN;
}

function shownReason(reason: string): string {
  return KNOWN_REASON.test(reason) ? `${reason}. ${SEE_LOG}` : SEE_LOG;
}

/** Where it happened, without what it said. */
function shownTrace(trace: string): string {
  const [first = '', ...rest] = trace.split('\n');
  return [shownReason(first), ...rest.filter((line) => FRAME.test(line))].join('\n');
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
