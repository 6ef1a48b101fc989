import { appendPath } from '../../../core/providers/index.js';
import type { ChangeClient, ChangeEvent } from '../../../core/providers/index.js';
import { clientOf } from './audit-client.js';

type Fields = Readonly<Record<string, unknown>>;

/** One write, as Cloud Audit Logs keep it. */
export interface AuditRecord {
  /** As the service writes it: `projects/_/buckets/exports`; often without host, sometimes with another spelling of the project. */
  readonly resourceName: string;
  readonly actor: string | null;
  readonly client: ChangeClient;
  /** ISO 8601. */
  readonly at: string;
  /** `storage.buckets.update`. */
  readonly action: string | null;
  /** Parameters the call sent, as paths; null where it sent none. */
  readonly parameters: readonly string[] | null;
}

const MAX_PARAMETERS = 100;
/** They say which resource is meant, or how the call is made. */
const NO_PROPERTY = /^(@type|name|project|projectId|zone|region|resourceId|requestId|updateMask)$/;

/**
 * The writes among log entries, in their order. An operation that took long has an entry when it began and one when it ended; it counts
 * once, by the first, and not at all when it failed.
 * https://cloud.google.com/logging/docs/audit/understanding-audit-logs
 */
export function auditRecords(entries: readonly unknown[]): AuditRecord[] {
  const logged = entries.map(fieldsOf);
  const failed = new Set(logged.filter(isFailed).map(operationOf));
  const begun = new Set(
    logged.filter(({ operation }) => fieldsOf(operation).first === true).map(operationOf),
  );
  return logged.flatMap((entry) => {
    const operation = operationOf(entry);
    const isEnd = operation !== null && fieldsOf(entry.operation).first !== true;
    if (isFailed(entry) || (operation !== null && failed.has(operation))) return [];
    if (isEnd && begun.has(operation)) return [];
    return recordOf(entry) ?? [];
  });
}

/** As the event of a change: what it wrote is named by the parameters of the call. */
export function eventOf({ actor, client, at, action, parameters }: AuditRecord): ChangeEvent {
  return {
    source: 'gcp-audit-logs',
    actor,
    client,
    at,
    action,
    paths: parameters,
    byParameters: true,
  };
}

function recordOf(entry: Fields): AuditRecord | null {
  const payload = fieldsOf(entry.protoPayload);
  const at = textOf(entry.timestamp);
  const resourceName = textOf(payload.resourceName);
  if (at === null || resourceName === null || Number.isNaN(Date.parse(at))) return null;
  const identity = fieldsOf(payload.authenticationInfo);
  const metadata = fieldsOf(payload.requestMetadata);
  const actor = textOf(identity.principalEmail) ?? textOf(identity.principalSubject);
  const system = textOf(entry.logName)?.endsWith('%2Fsystem_event') === true;
  const agent = textOf(metadata.callerSuppliedUserAgent) ?? '';
  return {
    resourceName,
    actor,
    client: system ? 'controller' : clientOf(agent, actor),
    at: new Date(at).toISOString(),
    action: textOf(payload.methodName),
    parameters: parametersOf(fieldsOf(payload.request)),
  };
}

/** The mask of an update names exactly what it writes; without one, what was sent. */
function parametersOf(request: Fields): readonly string[] | null {
  const { updateMask: mask } = request;
  const listed = fieldsOf(mask).paths;
  const masked = Array.isArray(listed) ? listed.map(textOf) : (textOf(mask) ?? '').split(',');
  const named = masked.map((path) => path?.trim() ?? '').filter((path) => path !== '');
  if (named.length > 0) return named;
  const paths = new Set<string>();
  const visit = (value: unknown, path: string): void => {
    if (paths.size >= MAX_PARAMETERS) return;
    if (Array.isArray(value)) for (const one of value) visit(one, path);
    else if (typeof value !== 'object' || value === null) paths.add(path);
    else {
      for (const [name, child] of Object.entries(value)) {
        if (!NO_PROPERTY.test(name)) visit(child, appendPath(path, name));
      }
    }
  };
  visit(request, '');
  paths.delete('');
  return paths.size === 0 ? null : [...paths];
}

/** `google.rpc.Status`: absent or 0 is success. */
function isFailed(entry: Fields): boolean {
  const { code } = fieldsOf(fieldsOf(entry.protoPayload).status);
  return typeof code === 'number' && code !== 0;
}

function operationOf({ operation }: Fields): string | null {
  return textOf(fieldsOf(operation).id);
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
