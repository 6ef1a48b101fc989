export { parsePropertyPath, type PathSegment } from './property-path.js';
export { isSecretKey, isSecretText } from './secret-recognition.js';
export { isMasked, type MaskOptions, SENSITIVE_MARK, ValueMasker } from './value-masker.js';
