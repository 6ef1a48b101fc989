import type { Comparator, Ruling } from '../comparator.js';
import type { Field } from '../field.js';
import {
  applierOfPair,
  isByHand,
  isControlPlane,
  managersOf,
  ownersOf,
} from '../lenses/kubernetes/field-managers.js';
import { inLastApplied } from '../lenses/kubernetes/last-applied.js';
import { isKubernetes } from '../lenses/kubernetes/pair.js';
import { schemaOf } from '../lenses/kubernetes/schema.js';
import { isAwayFromDefault } from '../lenses/kubernetes/server-defaults.js';
import type { JsonValue } from '../../../../core/providers/index.js';

function differs(verdict: 'confirmed' | 'potential', why: string): Ruling {
  return { kind: 'differs', verdict, why };
}

/** What `managedFields` tells: who owns the field, and what kind of actor that is. */
function byManagers(field: Field): Ruling | undefined {
  const owners = ownersOf(field);
  if (owners.length === 0) return undefined;
  const applier = applierOfPair(field.pair);
  if (applier && owners.includes(applier)) {
    return differs('confirmed', `${applier.name} applied it earlier; the code no longer has it.`);
  }
  const person = owners.find(isByHand);
  if (person) return differs('confirmed', `It was written by hand (${person.name}).`);
  const names = owners.map(({ name }) => name).join(', ');
  if (owners.every(isControlPlane)) {
    return { kind: 'expected', why: `The control plane (${names}) wrote it.` };
  }
  const verdict = field.facts.extras === 'confirmed' ? 'confirmed' : 'potential';
  return differs(verdict, `Another field manager (${names}) wrote it.`);
}

/** What silence means where nothing says who wrote the field. */
function withoutEvidence(actual: JsonValue, field: Field): Ruling | undefined {
  const schema = schemaOf(field.facts);
  const settled = managersOf(field.pair.actual.properties).length > 0;
  if (!schema || settled || field.key === 'replicas') return undefined;
  if (!isAwayFromDefault(schema, actual, field.declaredParent ?? {})) return undefined;
  return differs(
    'confirmed',
    'The manifest is silent, which means the default, and this is not it.',
  );
}

/**
 * A live field the manifest does not mention: removed from the code, written by hand, by another controller, or away from
 * the default the code stands for. In that order, as far as the object carries the evidence.
 */
export const fieldOwnership: Comparator = {
  name: 'field-ownership',
  rule(declared, actual, field) {
    if (declared !== undefined || actual === undefined || !isKubernetes(field)) return undefined;
    const applied = inLastApplied(field);
    if (applied === 'yes') {
      return differs('confirmed', 'It was applied from code earlier; the code no longer has it.');
    }
    const ruling = byManagers(field);
    if (ruling) return ruling;
    if (field.facts.extras === 'confirmed') return undefined;
    const schema = schemaOf(field.facts);
    if (schema?.known === false) return undefined;
    if (applied === 'no') {
      return differs('potential', 'The last applied configuration never had it.');
    }
    return withoutEvidence(actual, field);
  },
};
