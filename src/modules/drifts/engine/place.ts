import type { JsonObject } from '../../../core/providers/index.js';

const PLAIN_KEY = /^[A-Za-z_$][\w$-]*$/;

/** One step of a path; an index, an element's identity, or a key. */
export function appendPath(path: string, segment: string | number): string {
  if (typeof segment === 'number') return `${path}[${segment}]`;
  if (!PLAIN_KEY.test(segment)) return `${path}[${JSON.stringify(segment)}]`;
  return path === '' ? segment : `${path}.${segment}`;
}

/**
 * A place in both trees. Paths are only spelled out when something is to be said about them, because nine places in ten
 * are equal and say nothing.
 */
export class Place {
  constructor(
    private readonly parent: Place | null,
    private readonly declaredSegment: string | number | null,
    private readonly actualSegments: readonly (string | number)[],
    readonly declaredParent: JsonObject | undefined,
    readonly actualParent: JsonObject | undefined,
  ) {}

  static root(): Place {
    return new Place(null, null, [], undefined, undefined);
  }

  child(
    declaredSegment: string | number,
    actualSegments: readonly (string | number)[],
    declaredParent?: JsonObject,
    actualParent?: JsonObject,
  ): Place {
    return new Place(this, declaredSegment, actualSegments, declaredParent, actualParent);
  }

  get path(): string {
    if (this.parent === null) return '';
    const above = this.parent.path;
    return this.declaredSegment === null ? above : appendPath(above, this.declaredSegment);
  }

  get actualPath(): string {
    const above = this.parent === null ? '' : this.parent.actualPath;
    return this.actualSegments.reduce<string>(appendPath, above);
  }

  /** The nearest named key, list indexes skipped. */
  get key(): string {
    if (typeof this.declaredSegment === 'string') return this.declaredSegment;
    return this.parent === null ? '' : this.parent.key;
  }
}
