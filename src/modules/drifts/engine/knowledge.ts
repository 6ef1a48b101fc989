import type { JsonObject } from '../../../core/providers/index.js';

/**
 * Facts from published schemas. The engine does no I/O, so whoever calls it brings the shelf.
 * `load('aws/cfn/s3')` answers the parsed catalogue of that name, or null when there is none; it is cheap to call again.
 * A catalogue is shared: never change it.
 */
export interface Knowledge {
  load(catalogue: string): JsonObject | null;
}

export const NO_KNOWLEDGE: Knowledge = { load: () => null };
