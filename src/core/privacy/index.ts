export { parsePropertyPath, type PathSegment } from './property-path.js';
export { isSecretKey, isSecretText } from './secret-recognition.js';
export {
  isMasked,
  isSecretOfEntry,
  type MaskOptions,
  SENSITIVE_MARK,
  ValueMasker,
} from './value-masker.js';
export { DATA_MAP, INSTALLATION_TABLES, type TableData } from './data-map.js';
export { newPseudonym, type PersonNames, pseudonymousAddress, scrubber } from './pseudonym.js';
export { dataMapTable } from './data-map-table.js';
