import type { JsonObject } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import type { Field } from '../field.js';
import type { Knowledge } from '../knowledge.js';
import { texts } from '../lenses/aws/texts.js';
import { isObject, read } from '../values.js';

/** A kind of resource that declares one part of another. */
interface PartKind {
  readonly type: string;
  readonly reference: string;
  readonly parents: readonly string[];
  /** First-level names under which the parent holds the part. */
  readonly places: readonly string[];
}

const kinds = new WeakMap<JsonObject, readonly PartKind[]>();

function partKinds(knowledge: Knowledge): readonly PartKind[] {
  const catalogue = knowledge.load('aws/terraform-parts') ?? {};
  const known = kinds.get(catalogue);
  if (known) return known;
  const all: PartKind[] = [];
  for (const [type, entry] of Object.entries(catalogue)) {
    if (!isObject(entry) || typeof entry.reference !== 'string') continue;
    // One member of a list beside others, each with a resource of its own, says nothing of the whole list.
    if (isObject(entry.element) || /_attachment$|_rule$/.test(type)) continue;
    const places = texts(entry.part);
    const names = isObject(entry.names) ? Object.values(entry.names).flatMap(texts) : [];
    all.push({
      type,
      reference: entry.reference,
      parents: texts(entry.parent),
      places: places.length > 0 ? places : names,
    });
  }
  kinds.set(catalogue, all);
  return all;
}

/** Kinds that declare this place of its parent, by where the API holds it or by their name: `aws_s3_bucket` + `_versioning`. */
function ownersOf({ path, actualPath, pair }: Field): readonly PartKind[] {
  const { declared, actual, knowledge } = pair;
  const [[attribute = ''], [place = '']] = [path.split(/[.[]/, 1), actualPath.split(/[.[]/, 1)];
  return partKinds(knowledge).filter(
    ({ type, parents, places }) =>
      type !== declared.type &&
      (type === `${declared.type}_${attribute}` ||
        (parents.includes(actual.type) && places.includes(place))),
  );
}

/**
 * An attribute the provider fills in on the parent although a resource of its own declares it (F58: `versioning` of a
 * bucket beside `aws_s3_bucket_versioning`). A change is reported once, where the code declares it.
 */
export const partOwner: Comparator = {
  name: 'part-owner',
  rule(_declared, _actual, field) {
    const { declared, actual, scan } = field.pair;
    if (!declared.type.startsWith('aws_') || field.path === '') return undefined;
    for (const kind of ownersOf(field)) {
      const identities = [actual.id, declared.id, actual.name, ...actual.aliases];
      const owner = scan.estate.declaredOfType(kind.type).find(({ attributes }) => {
        const reference = read(attributes, kind.reference);
        return typeof reference === 'string' && identities.includes(reference);
      });
      if (!owner) continue;
      return { kind: 'expected', why: `${owner.address} declares it, and is compared with it.` };
    }
    return undefined;
  },
};
