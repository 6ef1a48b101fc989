import type { IdentifiedLists } from '../list-identity.js';
import { fieldAt, isSensitive } from '../walk-state.js';
import { compareElement, isFull, reportExtra, type Lists } from './elements.js';

/** Element by element, found by what identifies it. */
export function compareIdentified(lists: Lists, identified: IdentifiedLists): void {
  let inOrder = true;
  let last = -1;
  for (const [key, position] of identified.declared) {
    if (isFull(lists)) return;
    const other = identified.actual.get(key);
    compareElement(lists, position, other);
    if (other === undefined) continue;
    if (other < last) inOrder = false;
    last = other;
  }
  for (const [key, position] of identified.actual) {
    if (isFull(lists)) return;
    if (!identified.declared.has(key)) reportExtra(lists, position, key);
  }
  if (!inOrder) reportOrder(lists);
}

function reportOrder({ walk, declared, actual, node, place }: Lists): void {
  if (node.facts.order !== 'significant') {
    walk.report.suppress(
      place,
      'element-order',
      'The elements carry an identity; their order means nothing here.',
    );
    return;
  }
  walk.report.find({
    place,
    verdict: 'confirmed',
    change: 'modified',
    declared: [...declared],
    actual: [...actual],
    rule: 'significant-order',
    explanation: 'The same elements stand in another order, and the order matters here.',
    sensitive: isSensitive(walk, fieldAt(walk, node, place)),
  });
}
