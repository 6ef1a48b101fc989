import type { JsonValue } from '../../../../../core/providers/index.js';
import { isObject } from '../../values.js';

/** Labels Google's own tools put on what they manage (google provider: add_terraform_attribution_label). */
export function isPlatformLabel(key: string): boolean {
  return key.startsWith('goog-');
}

/**
 * Entries services put into maps of their users: Cloud Scheduler its own header (Cloud Scheduler API: HttpTarget.headers),
 * Cloud Functions a switch of its runtime (google provider: cloudfunctions2_function, environment_variables).
 */
const SERVICE_ENTRIES: Readonly<Record<string, string>> = {
  'User-Agent': 'Google-Cloud-Scheduler',
  LOG_EXECUTION_ID: 'true',
};

export function isServiceEntry(key: string, value: JsonValue): boolean {
  return Object.hasOwn(SERVICE_ENTRIES, key) && SERVICE_ENTRIES[key] === value;
}

/** A label map as its user sees it; undefined when only the platform's own labels are in it. */
export function withoutPlatformLabels(value: JsonValue | undefined): JsonValue | undefined {
  if (!isObject(value) || !Object.keys(value).some(isPlatformLabel)) return value;
  const own = Object.entries(value).filter(([key]) => !isPlatformLabel(key));
  return own.length === 0 ? undefined : Object.fromEntries(own);
}
