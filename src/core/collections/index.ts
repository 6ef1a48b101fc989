export { NumberList } from './number-list.js';
export { NumberLists } from './number-lists.js';
export { TextIndex } from './text-index.js';
