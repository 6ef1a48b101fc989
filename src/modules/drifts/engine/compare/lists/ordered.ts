import { compareElement, isFull, reportExtra, type Lists } from './elements.js';

/** Position by position. */
export function compareOrdered(lists: Lists): void {
  const { declared, actual } = lists;
  for (let index = 0; index < declared.length && !isFull(lists); index++) {
    compareElement(lists, index, index < actual.length ? index : undefined);
  }
  for (let index = declared.length; index < actual.length && !isFull(lists); index++) {
    reportExtra(lists, index, index);
  }
}
