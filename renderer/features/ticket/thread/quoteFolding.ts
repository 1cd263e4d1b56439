import { findQuotes, isContent, textOf } from './quoteDetection.ts';

/** A quote in the middle of an answer is its context; only a long one folds. */
const LONG_QUOTE = 700;

const SHOW_ELEMENT_AND_TEXT = 1 | 4;

/** What the message shows, in order, each with the quote it lies in (-1 = the writer's own words). */
function contentOwners(root: Element, quotes: readonly Node[][]): number[] {
  const owners: number[] = [];
  const walker = root.ownerDocument.createTreeWalker(root, SHOW_ELEMENT_AND_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const shown = node;
    if (!isContent(shown)) continue;
    owners.push(quotes.findIndex((nodes) => nodes.some((part) => part.contains(shown))));
  }
  return owners;
}

/** Which quotes to fold: those that end the message, and long ones elsewhere; never the whole message. */
function quotesToFold(root: Element): Node[][] {
  const quotes = findQuotes(root).filter((nodes) => nodes.some((node) => textOf(node) !== ''));
  const owners = contentOwners(root, quotes);
  const lastOwn = owners.lastIndexOf(-1);
  if (lastOwn === -1) return [];
  return quotes.filter((nodes, index) => {
    const isTrailing = owners.lastIndexOf(index) > lastOwn;
    const length = nodes.reduce((sum, node) => sum + textOf(node).length, 0);
    return isTrailing || length > LONG_QUOTE;
  });
}

/**
 * Folds the quoted text of a shown message. Nothing is removed: the quote moves into a closed <details> of
 * the same document, which opens without any script. Answers how many folds were made.
 */
export function foldQuotes(root: Element, label: string): number {
  const quotes = quotesToFold(root);
  for (const nodes of quotes) {
    const details = root.ownerDocument.createElement('details');
    details.className = 'staffdesk-quote';
    const summary = root.ownerDocument.createElement('summary');
    summary.textContent = label;
    details.append(summary);
    nodes[0]?.parentNode?.insertBefore(details, nodes[0]);
    details.append(...nodes);
  }
  return quotes.length;
}
