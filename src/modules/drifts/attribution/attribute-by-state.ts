import type { ActualResource, Attribution } from '../../../core/providers/index.js';
import { attributeByManagers } from './kubernetes-managers.js';

/**
 * Who wrote a place of a live resource, as far as the resource itself tells: Kubernetes keeps it in the object, the clouds keep
 * it in a log that is asked later. Empty path: the resource as a whole. Null when it does not tell.
 */
export function attributeByState(actual: ActualResource, actualPath: string): Attribution | null {
  return actual.format === 'k8s-live' ? attributeByManagers(actual, actualPath) : null;
}

/** The most recent; null of none. */
export function latestOf(attributions: readonly Attribution[]): Attribution | null {
  const [latest] = [...attributions].sort((left, right) =>
    (right.at ?? '').localeCompare(left.at ?? ''),
  );
  return latest ?? null;
}
