export { openKnowledge } from './knowledge-shelf.js';
