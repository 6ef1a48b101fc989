import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { isObject, read } from '../../values.js';

/**
 * Compute Engine wraps repeated values as `{ items: [...], fingerprint }` (Compute API: Tags, Metadata). Terraform shows
 * the list, or for key and value pairs a map.
 */
export function unwrapItems(
  declared: JsonValue | undefined,
  actual: JsonValue | undefined,
): JsonValue | undefined {
  if (!isObject(actual)) return actual;
  const items = read(actual, 'items');
  const others = Object.keys(actual).filter(
    (key) => !['items', 'fingerprint', 'kind'].includes(key),
  );
  if (!Array.isArray(items) || others.length > 0) return actual;
  if (Array.isArray(declared)) return items;
  const entries = items.flatMap((item): [string, JsonValue][] => {
    const key = isObject(item) ? read(item, 'key') : undefined;
    return isObject(item) && typeof key === 'string' ? [[key, read(item, 'value') ?? null]] : [];
  });
  return entries.length === items.length ? Object.fromEntries(entries) : actual;
}

/** A list the API wraps in an object of its own: BigQuery's `{ fields: [...] }` of a schema and of clustering. */
export function unwrapFields(
  declared: JsonValue | undefined,
  actual: JsonValue | undefined,
): JsonValue | undefined {
  if (!Array.isArray(declared) || !isObject(actual)) return actual;
  const fields = read(actual, 'fields');
  const holdsBlock =
    declared.length === 1 && isObject(declared[0]) && Object.hasOwn(declared[0], 'fields');
  return Array.isArray(fields) && !holdsBlock ? fields : actual;
}

/** The API's `[{ zone: "…" }]` where Terraform lists the texts themselves. */
export function unwrapTexts(
  declared: JsonValue | undefined,
  actual: JsonValue | undefined,
): JsonValue | undefined {
  if (!Array.isArray(declared) || !Array.isArray(actual) || actual.length === 0) return actual;
  if (!declared.every((item) => typeof item === 'string')) return actual;
  const texts = actual.flatMap((item) => onlyText(item) ?? []);
  return texts.length === actual.length ? texts : actual;
}

/** State of an object version by name where the API has a switch (google provider: storage_bucket, `with_state`). */
const LIVE: Readonly<Record<string, boolean>> = { LIVE: true, ARCHIVED: false };

/** `with_state` as the API would answer it: `isLive`; nothing for any state. Undefined for every other argument. */
export function liveState(
  key: string,
  given: JsonValue | undefined,
): { readonly declared: JsonValue } | undefined {
  if (key !== 'with_state' || typeof given !== 'string') return undefined;
  return { declared: LIVE[given] ?? null };
}

function onlyText(value: JsonValue | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  const values = Object.values(value);
  const [text] = values;
  return values.length === 1 && typeof text === 'string' ? text : undefined;
}

/**
 * A reference written as a block of one argument, `[{ service: "…" }]`, where the API holds the name itself. Answers the
 * declared value as the API would write it; undefined where it is not such a reference.
 */
export function unwrapReference(
  declared: JsonValue | undefined,
  actual: JsonValue | undefined,
): JsonValue | undefined {
  if (!Array.isArray(declared) || declared.length === 0) return undefined;
  const texts = declared.map(onlyText);
  if (texts.includes(undefined)) return undefined;
  const names = texts.flatMap((text) => (text === undefined ? [] : [text]));
  if (typeof actual === 'string' && names.length === 1) return names[0];
  return Array.isArray(actual) && actual.every((item) => typeof item === 'string')
    ? names
    : undefined;
}

/** Local SSDs are `SCRATCH`, the disk it starts from is `boot`, everything else is attached (Compute API: AttachedDisk). */
const DISK_ROLES: Readonly<Record<string, (disk: JsonObject) => boolean>> = {
  boot_disk: (disk) => read(disk, 'boot') === true,
  scratch_disk: (disk) => read(disk, 'boot') !== true && read(disk, 'type') === 'SCRATCH',
  attached_disk: (disk) => read(disk, 'boot') !== true && read(disk, 'type') !== 'SCRATCH',
};

/** What a disk was made from is not answered, save for its size, which stands on the disk itself (Compute API: AttachedDisk). */
function withSize(disk: JsonObject): JsonObject {
  const size = read(disk, 'diskSizeGb');
  return size === undefined || Object.hasOwn(disk, 'initializeParams')
    ? disk
    : { ...disk, initializeParams: { diskSizeGb: size } };
}

/** The disks of an instance that a Terraform block stands for; undefined for every other block. */
export function disksOfRole(key: string, actual: JsonObject): JsonValue | undefined {
  const belongs = DISK_ROLES[key];
  const disks = read(actual, 'disks');
  if (!belongs || !Array.isArray(disks)) return undefined;
  const own = disks.filter(isObject).filter(belongs);
  return own.length === 0 ? undefined : own.map(withSize);
}

const STARTUP_SCRIPT = 'startup-script';

/**
 * Instance metadata without the entry that `metadata_startup_script` stands for, where the code uses that argument
 * (google provider documentation, compute_instance).
 */
export function metadataOf(
  declared: JsonObject,
  metadata: JsonValue | undefined,
): JsonValue | undefined {
  const entries = unwrapItems(undefined, metadata);
  const script = read(declared, 'metadata_startup_script');
  if (typeof script !== 'string' || script === '' || !isObject(entries)) return entries;
  return Object.fromEntries(Object.entries(entries).filter(([key]) => key !== STARTUP_SCRIPT));
}

function instant(value: JsonValue | undefined): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/**
 * A span given by its length that the API gives back by its end (Compute API: FutureReservation.timeWindow takes either):
 * the length, from where it starts to where it ends. Undefined where the API shows neither.
 */
export function durationOf(
  key: string,
  declared: JsonValue | undefined,
  actual: JsonObject,
  resource: JsonObject,
): JsonValue | undefined {
  const stem = /^(?:(.*)_)?duration$/.exec(key);
  if (!stem) return undefined;
  const named = (ending: string) => {
    const words = [...(stem[1]?.split('_') ?? []), ending];
    return words.map((word, at) => (at === 0 ? word : capitalised(word))).join('');
  };
  const end = instant(read(actual, named('endTime')) ?? read(actual, named('deleteTime')));
  const window = read(resource, 'timeWindow');
  const start = instant(
    read(actual, 'startTime') ?? (isObject(window) ? read(window, 'startTime') : undefined),
  );
  if (end === undefined || start === undefined) return undefined;
  const seconds = Math.floor((end - start) / 1000);
  const block = Array.isArray(declared) ? declared[0] : declared;
  // The API tells the end in whole seconds, so a fraction of one is the same span.
  const whole = isObject(block) && Number(read(block, 'seconds')) === seconds;
  return { seconds, ...(whole && { nanos: read(block, 'nanos') ?? 0 }) };
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
