import type { ChangeEvent } from '../../../core/providers/index.js';

/** Words too common to tell one property from another. */
const COMMON = new Set([
  'arn',
  'configuration',
  'description',
  'enabled',
  'id',
  'key',
  'name',
  'parameters',
  'properties',
  'resource',
  'settings',
  'state',
  'status',
  'supplementary',
  'type',
  'value',
  'values',
]);
/** From here on a word may be a part of another: `versioningConfiguration` of `BucketVersioningConfiguration`. */
const TELLING = 8;

/** Whether an event says that it wrote a property, by the paths the property has on either side. */
export function namesProperty(event: ChangeEvent, paths: readonly string[]): boolean {
  const written = event.paths ?? [];
  return paths.some((path) =>
    event.byParameters === true
      ? sharesWord(written, event.action ?? '', path)
      : written.some((one) => isWithin(one, path)),
  );
}

/** Both are of the live resource, so one has to lie within the other; positions in a list may have moved. */
function isWithin(written: string, path: string): boolean {
  const [left, right] = [steps(written), steps(path)];
  const common = Math.min(left.length, right.length);
  return common > 0 && left.slice(0, common).every((step, index) => step === right[index]);
}

/** CloudTrail and Cloud Audit Logs keep the parameters of a call: near to the names of the resource, seldom the same. */
function sharesWord(written: readonly string[], action: string, path: string): boolean {
  const wanted = steps(path);
  const [first = '', tag] = wanted;
  if (isTags(first)) {
    return written
      .map(steps)
      .some(([head = '', key]) => isTags(head) && (!tag || !key || tag === key));
  }
  const words = wanted.filter((word) => word.length > 2 && !COMMON.has(word));
  const said = written.flatMap(steps).filter((word) => word.length > 2 && !COMMON.has(word));
  if (words.some((word) => said.some((one) => one === word || contains(one, word)))) return true;
  const done = plain(action);
  const deeds = action
    .split(/(?=[A-Z])/)
    .map(plain)
    .filter((deed) => deed.length >= TELLING && !COMMON.has(deed));
  return words.some(
    (word) =>
      (word.length >= TELLING - 1 && done.includes(word)) ||
      deeds.some((deed) => word.includes(deed)),
  );
}

function contains(left: string, right: string): boolean {
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  return short.length >= TELLING && long.includes(short);
}

function isTags(step: string): boolean {
  return /^(tags?(all|set|list)?|labels)$/.test(step);
}

function steps(path: string): string[] {
  return path
    .split(/[.[\]"]+/)
    .filter((step) => step !== '' && !/^\d+$/.test(step))
    .map(plain);
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
