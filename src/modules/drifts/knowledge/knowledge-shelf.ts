import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { JsonObject } from '../../../core/providers/index.js';
import type { Knowledge } from '../engine/index.js';

/**
 * The committed catalogues under `data/`, parsed when first asked for and kept. A name is a relative path without the
 * ending: `aws/cfn/s3` is `data/aws/cfn/s3.json`.
 */
export function openKnowledge(folder = path.join(import.meta.dirname, 'data')): Knowledge {
  const shelf = new Map<string, JsonObject | null>();
  return {
    load(catalogue) {
      const known = shelf.get(catalogue);
      if (known !== undefined) return known;
      const file = path.join(folder, `${catalogue}.json`);
      const inside = !path.relative(folder, file).startsWith('..');
      const content =
        inside && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as JsonObject) : null;
      shelf.set(catalogue, content);
      return content;
    },
  };
}
