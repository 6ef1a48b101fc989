/** One step: a key, or a list index. */
export type PathSegment = string | number;

const STEP = /\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|\[([^\]]*)\]|([^.[\]]+)/g;

/**
 * Reads `a.b[0].c`, `labels["app.kubernetes.io/name"]`, `list[*].x`. `*` (alone or in brackets) stays a wildcard segment.
 * Never throws: what cannot be read as an index is a key.
 */
export function parsePropertyPath(path: string): PathSegment[] {
  const segments: PathSegment[] = [];
  for (const [, quoted, index, bracketed, plain] of path.matchAll(STEP)) {
    if (quoted !== undefined) segments.push(quoted.replaceAll(/\\(.)/g, '$1'));
    else if (index !== undefined) segments.push(Number(index));
    else segments.push(bracketed ?? plain ?? '');
  }
  return segments;
}
