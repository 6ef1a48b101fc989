// The committed catalogues, and how tables are written.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../../..');
const data = path.join(root, 'src/modules/drifts/knowledge/data');

/** One catalogue: `aws/terraform-types`. */
export function catalogue(name) {
  return readFile(path.join(data, `${name}.json`));
}

export function readFile(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Every file of a folder of catalogues, by its name without the ending. */
export function catalogues(folder) {
  return readdirSync(path.join(data, folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => [name.slice(0, -'.json'.length), catalogue(`${folder}/${name.slice(0, -5)}`)]);
}

/** Names of the types described in a folder of catalogues; what begins with `$` is a note. */
export function described(folder) {
  const names = catalogues(folder).flatMap(([, content]) => Object.keys(content));
  return new Set(names.filter((name) => !name.startsWith('$')));
}

export function table(titles, rows) {
  const lines = [titles, titles.map(() => '---'), ...rows].map((row) => `|${row.join('|')}|`);
  return `${lines.join('\n')}\n`;
}

export function countOf(rows, fits) {
  return rows.filter(fits).length;
}
