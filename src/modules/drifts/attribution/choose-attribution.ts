import type { Attribution, ChangeEvent } from '../../../core/providers/index.js';
import type { DriftType } from '../drift-choices.js';
import { namesProperty } from './names-property.js';

/** When the change was made: after the last scan that did not see it, before the one that did. */
export interface ChangeWindow {
  /** Null when no earlier scan looked: then the log may begin after the change. */
  readonly after: Date | null;
  readonly before: Date;
}

/** One difference; no paths for a resource as a whole. */
export interface AttributedChange {
  readonly driftType: DriftType;
  /** Where it is, in the words of the code and of the provider. */
  readonly paths: readonly string[];
}

const CREATES = /^(allocate|copy|create|import|insert|launch|put|register|request|restore|run)/i;
const DELETES = /^(delete|deregister|destroy|release|remove|terminate)/i;

/**
 * Who most likely made a change, from the writes to its resource. Null when no write fits.
 *
 * What the deployment tool itself wrote is the state the change is a deviation from, so it is not blamed while somebody else wrote,
 * nor when nobody looked between its run and the change.
 */
export function chooseAttribution(
  events: readonly ChangeEvent[],
  change: AttributedChange,
  window: ChangeWindow,
): Attribution | null {
  const writes = events
    .filter((event) => event.paths?.length !== 0 && isInside(event, window))
    .sort((left, right) => (right.at ?? '').localeCompare(left.at ?? ''));
  switch (change.driftType) {
    case 'moved':
      return null;
    case 'added':
      return ofAction(writes, CREATES, window);
    case 'deleted':
      return ofAction(writes, DELETES, window);
    case 'modified':
      return ofProperty(deviating(writes, window), change.paths, window);
  }
}

function isInside({ at }: ChangeEvent, { after, before }: ChangeWindow): boolean {
  if (at === null) return true;
  const time = Date.parse(at);
  return time <= before.getTime() && (after === null || time > after.getTime());
}

function ofAction(
  writes: readonly ChangeEvent[],
  kind: RegExp,
  window: ChangeWindow,
): Attribution | null {
  const fitting = writes.filter(({ action }) => kind.test(verbOf(action)));
  const [latest] = fitting;
  if (latest !== undefined) return attribution(latest, 'high', fitting.length);
  return window.after === null ? guess(writes, 'low', 'low') : guess(writes, 'medium', 'low');
}

/** `insert` of `v1.compute.instances.insert`; most providers write no more than the verb and its object. */
function verbOf(action: string | null): string {
  return action?.split('.').at(-1) ?? '';
}

function deviating(writes: readonly ChangeEvent[], { after }: ChangeWindow): ChangeEvent[] {
  const others = writes.filter(({ client }) => client !== 'iac');
  return others.length > 0 || after === null ? others : [...writes];
}

function ofProperty(
  writes: readonly ChangeEvent[],
  paths: readonly string[],
  { after }: ChangeWindow,
): Attribution | null {
  const naming = writes.filter((event) => namesProperty(event, paths));
  const [latest] = naming;
  if (latest !== undefined) return attribution(latest, 'high', naming.length);
  if (writes.length > 0 && writes.every(saysExactly)) return guess(writes, 'low', 'low');
  // A creation gave the resource its first values; what deviates from the code came later, if anything did.
  const later = writes.filter(({ action }) => !/^(create|insert|run|launch)/i.test(verbOf(action)));
  const likely = later.length > 0 ? later : writes;
  return after === null ? guess(likely, 'medium', 'low') : guess(likely, 'high', 'medium');
}

/** Its paths are those of the live resource: one that is missing was not written. */
function saysExactly({ byParameters, paths }: ChangeEvent): boolean {
  return byParameters !== true && paths !== null;
}

function guess(
  writes: readonly ChangeEvent[],
  ofOne: Attribution['confidence'],
  ofSeveral: Attribution['confidence'],
): Attribution | null {
  const [latest] = writes;
  if (latest === undefined) return null;
  return attribution(latest, writes.length === 1 ? ofOne : ofSeveral, writes.length);
}

function attribution(
  { source, actor, client, at, action }: ChangeEvent,
  confidence: Attribution['confidence'],
  candidates: number,
): Attribution {
  return { source, actor, client, at, action, confidence, candidates };
}
