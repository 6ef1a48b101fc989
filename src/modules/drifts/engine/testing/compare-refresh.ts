import type { JsonObject } from '../../../../core/providers/index.js';
import { compareResource } from '../compare-resource.js';
import type { ResourceReport } from '../findings.js';
import { fieldOf } from './rule-on.js';

export { outline } from './compare-manifest.js';

/** A resource as a state knew it beside the same after a refresh, through the whole engine. */
export function compareRefresh(
  before: JsonObject,
  after: JsonObject,
  type = 'example_thing',
): ResourceReport {
  const { pair } = fieldOf({ type, declaredParent: before, actualParent: after });
  return compareResource(pair);
}
