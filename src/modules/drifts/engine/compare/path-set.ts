import { matchesPattern } from '../ignore/pattern.js';

/** `a.b[0].c`, `a["x.y"].c`, `/a/b/0/c` and `a.b.0.c` all name the same segments. */
export function pathSegments(path: string): string[] {
  if (path.startsWith('/')) {
    return path
      .slice(1)
      .split('/')
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  const segments: string[] = [];
  const token = /\[(?:"((?:[^"\\]|\\.)*)"|([^\]]*))\]|([^.[\]]+)/g;
  for (const [, quoted, bracketed, plain] of path.matchAll(token)) {
    if (quoted !== undefined) segments.push(JSON.parse(`"${quoted}"`) as string);
    else segments.push(bracketed ?? plain ?? '');
  }
  return segments;
}

/** `*` any segment; within one (`visibility_*`) any run of characters. Upper and lower case alike, as the patterns of other tools. */
function segmentMatches(pattern: string | undefined, segment: string): boolean {
  if (pattern === undefined) return false;
  if (pattern === '*' || pattern === segment) return true;
  if (pattern.length === segment.length && pattern.toLowerCase() === segment.toLowerCase())
    return true;
  return pattern.includes('*') && matchesPattern(pattern, segment);
}

function matches(
  pattern: readonly string[],
  from: number,
  path: readonly string[],
  at: number,
): boolean {
  if (from === pattern.length) return true;
  if (pattern[from] === '**') {
    for (let skip = at; skip <= path.length; skip++) {
      if (matches(pattern, from + 1, path, skip)) return true;
    }
    return false;
  }
  if (at === path.length) return false;
  return segmentMatches(pattern[from], path[at] ?? '') && matches(pattern, from + 1, path, at + 1);
}

/**
 * A set of paths, asked whether it covers a place: a path covers itself and everything below it.
 * `*` stands for one segment or, within one (`visibility_*`), for any run of characters, `**` for any number of segments; a pattern may leave list indexes out.
 */
export class PathSet {
  private readonly patterns: readonly string[][];

  constructor(paths: readonly string[]) {
    this.patterns = paths.map(pathSegments).filter((segments) => segments.length > 0);
  }

  get empty(): boolean {
    return this.patterns.length === 0;
  }

  has(path: string): boolean {
    if (this.empty) return false;
    const segments = pathSegments(path);
    const named = segments.filter((segment) => !/^\d+$/.test(segment));
    return this.patterns.some(
      (pattern) => matches(pattern, 0, segments, 0) || matches(pattern, 0, named, 0),
    );
  }

  /** True when a pattern speaks of something below the place. */
  hasBelow(path: string): boolean {
    const segments = pathSegments(path).filter((segment) => !/^\d+$/.test(segment));
    return this.patterns.some(
      (pattern) =>
        pattern.length > segments.length &&
        segments.every(
          (segment, index) => pattern[index] === '**' || segmentMatches(pattern[index], segment),
        ),
    );
  }
}
