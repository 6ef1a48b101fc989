import type { ChangeEvent } from '../../../core/providers/index.js';
import { appendPath } from '../../../core/providers/index.js';
import { actorOf, clientOf } from './trail-client.js';
import { field, isFields, textOf } from './trail-fields.js';
import type { TrailFields } from './trail-fields.js';

/** The text of `CloudTrailEvent`; null when it is none. */
export function parseRecord(text: string | undefined): TrailFields | null {
  try {
    const parsed: unknown = JSON.parse(text ?? '');
    return isFields(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** Null for a read, and for a write that was refused or failed. */
export function readChange(record: TrailFields, names: ReadonlySet<string>): ChangeEvent | null {
  const readOnly = record.readOnly === true || record.readOnly === 'true';
  if (readOnly || record.errorCode !== undefined) return null;
  const paths = writtenPaths(field(record, 'requestParameters'), names);
  return {
    source: 'aws-cloudtrail',
    actor: actorOf(record),
    client: clientOf(record),
    at: textOf(record.eventTime),
    action: textOf(record.eventName),
    paths: paths.length === 0 ? null : paths,
    byParameters: true,
  };
}

/** Whether the record speaks of one of the names anywhere in what was asked or answered. */
export function mentions(record: TrailFields, names: ReadonlySet<string>): boolean {
  const { requestParameters, responseElements, resources } = record;
  return texts([requestParameters, responseElements, resources]).some((text) => names.has(text));
}

/** Wrappers of lists, and what the query protocols send along. */
const NO_NAME = new Set(['items', 'member', 'entry', 'key', 'value', 'xmlns', 'host']);
const MAX_PATHS = 100;
const TAG_LISTS = /^tag(s|set|list)?$/i;

/**
 * Names of the parameters a call sent, as paths: mostly those AWS Config and CloudFormation use, up to upper and lower case. A
 * parameter that only says which resource is meant is left out.
 */
function writtenPaths(parameters: TrailFields, names: ReadonlySet<string>): string[] {
  const paths = new Set<string>();
  const visit = (value: unknown, path: string): void => {
    if (paths.size >= MAX_PATHS) return;
    if (Array.isArray(value)) {
      for (const one of value) visit(one, path);
      return;
    }
    if (!isFields(value)) {
      if (path !== '' && !names.has(String(value))) paths.add(path);
      return;
    }
    const tag = textOf(value.key ?? value.Key ?? value.tagKey);
    if (tag !== null && TAG_LISTS.test(path.split('.').at(-1) ?? '')) {
      paths.add(appendPath('tags', tag));
      return;
    }
    for (const [name, child] of Object.entries(value)) {
      visit(child, NO_NAME.has(name.toLowerCase()) ? path : appendPath(path, name));
    }
  };
  visit(parameters, '');
  return [...paths];
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(texts);
  return isFields(value) ? Object.values(value).flatMap(texts) : [];
}
