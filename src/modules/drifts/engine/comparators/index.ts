import type { Comparator } from '../comparator.js';
import { emptyOrAbsent } from './empty-or-absent.js';
import { declaredDefault } from './declared-default.js';
import { jsonDocument } from './json-document.js';
import { scalarSpelling } from './scalar-spelling.js';

/**
 * Every comparator, in the order they are asked; the first ruling wins. One line each. Cheap and common ones first:
 * they only see values that already differ.
 */
export const COMPARATORS: readonly Comparator[] = [
  emptyOrAbsent,
  declaredDefault,
  scalarSpelling,
  jsonDocument,
];
