import type { Comparator } from '../comparator.js';

/** `https://compute.googleapis.com/compute/v1/projects/p/…`, `//compute.googleapis.com/projects/p/…` → `projects/p/…`. */
function relative(value: string): string {
  return value
    .replace(/^(https?:)?\/\/[a-z0-9.-]+\.googleapis\.com\//, '')
    .replace(/^(?:[a-z]+\/)?(?:v\d\w*|beta|alpha)\//, '')
    .replace(/^\/+/, '');
}

/** The project a relative name is in; undefined where it does not say. */
function projectOf(name: string): string | undefined {
  return /(?:^|\/)projects\/([^/]+)/.exec(name)?.[1];
}

const ID_AND_NUMBER =
  'One side names the project by id, the other by number; which number it has was not read.';

/** A link or a relative name, `projects/…` or `//service.googleapis.com/…`. */
export function isGoogleResource(value: string): boolean {
  return value.includes('/') && relative(value).startsWith('projects/');
}

/** The same names, where one side says the project by id and the other by number. */
function differInProjectNumber(left: string, right: string): boolean {
  const [one, other] = [projectOf(left), projectOf(right)];
  if (one === undefined || other === undefined || /^\d+$/.test(one) === /^\d+$/.test(other))
    return false;
  return left.replace(`projects/${one}`, '') === right.replace(`projects/${other}`, '');
}

/** `long` ends with all of `short`, segment by segment. */
function endsWithSegments(long: string, short: string): boolean {
  return long === short || long.endsWith(`/${short}`);
}

/**
 * A Google resource by full link, by relative name, or by its last part only: the same resource when one name ends with
 * the other and the projects, where both sides know one, agree (Google API design guide, "Resource names").
 */
export const googleLink: Comparator = {
  name: 'google-resource-name',
  rule(declared, actual, { pair, declaredParent, key }) {
    if (pair.actual.format !== 'gcp-cai') return undefined;
    if (
      typeof declared !== 'string' ||
      typeof actual !== 'string' ||
      declared === '' ||
      actual === ''
    )
      return undefined;
    if (/^project(_?id)?$/i.test(key) && /^\d+$/.test(declared) !== /^\d+$/.test(actual)) {
      return { kind: 'unverifiable', why: ID_AND_NUMBER };
    }
    const [left, right] = [relative(declared), relative(actual)];
    if (!left.includes('/') && !right.includes('/')) return undefined;
    const [long, short] = left.length >= right.length ? [left, right] : [right, left];
    if (differInProjectNumber(left, right)) {
      return {
        kind: 'unverifiable',
        why: ID_AND_NUMBER,
      };
    }
    if (!endsWithSegments(long, short)) return undefined;
    const own = declaredParent?.project ?? pair.declared.attributes.project;
    const project = projectOf(short) ?? (typeof own === 'string' ? own : undefined);
    const other = projectOf(long);
    if (projectOf(short) !== undefined && other !== undefined && other !== project)
      return undefined;
    return { kind: 'same', why: 'The same Google resource, by link and by name.' };
  },
};
