export { InvalidIgnoreRules } from './ignore-rules.errors.js';
export { readIgnoreFile } from './read-ignore-file.js';
