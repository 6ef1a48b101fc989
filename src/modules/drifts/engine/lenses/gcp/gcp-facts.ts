import type { FieldFacts } from '../../field.js';
import { isZero } from '../../comparators/proto-zero.js';
import type { ApiField } from './api-schema.js';
import type { GcpField } from './field-catalogue.js';
import type { GcpPosition, GcpSubject } from './gcp-position.js';

export const ROOT_FACTS: FieldFacts = { absence: 'zero', extras: 'unknown' };

const LABELS = /(^|[._])(labels|annotations)$/;

/** Lists of texts whose order is their meaning: command lines, statements, ordered steps. */
const SEQUENCE =
  /(^|_)(args?|arguments|commands?|entrypoint|ddl|statements?|steps?|order|priorit\w+|uris?)$/;

/** One field as the provider's definitions and the API's schema describe it. */
export interface DescribedField {
  readonly path: string;
  readonly field: GcpField | undefined;
  readonly known: ApiField | undefined;
  /** Whether the code mentions it. */
  readonly declared: boolean;
}

/** The definitions and the API's schema name it, and nothing fills it in: an answer without it says that it is not set. */
function isAnswered({ fields, silence }: GcpSubject, { path, known }: DescribedField): boolean {
  if (known?.facts.absence !== 'zero' || !isZero(silence.documentedDefault(path) ?? null))
    return false;
  return (
    fields.isPublished(path) || (!fields.known && silence.knows(path) && !silence.isFilled(path))
  );
}

/** A list of texts, or Compute's `{ items }` around one. */
function holdsTexts({ api }: GcpSubject, known: ApiField | undefined): boolean {
  const list = known?.shape === 'object' ? api.find(known.schema, 'items') : known;
  return list?.shape === 'list' && list.schema === null;
}

/** Whether the keys below are the user's own. */
export function isFreeMap({ shape }: GcpSubject, { path, field, known }: DescribedField): boolean {
  const labels = field?.facts.kind === 'tags' || LABELS.test(path);
  return labels || shape.isMap(path) || known?.shape === 'map';
}

/** What is known of a field below a place with the facts `around`. */
export function factsOf(
  subject: GcpSubject,
  at: GcpPosition,
  around: FieldFacts,
  described: DescribedField,
): FieldFacts {
  const { path, field, known } = described;
  const name = path.slice(path.lastIndexOf('.') + 1);
  const { shape } = subject;
  // APIs keep names and ids in no order of their own; only what runs in sequence is ordered.
  const unordered = shape.isSet(path) || (holdsTexts(subject, known) && !SEQUENCE.test(name));
  const { readOnly, ...published } = known?.facts ?? {};
  const isBlock = at.schema !== null;
  const computed =
    !described.declared || (field === undefined && subject.readBack && !shape.isInput(path));
  return {
    ...ROOT_FACTS,
    ...(unordered && { order: 'set' }),
    ...published,
    ...(isAnswered(subject, described) && { absence: 'removed' as const }),
    // What is only taken in is not answered, nor is anything in it.
    ...(around.absence === 'unreadable' &&
      around.order === undefined &&
      isBlock && { absence: 'unreadable' as const }),
    ...(readOnly === true && computed && { readOnly }),
    ...field?.facts,
  };
}

/** What an entry of a map or an element of a list means that only the API has. */
export function elementFacts({ fields, silence }: GcpSubject, at: GcpPosition): FieldFacts {
  // Since version 5 of the provider, labels it did not write are left alone: they are somebody else's.
  if (fields.find(at.path)?.merged === true) return { extras: 'unknown' };
  // A list of words that the service fills in by itself it may also add to; a block it does not write.
  const filled = at.schema === null && !at.freeMap && silence.isFilled(at.path);
  const shared = LABELS.test(at.path) || filled;
  return { extras: shared ? 'potential' : 'confirmed' };
}
