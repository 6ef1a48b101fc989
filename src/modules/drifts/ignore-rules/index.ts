export { InvalidIgnoreRules } from './ignore-rules.errors.js';
export { LIFECYCLE_RULE } from './lifecycle/ignore-changes.js';
export { readCodeFolder } from './lifecycle/read-code-folder.js';
export { readIgnoreFile } from './read-ignore-file.js';
